import type { KubernetesObject } from '../../../../core/manifest/object';
import { networkWorldOf } from '../../../../core/network/reach';

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
        ports: [],
        isOnHost: true,
        isSeveral: false,
        node: 'n1',
      },
      {
        id: 'default/night',
        namespace: 'default',
        labels: { app: 'night' },
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
