import { ApiObject, Chart } from 'cdk8s';
import {
  LockedNamespace,
  type LockedNamespaceProps,
  Mount,
  Probe,
  SecureCronJob,
  SecureDaemonSet,
  SecureDeployment,
  SecureJob,
  SecureStatefulSet,
} from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp } from '../../support/app';

type Hard = Readonly<Record<string, string>>;

/** What the namespace's quota allows after `fill` has declared something in it. */
function quotaOf(fill: (shop: LockedNamespace) => void, props: Partial<LockedNamespaceProps> = {}): Hard {
  const app = testApp();
  fill(new LockedNamespace(app, 'shop', { owner: 'team-shop', ...props }));
  return (objectOf(app, 'ResourceQuota', 'quota').spec as { hard: Hard }).hard;
}

const tiny = { ...basics, resources: { cpu: '10m', memory: '32Mi' } } as const;
const none = { 'services.loadbalancers': '0', 'services.nodeports': '0' };

describe('LockedNamespace', () => {
  it('emits all of this', () => {
    const app = testApp();
    new LockedNamespace(app, 'shop', { owner: 'team-shop', contact: 'team-shop', labels: { stage: 'prod' } });
    expect(objectsOf(app)).toMatchSnapshot();
    expect(errorsOf(app)).toEqual([]);
  });

  it('enforces restricted at the version of the target, never latest', () => {
    const app = testApp();
    new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    expect(objectOf(app, 'Namespace', 'shop').metadata).toEqual({
      name: 'shop',
      labels: {
        owner: 'team-shop',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'v1.36',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': 'v1.36',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': 'v1.36',
      },
    });
  });

  it.each(['baseline', 'privileged'] as const)(
    'enforces %s only by an exception, and still warns and audits',
    (level) => {
      const app = testApp();
      const exception = { rule: 'namespace-pod-security', reason: 'legacy agents run here', expires: '2027-01-31' };
      new LockedNamespace(app, 'strict', { owner: 'x', podSecurity: level });
      new LockedNamespace(app, 'waived', { owner: 'x', podSecurity: level, exceptions: [exception] });
      expect(errorsOf(app).map(({ rule, construct }) => [rule, construct])).toEqual([
        ['namespace-pod-security', 'strict'],
      ]);
      expect(findingsOf(app).filter(({ waivedBy }) => waivedBy)).toMatchObject([{ construct: 'waived' }]);
      const lenient = testApp();
      new LockedNamespace(lenient, 'waived', { owner: 'x', podSecurity: level, exceptions: [exception] });
      expect(objectOf(lenient, 'Namespace', 'waived').metadata?.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      });
    },
  );

  it('denies all traffic both ways, and its default ServiceAccount has no token', () => {
    const app = testApp();
    new LockedNamespace(app, 'shop', { owner: 'x' });
    expect(objectOf(app, 'NetworkPolicy', 'default-deny').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    expect(objectOf(app, 'ServiceAccount', 'default')).toMatchObject({ automountServiceAccountToken: false });
  });

  it.each([
    ['#shop on chat', undefined],
    ['shop@example.org', undefined],
    ['team-shop', 'team-shop'],
  ])('keeps the contact %j as an annotation, and as a label where it can be one', (contact, label) => {
    const app = testApp();
    new LockedNamespace(app, 'shop', { owner: 'x', contact });
    const { metadata } = objectOf(app, 'Namespace', 'shop');
    expect(metadata?.annotations).toEqual({ contact });
    expect(metadata?.labels?.contact).toBe(label);
    expect(errorsOf(app)).toEqual([]);
  });

  it('refuses an owner that is no label value', () => {
    const app = testApp();
    new LockedNamespace(app, 'shop', { owner: 'team shop' });
    expect(errorsOf(app)).toMatchObject([
      { rule: 'label-value', construct: 'shop', property: 'metadata.labels.owner' },
    ]);
  });

  it('refuses a chart in it', () => {
    const app = testApp();
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    new Chart(shop, 'nested');
    new LockedNamespace(shop, 'inner', { owner: 'x' });
    expect(errorsOf(app).filter(({ rule }) => rule === 'nested-chart')).toMatchObject([
      {
        construct: 'shop',
        property: 'nested',
        message: 'chart shop/nested is inside namespace shop: it would not inherit the namespace',
        remedy: 'create it beside the namespace, or make it a Construct',
      },
      { construct: 'shop', property: 'inner' },
    ]);
  });

  it('gives what is created in it its namespace, unless it stands outside namespaces', () => {
    const app = testApp({ clusterScopedKinds: ['example.com/Realm'] });
    const shop = new LockedNamespace(app, 'shop', { owner: 'x', name: 'shop-prod' });
    new ApiObject(shop, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
    new ApiObject(shop, 'b', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'c' },
    });
    new ApiObject(shop, 'c', { apiVersion: 'example.com/v1', kind: 'Realm', metadata: { name: 'r' } });
    expect(objectOf(app, 'ConfigMap', 'settings').metadata).toEqual({ name: 'settings', namespace: 'shop-prod' });
    expect(objectOf(app, 'ClusterRole', 'c').metadata).toEqual({ name: 'c' });
    expect(objectOf(app, 'Realm', 'r').metadata).toEqual({ name: 'r' });
  });
});

