import type { KubernetesObject } from '../../../../core/manifest/object';
import { NetworkMatrix, networkWorldOf } from '../../../../core/network/reach';

const workload = (kind: string, name: string, spec: object, namespace = 'shop'): KubernetesObject => {
  const template = { metadata: { labels: { app: name } }, spec };
  const jobTemplate = { spec: { template } };
  return {
    apiVersion: kind === 'Pod' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, ...(namespace && { namespace }), ...(kind === 'Pod' && { labels: { app: name } }) },
    spec: (kind === 'Pod' ? spec : kind === 'CronJob' ? { jobTemplate } : { template }) as Record<string, unknown>,
  };
};

describe('networkWorldOf', () => {
  it('reads the pods of every kind, with what stays and listens', () => {
    const container = {
      name: 'c',
      ports: [{ name: 'http', containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }, null, {}],
    };
    const { world } = networkWorldOf([
      workload('Deployment', 'web', {
        containers: [container],
        initContainers: [
          { name: 'i', ports: [{ containerPort: 1 }] },
          { name: 's', restartPolicy: 'Always', ports: [{ name: 'mesh', containerPort: 2 }] },
        ],
      }),
      workload('Pod', 'one', { nodeName: 'n1', hostNetwork: true, containers: [] }),
      workload('CronJob', 'night', {}, ''),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } },
    ]);
    expect(world.namespaces).toEqual([{ name: 'shop', labels: { team: 'a' } }]);
    expect(world.pods).toEqual([
      {
        id: 'shop/web',
        namespace: 'shop',
        labels: { app: 'web' },
        labelForms: { 'pod-template-hash': /^/ },
        isOnHost: false,
        isSeveral: true,
        ports: [
          { name: 'mesh', port: 2, protocol: 'TCP' },
          { name: 'http', port: 80, protocol: 'TCP' },
          { port: 53, protocol: 'UDP' },
        ],
      },
      {
        id: 'shop/one',
        namespace: 'shop',
        labels: { app: 'one' },
        labelForms: {},
        ports: [],
        isOnHost: true,
        isSeveral: false,
        node: 'n1',
      },
      {
        id: 'default/night',
        namespace: 'default',
        labels: { app: 'night' },
        labelForms: {
          'job-name': /^night-\d+$/,
          'batch.kubernetes.io/job-name': /^night-\d+$/,
          'controller-uid': /^/,
          'batch.kubernetes.io/controller-uid': /^/,
        },
        ports: [],
        isOnHost: false,
        isSeveral: true,
      },
    ]);
  });

  it('names the kind where a name alone is not enough, and takes the first of an object that is given twice', () => {
    const twice = [
      workload('Job', 'a', {}),
      workload('Deployment', 'a', {}),
      workload('Job', 'a', { hostNetwork: true }),
      workload('Job', 'b', {}),
    ];
    const { world, objects } = networkWorldOf(twice);
    expect(world.pods.map(({ id, isOnHost }) => [id, isOnHost])).toEqual([
      ['shop/a (Job)', false],
      ['shop/a (Deployment)', false],
      ['shop/b', false],
    ]);
    expect(objects.get('shop/a (Job)')).toBe(twice[0]);
  });
});

describe('labels that controllers give pods', () => {
  const expression = (key: string, operator: string, ...values: string[]) => ({
    matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
  });
  const policy = (name: string, spec: object): KubernetesObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec: spec as Record<string, unknown>,
  });
  const closing = (podSelector: object) => policy('close', { podSelector, policyTypes: ['Ingress', 'Egress'] });
  const open80 = (podSelector: object, from: object) =>
    policy('open', { podSelector, ingress: [{ from: [{ podSelector: from }], ports: [{ port: 80 }] }] });
  const app = (name: string) => ({ matchLabels: { app: name } });
  const ends = ['Job mig', 'CronJob night', 'Deployment web', 'StatefulSet db', 'DaemonSet node'].map((each) => {
    const [kind = '', name = ''] = each.split(' ');
    return workload(kind, name, {});
  });
  const reach = (from: string, to: string, ...policies: KubernetesObject[]) => {
    const { reachability } = new NetworkMatrix([...ends, ...policies]);
    const numbers = [from, to].map((name) => reachability.indexOf(`shop/${name}`) ?? -1);
    const { certain, possible } = reachability.between(numbers[0] as number, numbers[1] as number);
    return certain.key === possible.key ? certain.text : `${certain.text}, perhaps ${possible.text}`;
  };

  it.each<[string, string, object, string]>([
    ['mig', 'web', expression('job-name', 'DoesNotExist'), 'no port'],
    ['mig', 'night', expression('job-name', 'DoesNotExist'), 'every port'],
    ['web', 'db', expression('pod-template-hash', 'DoesNotExist'), 'no port'],
    ['web', 'mig', { matchLabels: { 'job-name': 'mig' } }, 'no port'],
    ['web', 'mig', { matchLabels: { 'job-name': 'other' } }, 'every port'],
    ['web', 'night', { matchLabels: { 'job-name': 'night-123' } }, 'no port, perhaps every port'],
    ['web', 'night', { matchLabels: { 'job-name': 'mig-123' } }, 'every port'],
    ['web', 'db', { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } }, 'no port, perhaps every port'],
    ['web', 'db', { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'web-0' } }, 'every port'],
    ['web', 'db', expression('apps.kubernetes.io/pod-index', 'In', '0'), 'no port, perhaps every port'],
    ['web', 'node', expression('controller-revision-hash', 'Exists'), 'no port'],
  ])('%s to %s, where %j is closed: %s', (from, to, selector, expected) => {
    expect(reach(from, to, closing(selector))).toBe(expected);
  });

  it.each<[string, object, string]>([
    ['mig', { matchLabels: { 'batch.kubernetes.io/job-name': 'mig' } }, 'TCP 80'],
    ['night', { matchLabels: { 'batch.kubernetes.io/job-name': 'mig' } }, 'no port'],
    ['web', expression('pod-template-hash', 'Exists'), 'TCP 80'],
    ['web', expression('pod-template-hash', 'In', '5d8f9c7b6'), 'no port, perhaps TCP 80'],
    ['web', { matchLabels: { app: 'db', 'pod-template-hash': '5d8f9c7b6' } }, 'no port'],
    ['db', { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } }, 'no port, perhaps TCP 80'],
  ])('%s to node, which lets %j in: %s', (from, whom, expected) => {
    expect(reach(from, 'node', open80(app('node'), whom))).toBe(expected);
  });

  it('are no pods that are not here', () => {
    const whom = { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } };
    expect(new NetworkMatrix([...ends, open80(app('web'), whom)]).absent).toEqual([]);
  });

  it('say of a policy that may be for some pods what it opens and closes', () => {
    const selector = { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } };
    const { reachability } = new NetworkMatrix([...ends, open80(selector, app('web'))]);
    const [web = -1, db = -1] = ['web', 'db'].map((name) => reachability.indexOf(`shop/${name}`) ?? -1);
    const { ingress } = reachability.explain(web, db);
    expect(ingress).toMatchObject({
      by: 'policies',
      isClosed: false,
      perhaps: [{ name: 'NetworkPolicy.networking.k8s.io shop/open' }],
    });
    expect(ingress.steps.map(({ match, ports }) => [match, ports.text])).toEqual([['maybe', 'TCP 80']]);
  });
});
