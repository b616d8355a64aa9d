import { ApiObject, type ApiObjectProps, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type LockedNamespace, Probe, SecureDeployment, type SecureWorkload } from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, testNamespace } from '../../support/app';
import { eachKind, podOf } from '../../support/workload-kinds';

const exception = { reason: 'an agent of the vendor needs it', expires: '2027-01-31' };

function one() {
  const { app, shop } = testNamespace();
  const api = new SecureDeployment(shop, 'api', {
    ...basics,
    port: 8080,
    readiness: Probe.http('/ready'),
    env: { A: '1', B: '2' },
  });
  return { app, shop, api };
}
const child = (workload: SecureWorkload, id: string) => ApiObject.of(workload.node.findChild(id));

describe.each(eachKind)('patchPod of a %s', (kind, { make }) => {
  it('merges into the pod spec: lists by name, null removes, the rest stays', () => {
    const { app, shop } = testNamespace();
    const workload = make(shop, 'api', { env: { A: '1', B: '2' }, writable: ['/tmp'] });
    const before = podOf(app, kind, 'api');
    workload.patchPod({
      dnsPolicy: 'Default',
      enableServiceLinks: false,
      containers: [{ name: 'api', env: [{ name: 'B', value: '3' }], imagePullPolicy: 'Always' }],
      volumes: [{ name: 'api-writable-tmp', emptyDir: { sizeLimit: '1Mi' } }],
      terminationGracePeriodSeconds: null,
    });
    const { terminationGracePeriodSeconds: _, ...kept } = before;
    const [container] = before.containers;
    expect(podOf(app, kind, 'api')).toEqual({
      ...kept,
      dnsPolicy: 'Default',
      containers: [
        {
          ...container,
          imagePullPolicy: 'Always',
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '3' },
          ],
        },
      ],
      volumes: [{ name: 'api-writable-tmp', emptyDir: { sizeLimit: '1Mi' } }],
    });
    expect(errorsOf(app)).toEqual([]);
  });

  it('is checked after it: a weakening is an error that names the rule, the field and the value', () => {
    const { app, shop } = testNamespace();
    make(shop, 'api').patchPod({ hostNetwork: true });
    const prefix = kind === 'CronJob' ? 'spec.jobTemplate.spec.template.spec' : 'spec.template.spec';
    expect(errorsOf(app).find(({ rule }) => rule === 'host-namespaces')).toMatchObject({
      construct: 'shop/api',
      property: `${prefix}.hostNetwork`,
      value: true,
      message: 'the pod uses the network of its node',
    });
  });
});

const weakenings: readonly (readonly [string, Parameters<SecureDeployment['patchPod']>[0]])[] = [
  ['service-account-token', { automountServiceAccountToken: true }],
  ['service-links', { enableServiceLinks: true }],
  ['seccomp-profile', { securityContext: { seccompProfile: null } }],
  ['run-as-user', { securityContext: { runAsUser: 0 } }],
  ['privileged', { containers: [{ name: 'api', securityContext: { privileged: true } }] }],
  ['privilege-escalation', { containers: [{ name: 'api', securityContext: { allowPrivilegeEscalation: true } }] }],
  ['read-only-root-filesystem', { containers: [{ name: 'api', securityContext: { readOnlyRootFilesystem: false } }] }],
  ['capabilities-drop-all', { containers: [{ name: 'api', securityContext: { capabilities: { drop: [] } } }] }],
  ['host-path-volumes', { volumes: [{ name: 'etc', hostPath: { path: '/etc' } }] }],
  ['host-ports', { containers: [{ name: 'api', ports: [{ containerPort: 8080, hostPort: 8080 }] }] }],
  ['memory-limit', { containers: [{ name: 'api', resources: { limits: { memory: null } } }] }],
  ['image-digest', { containers: [{ name: 'api', image: 'registry.example/app:1' }] }],
];

describe('a weakening', () => {
  it.each(weakenings)('of %s is an error, and is waived by an exception to that rule', (rule, patch) => {
    const refused = one();
    refused.api.patchPod(patch);
    expect(errorsOf(refused.app).map((error) => error.rule)).toContain(rule);

    const waived = one();
    waived.api.patchPod(patch);
    waived.api.addException({ rule, ...exception });
    const own = findingsOf(waived.app).filter((finding) => finding.rule === rule);
    expect(own.length).toBeGreaterThan(0);
    for (const finding of own) expect(finding.waivedBy).toEqual({ rule, ...exception });
  });

  it('by a JSON patch of cdk8s is the same', () => {
    const { app, api } = one();
    child(api, 'Resource').addJsonPatch(JsonPatch.replace('/spec/template/spec/automountServiceAccountToken', true));
    child(api, 'ServiceAccount').addJsonPatch(JsonPatch.remove('/automountServiceAccountToken'));
    child(api, 'NetworkPolicy').addJsonPatch(JsonPatch.add('/spec/ingress', [{}]));
    expect(errorsOf(app).map(({ rule, construct }) => `${construct} ${rule}`)).toEqual([
      'shop/api service-account-token',
      'shop/api service-account-automount',
      'shop/api network-open',
      'shop/api network-open',
    ]);
  });
});