describe('the quota of a LockedNamespace', () => {
  it.each<[string, (shop: LockedNamespace) => unknown, Hard]>([
    ['nothing', () => {}, { pods: '0', 'requests.cpu': '0', 'limits.memory': '0', persistentvolumeclaims: '0' }],
    [
      'a Deployment of three: a surge pod and the pod that it replaces',
      (shop) => new SecureDeployment(shop, 'a', { ...tiny, replicas: 3 }),
      {
        pods: '5',
        'requests.cpu': '50m',
        'requests.memory': '160Mi',
        'limits.memory': '160Mi',
        'limits.ephemeral-storage': '640Mi',
      },
    ],
    [
      'an autoscaled Deployment at its maximum',
      (shop) => new SecureDeployment(shop, 'a', { ...tiny, autoscale: { min: 2, max: 10 } }),
      { pods: '12', 'requests.cpu': '120m' },
    ],
    [
      'a Deployment that stops before it starts',
      (shop) => new SecureDeployment(shop, 'a', { ...tiny, mounts: { '/d': Mount.claim('d') } }),
      { pods: '1', 'requests.memory': '32Mi' },
    ],
    [
      'sidecars, and init containers that ask for more than what runs later',
      (shop) =>
        new SecureJob(shop, 'a', {
          ...tiny,
          sidecars: [{ ...tiny, name: 'proxy' }],
          initContainers: [{ ...basics, name: 'migrate', resources: { cpu: '100m', memory: '16Mi' } }],
        }),
      { pods: '1', 'requests.cpu': '110m', 'requests.memory': '64Mi' },
    ],
    [
      'an autoscaled StatefulSet with a disk for each pod',
      (shop) =>
        new SecureStatefulSet(shop, 'a', { ...tiny, autoscale: { max: 4 }, storage: [{ path: '/data', size: '5Gi' }] }),
      { pods: '4', persistentvolumeclaims: '4', 'requests.storage': '20Gi' },
    ],
    [
      'volumes that are made for a pod',
      (shop) => new SecureJob(shop, 'a', { ...tiny, parallelism: 3, mounts: { '/tmp': Mount.ephemeral('2Gi') } }),
      { pods: '3', persistentvolumeclaims: '3', 'requests.storage': '6Gi' },
    ],
    ['a DaemonSet on 100 nodes', (shop) => new SecureDaemonSet(shop, 'a', tiny), { pods: '100', 'requests.cpu': '1' }],
    [
      'a CronJob with one run going',
      (shop) => new SecureCronJob(shop, 'a', { ...tiny, schedule: '@daily' }),
      { pods: '1' },
    ],
    [
      'a claim of its own',
      (shop) =>
        new ApiObject(shop, 'claim', {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'd' },
          spec: { resources: { requests: { storage: '7Gi' } } },
        } as ConstructorParameters<typeof ApiObject>[2]),
      { pods: '0', persistentvolumeclaims: '1', 'requests.storage': '7Gi' },
    ],
  ])('leaves room for %s', (_, fill, hard) => {
    expect(quotaOf(fill)).toMatchObject({ ...none, ...hard });
  });

  it('counts the pods of a DaemonSet as its owner says', () => {
    expect(quotaOf((shop) => new SecureDaemonSet(shop, 'a', tiny), { quota: { daemonSetPods: 7 } })).toMatchObject({
      pods: '7',
    });
  });

  it('is what its owner says', () => {
    const quota = {
      pods: 9,
      cpu: '2',
      memory: '3Gi',
      ephemeralStorage: '4Gi',
      storage: '5Gi',
      loadBalancers: 1,
      nodePorts: 2,
    } as const;
    expect(quotaOf(() => {}, { quota })).toEqual({
      pods: '9',
      'requests.cpu': '2',
      'requests.memory': '3Gi',
      'limits.memory': '3Gi',
      'requests.ephemeral-storage': '4Gi',
      'limits.ephemeral-storage': '4Gi',
      'requests.storage': '5Gi',
      persistentvolumeclaims: '0',
      'services.loadbalancers': '1',
      'services.nodeports': '2',
    });
  });

  it.each([
    ['requests.memory', { memory: '100Mi' }, '256Mi', '100Mi'],
    ['pods', { pods: 3 }, '4', '3'],
    ['requests.cpu', { cpu: 'lots' as '1' }, '400m', 'lots'],
  ] as const)('is refused where %s is too small for what is declared', (name, quota, needed, allowed) => {
    const app = testApp();
    const shop = new LockedNamespace(app, 'shop', { owner: 'x', quota });
    new SecureDeployment(shop, 'a', basics);
    expect(errorsOf(app)[0]).toMatchObject({
      rule: 'namespace-quota',
      construct: 'shop',
      property: `quota (${name})`,
      value: allowed,
      message: `what is declared in shop takes ${name} ${needed} at its largest (rollouts included), the quota allows ${allowed}`,
      remedy: `set it to ${needed} or more, or leave it out: it is then worked out`,
    });
  });
});

