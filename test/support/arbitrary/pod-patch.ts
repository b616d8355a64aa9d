/** Partial pod specs as the escape hatch writes them: every field of a pod, harmless and harmful. */
import * as fc from 'fast-check';
import type { Patch } from '../../../core/manifest';
import type { PodSpec } from '../../../core/manifest/pod';
import { addedContainer, addedInitContainer, ephemeralContainer, mainContainer } from './container-patch';
import { type Fields, few, of, some } from './parts';
import { podSecurityContext } from './security-context';
import { volume } from './volume';

/** Names of cluster-wide objects that pods name; {@link clusterObjects} makes them. */
export const classes = { runtime: 'pods-sandboxed', priority: 'pods-important' } as const;

/** Admission refuses a pod that names a class that does not exist. */
export const clusterObjects = [
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: classes.runtime }, handler: 'runsc' },
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: classes.priority }, value: 1000 },
] as const;

const hostFlag = fc.oneof({ weight: 2, arbitrary: of(true) }, { weight: 1, arbitrary: of(false, null) });

/** Each field of a pod's spec. */
export const podFields: Fields<Patch<PodSpec>> = {
  volumes: few(volume, 2, 1).map((list) => list.filter(({ name }, i) => list.findIndex((o) => o.name === name) === i)),
  initContainers: addedInitContainer.map((container) => [container]),
  containers: fc.oneof(
    { weight: 4, arbitrary: mainContainer.map((container) => [container]) },
    { weight: 2, arbitrary: addedContainer.map((container) => [container]) },
    { weight: 1, arbitrary: fc.tuple(mainContainer, addedContainer) },
  ),
  ephemeralContainers: ephemeralContainer.map((container) => [container]),
  restartPolicy: of('Always', 'OnFailure', 'Never'),
  terminationGracePeriodSeconds: of(0, 1, 60, null),
  activeDeadlineSeconds: of(600),
  dnsPolicy: of('ClusterFirst', 'Default', 'ClusterFirstWithHostNet'),
  nodeSelector: of({ disk: 'ssd' }, null),
  serviceAccountName: of('default', '$account', null),
  serviceAccount: of('default', null),
  automountServiceAccountToken: of(true, false, null),
  nodeName: of('node-1'),
  hostNetwork: hostFlag,
  hostPID: hostFlag,
  hostIPC: hostFlag,
  shareProcessNamespace: fc.boolean(),
  securityContext: fc.oneof({ weight: 6, arbitrary: podSecurityContext }, { weight: 1, arbitrary: fc.constant(null) }),
  imagePullSecrets: of([{ name: 'registry' }]),
  hostname: of('app'),
  subdomain: of('apps'),
  affinity: of({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'Exists' as const }] }],
      },
    },
  }),
  schedulerName: of('default-scheduler'),
  tolerations: of([{ key: 'spot', operator: 'Exists' as const }], []),
  hostAliases: of([{ ip: '10.0.0.9', hostnames: ['legacy.example'] }]),
  priorityClassName: of(classes.priority, null),
  priority: of(1000),
  dnsConfig: of({ options: [{ name: 'ndots', value: '2' }] }),
  readinessGates: of([{ conditionType: 'example.com/ready' }]),
  runtimeClassName: of(classes.runtime, null),
  enableServiceLinks: fc.boolean(),
  preemptionPolicy: of('PreemptLowerPriority'),
  overhead: of({}),
  topologySpreadConstraints: of([], [{ maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' as const }]),
  setHostnameAsFQDN: fc.boolean(),
  os: of({ name: 'linux' as const }, { name: 'windows' as const }, null),
  hostUsers: of(true, false, null),
  schedulingGates: of([{ name: 'example.com/wait' }]),
  resourceClaims: of([{ name: 'gpu', resourceClaimName: 'gpu' }]),
  resources: of({ requests: { cpu: '8', memory: '8Gi' }, limits: { cpu: '16', memory: '8Gi' } }),
  hostnameOverride: of('app'),
  schedulingGroup: of({ podGroupName: 'group' }),
};

const securityFields = {
  securityContext: podFields.securityContext,
  containers: podFields.containers,
  initContainers: podFields.initContainers,
  volumes: podFields.volumes,
} as Fields<Patch<PodSpec>>;

/** A partial pod spec. Fields that decide what Pod Security says are drawn more often than their number. */
export const podPatch: fc.Arbitrary<Patch<PodSpec>> = fc.oneof(
  { weight: 5, arbitrary: some(securityFields, 1, { containers: 4, securityContext: 3, initContainers: 2 }) },
  { weight: 1, arbitrary: some(podFields, 1) },
  { weight: 1, arbitrary: some(podFields, 3) },
);

const appArmorKey = 'container.apparmor.security.beta.kubernetes.io';

/** Annotations of the pods, those that AppArmor and seccomp were set by among them. */
export const podAnnotations = of<Readonly<Record<string, string | null>>>(
  { [`${appArmorKey}/$main`]: 'unconfined' },
  { [`${appArmorKey}/$main`]: 'runtime/default' },
  { [`${appArmorKey}/$main`]: 'localhost/app' },
  { [`${appArmorKey}/nobody`]: 'unconfined' },
  { [`${appArmorKey}/nobody`]: 'runtime/default' },
  { 'container.seccomp.security.alpha.kubernetes.io/$main': 'docker/default' },
  { [`${appArmorKey}/$main`]: '' },
  { [`${appArmorKey}/$main`]: null },
  { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' },
  { 'prometheus.io/scrape': 'true' },
);
