/** Workloads with right pods that the API server refuses, and their like that it takes. */
import type { KubernetesObject } from '../../../../core/manifest';
import type { VerdictCase } from './verdicts';

const labels = { app: 'a' };
const podOf = (spec: object) => ({ containers: [{ name: 'a', image: 'registry.example/a:1' }], ...spec });

function workload(kind: string, pod: object, spec: object = {}): KubernetesObject {
  const template = { metadata: { labels }, spec: podOf(pod) };
  const needed = kind === 'StatefulSet' ? { serviceName: 'a' } : {};
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'a' },
    spec: { selector: { matchLabels: labels }, template, ...needed, ...spec },
  };
}
const job = (pod: object): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'a' },
  spec: { template: { spec: podOf(pod) } },
});
const cronJob = (pod: object): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'a' },
  spec: { schedule: '@daily', jobTemplate: { spec: job(pod).spec } },
});
const budget = (spec: object): KubernetesObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'a' },
  spec: { selector: { matchLabels: labels }, ...spec },
});
function withoutSelector({ spec, ...object }: KubernetesObject): KubernetesObject {
  const { selector: _, ...rest } = (spec ?? {}) as { selector?: unknown };
  return spec === undefined ? object : { ...object, spec: rest };
}
const scaler = (spec: object, apiVersion = 'autoscaling/v2', metadata: object = {}): KubernetesObject => ({
  apiVersion,
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'a', ...metadata },
  spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }, ...spec },
});
const usage = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } };
const deployment = (rollingUpdate: object, type?: string) =>
  workload('Deployment', {}, { strategy: { ...(type && { type }), rollingUpdate } });
const daemons = (rollingUpdate: object, type?: string) =>
  workload('DaemonSet', {}, { updateStrategy: { ...(type && { type }), rollingUpdate } });

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const;
const bare = (apiVersion: string, kind: string, rest: object): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'a' },
  ...rest,
});
/** A workload of each kind with pods of this spec, and where it is. */
const eachWith = (spec: object): readonly (readonly [KubernetesObject, string])[] => [
  ...kinds.map((kind) => [workload(kind, spec), 'spec.template.spec'] as const),
  [job({ restartPolicy: 'Never', ...spec }), 'spec.template.spec'],
  [cronJob({ restartPolicy: 'Never', ...spec }), 'spec.jobTemplate.spec.template.spec'],
  [bare('v1', 'Pod', { spec: podOf(spec) }), 'spec'],
  [bare('v1', 'PodTemplate', { template: { metadata: { labels }, spec: podOf(spec) } }), 'template.spec'],
  [
    bare('v1', 'ReplicationController', { spec: { template: { metadata: { labels }, spec: podOf(spec) } } }),
    'spec.template.spec',
  ],
];
const restartPolicy = 'spec.template.spec.restartPolicy';
const unavailable = 'rollingUpdate.maxUnavailable';

export const refusedWorkloads: readonly VerdictCase[] = [
  ...kinds.map((kind) => ({
    name: `a ${kind} whose pods end`,
    object: workload(kind, { restartPolicy: 'OnFailure' }),
    property: restartPolicy,
  })),
  ...kinds
    .filter((kind) => kind !== 'DaemonSet')
    .map((kind) => ({
      name: `a ${kind} of -1 replicas`,
      object: workload(kind, {}, { replicas: -1 }),
      property: 'spec.replicas',
    })),
  ...[
    [{ restartPolicy: 'Never' }, {}, restartPolicy],
    [{ activeDeadlineSeconds: 600 }, {}, 'spec.template.spec.activeDeadlineSeconds'],
    [{}, { replicas: -1 }, 'spec.replicas'],
  ].map(([pod, more, property]) => ({
    name: `a ReplicationController with ${JSON.stringify({ ...(pod as object), ...(more as object) })}`,
    object: bare('v1', 'ReplicationController', {
      spec: { selector: labels, template: { metadata: { labels }, spec: podOf(pod as object) }, ...(more as object) },
    }),
    property: property as string,
  })),
  { name: 'a Job that is always restarted', object: job({ restartPolicy: 'Always' }), property: restartPolicy },
  { name: 'a Job without a restart policy', object: job({}), property: restartPolicy },
  {
    name: 'a CronJob without a restart policy',
    object: cronJob({}),
    property: `spec.jobTemplate.${restartPolicy}`,
  },
  {
    name: 'a rolling update of a Deployment that recreates',
    object: deployment({ maxSurge: 1 }, 'Recreate'),
    property: 'spec.strategy.rollingUpdate',
  },
  {
    name: 'a rolling update of a StatefulSet on deletion',
    object: workload('StatefulSet', {}, { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } }),
    property: 'spec.updateStrategy.rollingUpdate',
  },
  {
    name: 'a Deployment that cannot roll',
    object: deployment({ maxSurge: 0, maxUnavailable: '0%' }),
    property: `spec.strategy.${unavailable}`,
  },
  {
    name: 'a DaemonSet that cannot roll',
    object: daemons({ maxUnavailable: 0 }),
    property: `spec.updateStrategy.${unavailable}`,
  },
  {
    name: 'a DaemonSet that starts before and stops before',
    object: daemons({ maxSurge: 1 }, 'RollingUpdate'),
    property: 'spec.updateStrategy.rollingUpdate.maxSurge',
  },
  ...[[], null].flatMap((containers) =>
    eachWith({ containers }).map(([object, spec]) => ({
      name: `a ${object.kind} with ${JSON.stringify(containers)} for containers`,
      object,
      property: `${spec}.containers`,
    })),
  ),
  {
    name: 'a Deployment that starts, and does not run',
    object: workload('Deployment', { initContainers: [{ name: 'i', image: 'registry.example/i:1' }], containers: [] }),
    property: 'spec.template.spec.containers',
  },
  ...kinds.flatMap((kind) => [
    {
      name: `a ${kind} whose pods end after a time`,
      object: workload(kind, { activeDeadlineSeconds: 600 }),
      property: 'spec.template.spec.activeDeadlineSeconds',
    },
  ]),
  {
    name: 'a budget with two bounds',
    object: budget({ minAvailable: 1, maxUnavailable: 0 }),
    property: 'spec.minAvailable',
  },
  {
    name: 'an autoscaler to none, by usage',
    object: scaler({ minReplicas: 0, metrics: [usage] }),
    property: 'spec.minReplicas',
  },
  { name: 'an autoscaler to none, by no metric', object: scaler({ minReplicas: 0 }), property: 'spec.minReplicas' },
  {
    name: 'an autoscaler to none, by the usage that v1 has',
    object: scaler({ minReplicas: 0, targetCPUUtilizationPercentage: 50 }, 'autoscaling/v1'),
    property: 'spec.minReplicas',
  },
];

