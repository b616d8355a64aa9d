import { ApiObject, JsonPatch } from 'cdk8s';
import { ExternalWorkload, LockedNamespace, SecureDeployment, type SecureWorkload } from '../../../index';
import { basics, errorsOf, testNamespace } from '../../support/app';
import { eachKind, podOf } from '../../support/workload-kinds';

/** A workload that may read settings, as an account that others know. */
function reader() {
  const { app, shop } = testNamespace();
  const owner = new SecureDeployment(shop, 'reader', { ...basics, serviceAccountName: 'vip' });
  owner.canGet('configmaps', 'settings');
  return { app, shop };
}
const resourceOf = (workload: SecureWorkload) => ApiObject.of(workload.node.findChild('Resource'));

describe.each(eachKind)('a %s that a patch runs as another workload', (kind, { make }) => {
  const specPath = kind === 'CronJob' ? 'spec.jobTemplate.spec.template.spec' : 'spec.template.spec';
  const pointer = `/${specPath.replaceAll('.', '/')}`;

  it.each<[string, string, (workload: SecureWorkload) => void]>([
    ['of the pod', 'serviceAccountName', (workload) => workload.patchPod({ serviceAccountName: 'vip' })],
    [
      'by the old name',
      'serviceAccount',
      (workload) => workload.patchPod({ serviceAccountName: null, serviceAccount: 'vip' }),
    ],
    [
      'of cdk8s',
      'serviceAccountName',
      (workload) => resourceOf(workload).addJsonPatch(JsonPatch.replace(`${pointer}/serviceAccountName`, 'vip')),
    ],
  ])('is refused, by a patch %s', (_, field, patch) => {
    const { app, shop } = reader();
    patch(make(shop, 'web'));
    expect(errorsOf(app)).toEqual([
      {
        rule: 'patch-valid',
        severity: 'error',
        construct: 'shop/web',
        property: `patch of ${kind} (${specPath}.${field})`,
        value: 'vip',
        message: 'the patch runs its pods as shop/reader, with every right of that workload',
        remedy:
          'leave the ServiceAccount alone, and grant this workload itself what it needs: canGet, grantApiAccess, cloudIdentity, secrets',
      },
    ]);
  });
});

describe('a patch of the ServiceAccount', () => {
  it('is refused although the other workload is declared after it', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'web', basics).patchPod({ serviceAccountName: 'late' });
    new SecureDeployment(shop, 'late', basics);
    expect(errorsOf(app).map(({ rule, construct }) => [rule, construct])).toEqual([['patch-valid', 'shop/web']]);
  });

  it.each<[string, (shop: LockedNamespace) => void]>([
    ['of an account that is in the cluster already', () => {}],
    [
      'of an account of its own making',
      (shop) =>
        new ApiObject(shop, 'account', {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'vip' },
          automountServiceAccountToken: false,
        }),
    ],
    [
      'of another namespace, where a workload is called the same',
      (shop) => new SecureDeployment(new LockedNamespace(shop.node.root, 'data', { owner: 'a' }), 'vip', basics),
    ],
    [
      'of a workload of others',
      (shop) => new ExternalWorkload(shop, 'theirs', { selector: { app: 'theirs' }, serviceAccountName: 'vip' }),
    ],
    [
      'of a workload that was taken away',
      (shop) => {
        new SecureDeployment(shop, 'vip', basics);
        shop.node.tryRemoveChild('vip');
      },
    ],
  ])('stays possible to the name %s', (_, declare) => {
    const { app, shop } = testNamespace();
    declare(shop);
    new SecureDeployment(shop, 'web', basics).patchPod({ serviceAccountName: 'vip' });
    new SecureDeployment(shop, 'api', basics).patchPod({ serviceAccountName: 'vip' });
    expect(errorsOf(app)).toEqual([]);
    expect(podOf(app, 'Deployment', 'web').serviceAccountName).toBe('vip');
  });

  it('may name its own, and the old name of the field is nothing beside the new one', () => {
    const { app, shop } = reader();
    new SecureDeployment(shop, 'web', basics).patchPod({ serviceAccountName: 'web', serviceAccount: 'vip' });
    expect(errorsOf(app)).toEqual([]);
  });
});