describe('the limits of a LockedNamespace', () => {
  const limitsOf = (limits: LockedNamespaceProps['limits']) => {
    const app = testApp();
    new LockedNamespace(app, 'shop', { owner: 'x', ...(limits && { limits }) });
    return (objectOf(app, 'LimitRange', 'limits').spec as { limits: object[] }).limits[0];
  };

  it('bound each container, and give one that names nothing what it needs to be admitted', () => {
    expect(limitsOf(undefined)).toEqual({
      type: 'Container',
      default: { memory: '128Mi', 'ephemeral-storage': '128Mi' },
      defaultRequest: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '128Mi' },
      max: { memory: '4Gi' },
    });
    expect(limitsOf({ maxMemory: '64Mi', defaultCpu: '1' })).toMatchObject({
      default: { memory: '64Mi' },
      defaultRequest: { cpu: '1', memory: '64Mi' },
      max: { memory: '64Mi' },
    });
  });

  it.each([
    [
      { maxMemory: '64Mi', defaultMemory: '1Gi' },
      'limits.defaultMemory',
      'what a container gets by default, 1Gi, is more than the 64Mi that it may have',
    ],
    [{ maxMemory: 'much' as '1' }, 'limits.maxMemory', 'much is no quantity'],
    [{ defaultMemory: 'some' as '1' }, 'limits.defaultMemory', 'some is no quantity'],
  ] as const)('%j are refused', (limits, property, message) => {
    const app = testApp();
    new LockedNamespace(app, 'shop', { owner: 'x', limits });
    expect(errorsOf(app)).toMatchObject([{ rule: 'namespace-limit', construct: 'shop', property, message }]);
  });

  it('refuse a container above them, in a patch too', () => {
    const app = testApp();
    const shop = new LockedNamespace(app, 'shop', { owner: 'x', limits: { maxMemory: '1Gi' } });
    new SecureDeployment(shop, 'big', { ...basics, resources: { cpu: '1', memory: '2Gi' } });
    new SecureDeployment(shop, 'fits', {
      ...basics,
      port: 80,
      readiness: Probe.tcp(),
      resources: { cpu: '1', memory: '1Gi' },
    });
    new SecureDeployment(shop, 'patched', basics).patchPod({
      containers: [{ name: 'patched', resources: { requests: { memory: '3Gi' }, limits: { memory: '3Gi' } } }],
    });
    expect(errorsOf(app)).toMatchObject([
      {
        rule: 'namespace-limit',
        construct: 'shop/big',
        container: 'big',
        property: 'resources.memory',
        value: '2Gi',
        message: 'container big asks for more memory than namespace shop allows a container: 1Gi',
        remedy: "ask for less, or set limits: { maxMemory: '2Gi' } on the namespace",
      },
      { rule: 'namespace-limit', construct: 'shop/patched', value: '3Gi' },
    ]);
  });
});
