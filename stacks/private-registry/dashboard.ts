import type { KubernetesObject } from '../../core/manifest/object';
import { grafanaDashboard, type Panel } from '../grafana-dashboard';
import { clusterMetrics, ownMetrics } from './metrics';
import { registryName } from './parts';

/** What a dashboard is made for. */
export interface RegistryDashboardOptions {
  readonly namespace: string;
  /** Whether blobs are on a volume. */
  readonly volume: boolean;
  /** Whether there are copies. */
  readonly backup: boolean;
}

interface RegistryPanel extends Panel {
  /** What has to be there for it. @default - nothing */
  readonly of?: 'volume' | 'backup';
}

/** The graphs of a registry in a namespace. */
function panelsIn(namespace: string): readonly RegistryPanel[] {
  const own = `namespace="${namespace}"`;
  const m = { ...ownMetrics, ...clusterMetrics };
  const claims = (of: string): string => `{${own},persistentvolumeclaim=~"${of}-${registryName}-.+"}`;
  const slowest = (by: string, metric: string, labels: string): string =>
    `histogram_quantile(0.95, sum by (le, ${by}) (rate(${metric}{${own}${labels}}[5m])))`;
  return [
    {
      title: 'Requests a second, by answer',
      description:
        '401 is how each client begins; 405 a push in the window of the garbage collection; 5xx the registry.',
      expr: `sum by (code) (rate(${m.requests}{${own}}[5m]))`,
      legend: '{{code}}',
      unit: 'reqps',
    },
    {
      title: 'Logins refused a second',
      description: 'Far more than the requests that are answered: somebody tries passwords, or a Secret is old.',
      expr: `sum by (handler) (rate(${m.requests}{${own},code="401"}[5m]))`,
      legend: '{{handler}}',
      unit: 'reqps',
    },
    {
      title: 'Images pulled and pushed a second',
      description: 'Manifests: get and head are pulls, put pushes.',
      expr: `sum by (method) (rate(${m.requests}{${own},handler="manifest",code=~"2.."}[5m]))`,
      legend: '{{method}}',
      unit: 'reqps',
    },
    {
      title: 'Time of a pull',
      description: 'Within which 19 of 20 manifests and layers are sent. Layers take as long as the network does.',
      expr: slowest('handler', m.durations, ',handler=~"blob|manifest",method=~"get|head"'),
      legend: '{{handler}}',
      unit: 's',
    },
    {
      title: 'Bytes sent a second',
      description: 'By each replica. With a bucket, the replica reads as much from it.',
      expr: `sum by (pod) (rate(${m.sent}{${own}}[5m]))`,
      legend: '{{pod}}',
      unit: 'Bps',
    },
    {
      title: 'Time of the storage',
      description: 'Within which 19 of 20 operations on the volume or the bucket are done.',
      expr: slowest('action', m.storage, ''),
      legend: '{{action}}',
      unit: 's',
    },
    {
      title: 'Volumes, filled',
      description: 'It falls after the garbage collection. Pushes fail at 100 %.',
      of: 'volume',
      expr: `max by (persistentvolumeclaim) (1 - ${m.available}${claims('(data|copies)')} / ${m.capacity}${claims('(data|copies)')})`,
      legend: '{{persistentvolumeclaim}}',
      unit: 'percentunit',
    },
    {
      title: 'Copies: files',
      description: 'A step for each copy, once a day. A line without steps is a backup that does not run.',
      of: 'backup',
      expr: `max by (persistentvolumeclaim) (${m.inodesUsed}${claims('copies')})`,
      legend: '{{persistentvolumeclaim}}',
    },
    {
      title: 'Pushes refused: the window of the garbage collection',
      description: 'Outside of the window there are none.',
      expr: `sum by (pod) (increase(${m.requests}{${own},code="405"}[5m]))`,
      legend: '{{pod}}',
    },
    {
      title: 'Time since the process began',
      description: 'It begins anew at both ends of the window, and with each new certificate. Else somebody ended it.',
      expr: `time() - max by (pod) (${m.started}{${own}})`,
      legend: '{{pod}}',
      unit: 's',
    },
    {
      title: 'Replicas that are ready',
      description: 'None for seconds is a change between read-only and read-write of a registry of one.',
      expr: `sum by (statefulset) (${m.ready}{${own},statefulset="${registryName}"})`,
      legend: '{{statefulset}}',
    },
    {
      title: 'Starts of the container',
      description: 'Those by the kubelet. More than a few are a registry that ends again and again.',
      expr: `sum by (pod) (increase(${m.restarts}{${own},container="${registryName}"}[1h]))`,
      legend: '{{pod}}',
    },
    {
      title: 'Time until the certificate ends',
      description: 'cert-manager renews it 30 days before.',
      expr: `min by (name) (${m.certificate}{${own},name="${registryName}"}) - time()`,
      legend: '{{name}}',
      unit: 's',
    },
  ];
}

/** The dashboard of the registry. */
export function registryDashboard({ namespace, ...there }: RegistryDashboardOptions): KubernetesObject {
  const panels = panelsIn(namespace).filter(({ of }) => of === undefined || there[of]);
  return grafanaDashboard({
    stack: 'private-registry',
    title: 'Private registry',
    panels: panels.map(({ of: _, ...panel }) => panel),
    namespace,
  });
}