describe('patch', () => {
  it('merges into one object by its kind, and loses no field', () => {
    const { app, api } = one();
    api.patch('Service', { spec: { trafficDistribution: 'PreferClose', ports: [{ port: 8080, name: 'web' }] } });
    api.patch('Deployment', { metadata: { annotations: { note: 'kept' } }, spec: { minReadySeconds: 5 } });
    expect(objectOf(app, 'Service', 'api').spec).toMatchObject({
      type: 'ClusterIP',
      trafficDistribution: 'PreferClose',
      ports: [{ port: 8080, targetPort: 8080, name: 'web', protocol: 'TCP' }],
    });
    const deployment = objectOf(app, 'Deployment', 'api');
    expect(deployment.metadata?.annotations).toEqual({ note: 'kept' });
    expect(deployment.spec).toMatchObject({ minReadySeconds: 5, replicas: 2 });
    expect(podOf(app, 'Deployment', 'api').securityContext).toHaveProperty('supplementalGroupsPolicy', 'Strict');
  });

  it('says which objects there are', () => {
    expect(() => one().api.patch('Ingress', {})).toThrow(
      "shop/api: patch('Ingress'): it has no such object. It has: Deployment api, ServiceAccount api, NetworkPolicy api, PodDisruptionBudget api, Service api",
    );
  });

  it('keeps the fields that cdk8s-plus-28 does not know, under a JSON patch too', () => {
    const { app, api } = one();
    child(api, 'Resource').addJsonPatch(JsonPatch.add('/spec/template/spec/schedulerName', 'own'));
    expect(podOf(app, 'Deployment', 'api')).toMatchObject({
      schedulerName: 'own',
      securityContext: { appArmorProfile: { type: 'RuntimeDefault' }, supplementalGroupsPolicy: 'Strict' },
      containers: [{ lifecycle: { preStop: { sleep: { seconds: 5 } } } }],
    });
    child(api, 'Resource').metadata.addLabel('added', 'later');
    expect(objectOf(app, 'Deployment', 'api').metadata?.labels).toHaveProperty('added', 'later');
  });

  it.each<[string, string, object]>([
    ['metadata.name', 'Deployment', { metadata: { name: 'other' } }],
    ['metadata.namespace', 'Service', { metadata: { namespace: 'other' } }],
    ['kind', 'ServiceAccount', { kind: 'Secret' }],
    ['apiVersion', 'Deployment', { apiVersion: 'apps/v1beta1' }],
    ['spec.selector', 'PodDisruptionBudget', { spec: { selector: { matchLabels: { a: 'b' } } } }],
    ['spec.podSelector', 'NetworkPolicy', { spec: { podSelector: { matchLabels: { a: 'b' } } } }],
  ])('does not change %s', (property, kind, patch) => {
    const { app, api } = one();
    api.patch(kind, patch);
    expect(errorsOf(app).find(({ rule }) => rule === 'patch-valid')).toMatchObject({
      construct: 'shop/api',
      property: `patch of ${kind} (${property})`,
      message: `the patch changes ${property}: it would be another object`,
      remedy: 'set name and selector through their props, and leave the rest of the identity alone',
    });
  });

  it('does not change the identity of what a namespace or a grant brings', () => {
    const { app, shop, api } = one();
    api.grantApiAccess({ resources: ['pods'], verbs: ['list'] });
    child(api, 'Role').addJsonPatch(JsonPatch.replace('/metadata/name', 'other'));
    child(api, 'RoleBinding').addJsonPatch(
      JsonPatch.replace('/roleRef/name', 'other'),
      JsonPatch.replace('/subjects/0/name', 'other'),
    );
    ApiObject.of((shop as LockedNamespace).node.findChild('NetworkPolicy-default-deny')).addJsonPatch(
      JsonPatch.replace('/spec/podSelector', { matchLabels: { a: 'b' } }),
    );
    expect(errorsOf(app).map(({ rule, construct, property }) => [rule, construct, property])).toEqual([
      ['patch-valid', 'shop', 'patch of NetworkPolicy (spec.podSelector)'],
      ['patch-valid', 'shop/api', 'patch of Role (metadata.name)'],
      ['patch-valid', 'shop/api', 'patch of RoleBinding (roleRef)'],
      ['patch-valid', 'shop/api', 'patch of RoleBinding (subjects)'],
    ]);
  });

  it('is refused where it does not fit, and hides no other fault', () => {
    const { app, api, shop } = one();
    child(api, 'Resource').addJsonPatch(JsonPatch.replace('/spec/nowhere/below', 1));
    api.patchPod({ hostNetwork: true });
    new SecureDeployment(shop, 'bad', { ...basics, image: 'nginx' });
    const errors = errorsOf(app);
    expect(errors.find(({ rule }) => rule === 'patch-valid')).toMatchObject({
      construct: 'shop/api',
      property: 'patch of Deployment',
      message: expect.stringContaining('the patch does not fit the object: '),
      remedy: 'correct its path and operation, or use patch(kind, …), which merges',
    });
    expect(errors.map(({ construct }) => construct)).toContain('shop/bad');
    expect(errors.map(({ rule }) => rule)).not.toContain('construct-validation');
  });
});

