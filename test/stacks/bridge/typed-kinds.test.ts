import * as kubernetes from '@pulumi/kubernetes';
import { isStanding } from '../../../core/cluster/standing';
import type { KubernetesObject } from '../../../core/manifest';
import { identityOf } from '../../../core/manifest/identity';
import { fieldsOf, kindSchemas } from '../../../core/schema';
import { earlierVersions, resourceOf } from '../../../stacks/bridge/typed-kinds';
import { run } from '../../support/pulumi/registered';

/** Objects of every kind that the newest Kubernetes has, with everything that may stand at their roots. */
const objects: readonly KubernetesObject[] = [...kindSchemas()]
  .flatMap(([id, { definition }]) => {
    const [groupVersion = '', kind = ''] = id.split(' ');
    const fields = fieldsOf(definition).map(({ name }) => [name, { any: name }] as const);
    if (fields.length === 0) return [];
    const apiVersion = groupVersion.replace(/^\//, '');
    return [{ ...Object.fromEntries(fields), apiVersion, kind, metadata: { name: 'one', namespace: 'shop' } }];
  })
  .filter((object) => !isStanding(identityOf(object)));

describe('resourceOf', () => {
  it('loses nothing of any kind that Kubernetes has', async () => {
    expect(objects.length).toBeGreaterThan(60);
    const found = await run(() => {
      objects.forEach((object, i) => {
        resourceOf(object, `${i}`, { ...object }, {});
      });
    });
    expect(found).toHaveLength(objects.length);
    for (const { name, inputs, secrets } of found) {
      const object = objects[Number(name)] as KubernetesObject;
      const known = { ...object };
      for (const [key] of secrets) Reflect.deleteProperty(known, String(key));
      expect(inputs).toEqual(known);
    }
  });

  it('makes what of a Secret is a value secret', async () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      data: { a: 'YQ==' },
      stringData: { b: 'b' },
    };
    const [secret] = await run(() => resourceOf(object, 'a', object, {}));
    expect(secret?.secrets).toEqual([['data'], ['stringData']]);
  });

  it.each([
    ['v1', 'ConfigMap', 'kubernetes:core/v1:ConfigMap', kubernetes.core.v1.ConfigMap],
    ['apps/v1', 'Deployment', 'kubernetes:apps/v1:Deployment', kubernetes.apps.v1.Deployment],
    ['rbac.authorization.k8s.io/v1', 'Role', 'kubernetes:rbac.authorization.k8s.io/v1:Role', kubernetes.rbac.v1.Role],
    // The same first word and kind, and another group.
    [
      'apps.example.com/v1',
      'Deployment',
      'kubernetes:apps.example.com/v1:Deployment',
      kubernetes.apiextensions.CustomResource,
    ],
    [
      'monitoring.coreos.com/v1',
      'PrometheusRule',
      'kubernetes:monitoring.coreos.com/v1:PrometheusRule',
      kubernetes.apiextensions.CustomResource,
    ],
  ] as const)('makes of %s %s a %s', async (apiVersion, kind, type, Class) => {
    const object = { apiVersion, kind, metadata: { name: 'one' }, spec: {} };
    let made: unknown;
    const [found] = await run(() => {
      made = resourceOf(object, 'one', object, {});
    });
    expect(made).toBeInstanceOf(Class);
    expect(found?.type).toBe(type);
  });

  it('has a class to change everything that stands in every cluster', async () => {
    const standing: readonly KubernetesObject[] = [
      ['v1', 'Namespace', 'kube-system'],
      ['v1', 'ServiceAccount', 'default'],
      ['v1', 'ConfigMap', 'kube-root-ca.crt'],
      ['v1', 'Node', 'worker-1'],
      ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'view'],
      ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'system:basic-user'],
      ['rbac.authorization.k8s.io/v1', 'Role', 'system:controller:token-cleaner'],
      ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'system:controller:token-cleaner'],
      ['scheduling.k8s.io/v1', 'PriorityClass', 'system-node-critical'],
    ].map(([apiVersion = '', kind = '', name = '']) => ({ apiVersion, kind, metadata: { name } }));
    expect(standing.filter((object) => !isStanding(identityOf(object)))).toEqual([]);
    const found = await run(() => {
      standing.forEach((object, i) => {
        resourceOf(object, `${i}`, { ...object }, {});
      });
    });
    expect(found.map(({ type, inputs }) => `${type} ${inputs.kind}`).sort()).toEqual(
      standing
        .map(
          ({ apiVersion, kind }) => `kubernetes:${apiVersion === 'v1' ? 'core/v1' : apiVersion}:${kind}Patch ${kind}`,
        )
        .sort(),
    );
  });
});

describe('earlierVersions', () => {
  it.each([
    ['v1', ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1beta1', 'v1beta2', 'v1beta3']],
    ['v1beta2', ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1beta1']],
    ['v1alpha1', []],
    ['v2alpha2', ['v1', 'v2alpha1']],
    ['2024-01-01', []],
  ])('of %s', (version, earlier) => {
    expect(earlierVersions(version)).toEqual(earlier);
  });
});