/** What the API server refuses as a whole, and what may be a part of something that it takes. */
export const refusedWholes: readonly Required<VerdictCase>[] = [
  ...eachWith({ containers: undefined }).map(([object, spec]) => ({
    name: `a ${object.kind} that says nothing of containers`,
    object: withoutSelector(object),
    property: `${spec}.containers`,
  })),
  ...kinds.flatMap((kind) => [
    {
      name: `a ${kind} with a selector that says nothing of containers`,
      object: workload(kind, { containers: undefined }),
      property: 'spec.template.spec.containers',
    },
    {
      name: `a ${kind} without a spec of its pods`,
      object: workload(kind, {}, { template: { metadata: { labels } } }),
      property: 'spec.template.spec',
    },
    {
      name: `a ${kind} without pods`,
      object: workload(kind, {}, { template: undefined }),
      property: 'spec.template',
    },
  ]),
  { name: 'a Deployment of nothing', object: bare('apps/v1', 'Deployment', {}), property: 'spec' },
  {
    name: 'a Deployment of replicas',
    object: bare('apps/v1', 'Deployment', { spec: { replicas: 2 } }),
    property: 'spec.template',
  },
  { name: 'a Pod of nothing', object: bare('v1', 'Pod', {}), property: 'spec' },
  { name: 'a Job of nothing', object: bare('batch/v1', 'Job', { spec: {} }), property: 'spec.template' },
  {
    name: 'a CronJob of a schedule',
    object: bare('batch/v1', 'CronJob', { spec: { schedule: '@daily' } }),
    property: 'spec.jobTemplate',
  },
  {
    name: 'a CronJob of labels',
    object: bare('batch/v1', 'CronJob', { spec: { schedule: '@daily', jobTemplate: { metadata: { labels } } } }),
    property: 'spec.jobTemplate.spec',
  },
];

export const acceptedWorkloads: readonly VerdictCase[] = [
  ...kinds.map((kind) => ({ name: `a ${kind} that says Always`, object: workload(kind, { restartPolicy: 'Always' }) })),
  ...eachWith({}).map(([object]) => ({ name: `a ${object.kind} with a container`, object })),
  { name: 'no replicas', object: workload('Deployment', {}, { replicas: 0 }) },
  { name: 'a Job that tries again', object: job({ restartPolicy: 'OnFailure' }) },
  {
    name: 'a Job that ends after a time',
    object: job({ restartPolicy: 'Never', activeDeadlineSeconds: 600 }),
  },
  { name: 'a CronJob that never does', object: cronJob({ restartPolicy: 'Never' }) },
  { name: 'a Deployment that recreates', object: workload('Deployment', {}, { strategy: { type: 'Recreate' } }) },
  { name: 'a Deployment with no surge', object: deployment({ maxSurge: 0 }) },
  { name: 'a Deployment with none unavailable', object: deployment({ maxUnavailable: 0 }, 'RollingUpdate') },
  { name: 'a DaemonSet that starts before', object: daemons({ maxSurge: 1, maxUnavailable: 0 }) },
  { name: 'a DaemonSet that says no surge', object: daemons({ maxSurge: 0 }) },
  { name: 'a DaemonSet on deletion', object: daemons({ maxUnavailable: 0 }, 'OnDelete') },
  { name: 'a budget with one bound', object: budget({ minAvailable: 1 }) },
  { name: 'a budget with the other', object: budget({ maxUnavailable: 0 }) },
  { name: 'an autoscaler to one', object: scaler({ minReplicas: 1, metrics: [usage] }) },
  { name: 'an autoscaler that says nothing', object: scaler({}) },
];