describe('a JSON patch whose test fails', () => {
  const hidden = 'Zx9canaryHunter2q';

  it('shows no value of an object of ours', () => {
    const { app, api } = one();
    api.patch('Deployment', { metadata: { annotations: { note: hidden } } });
    child(api, 'Resource').addJsonPatch(JsonPatch.test('/spec/replicas', hidden));
    const errors = errorsOf(app);
    expect(errors.map(({ message }) => message)).toContain(
      'the patch does not fit the object: Test operation failed: test /spec/replicas',
    );
    expect(JSON.stringify(errors)).not.toContain(hidden);
  });

  it('shows no value of a Secret of cdk8s-plus', () => {
    const { app, shop } = one();
    const secret = new kplus.Secret(shop, 'secret', { stringData: { password: hidden } });
    ApiObject.of(secret).addJsonPatch(JsonPatch.test('/type', 'x'));
    expect(JSON.stringify(errorsOf(app))).toContain('Test operation failed: test /type');
    expect(JSON.stringify(errorsOf(app))).not.toContain(hidden);
  });
});

describe('what would pass unseen', () => {
  const inPod =
    (...operations: JsonPatch[]) =>
    (api: SecureDeployment) =>
      child(api, 'Resource').addJsonPatch(...operations);
  const containers = '/spec/template/spec/containers';

  it.each<[string, string, (api: SecureDeployment) => void]>([
    ['the list', 'spec.template.spec.containers', (api) => api.patchPod({ containers: null })],
    ['what is in the list', 'spec.template.spec.containers', inPod(JsonPatch.remove(`${containers}/0`))],
    ['the list, for another', 'spec.template.spec.containers', inPod(JsonPatch.replace(containers, []))],
    ['their spec', 'spec.template.spec', inPod(JsonPatch.remove('/spec/template/spec'))],
    ['the pods', 'spec.template', (api) => api.patch('Deployment', { spec: { template: null } })],
  ])('a patch that takes out %s leaves no container, which is said once', (_, property, patch) => {
    const { app, api } = one();
    patch(api);
    expect(errorsOf(app).map((error) => [error.rule, error.construct, error.property])).toEqual([
      ['pod-valid', 'shop/api', property],
    ]);
  });

  it('a workload of others without pods', () => {
    const { app, shop } = testNamespace();
    new ApiObject(shop, 'theirs', { apiVersion: 'apps/v1', kind: 'Deployment' });
    new ApiObject(shop, 'job', { apiVersion: 'batch/v1', kind: 'Job', spec: { template: {} } } as ApiObjectProps);
    expect(errorsOf(app).map(({ rule, property }) => [rule, property])).toEqual([
      ['pod-valid', 'spec'],
      ['pod-valid', 'spec.template.spec'],
    ]);
  });

  it('a list of items is refused on any object: kubectl would apply them', () => {
    const { app, api } = one();
    api.patch('ServiceAccount', { items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }] });
    expect(errorsOf(app)).toMatchObject([
      {
        rule: 'object-list',
        construct: 'shop/api',
        object: 'ServiceAccount shop/api',
        property: 'items',
        message: 'a ServiceAccount with items is a list of objects to kubectl: they would be applied unchecked',
      },
    ]);
  });

  it('a patch of __proto__ is refused', () => {
    const { app, api } = one();
    api.patchPod(JSON.parse('{"securityContext":{"runAsNonRoot":null,"__proto__":{"runAsNonRoot":true}}}'));
    expect(errorsOf(app)).toMatchObject([
      { rule: 'patch-valid', message: 'the patch does not fit the object: a patch cannot set __proto__' },
    ]);
  });
});
