import type { NodeCapability } from './node-capabilities';
import type { KubernetesVersion } from './version';

/** `dropped`: stored without the field; `refused`: not stored; `kept`: stored, and the kubelet refuses the pod. */
export type WhenOff = 'dropped' | 'refused' | 'kept';

/**
 * Something of a manifest that a cluster has only from some version on, or only with some nodes.
 *
 * Read from the feature gates of Kubernetes (test/compatibility_lifecycle/reference/versioned_feature_list.yaml of 1.34
 * and 1.36, pkg/features/kube_features.go of 1.28, 1.31, 1.35, 1.36 and 1.37) and from what the API server does with the
 * field while its gate is off (pkg/api/pod/util.go). Of 1.37, what graduated is known for user namespaces, AppArmor, image
 * volumes, trust bundles, pod certificates, SELinux, maxUnavailable of StatefulSets and autoscaling to zero; a field that
 * was off in 1.36, or is new in 1.37, is taken to be off.
 */
export interface Feature {
  /** What it is, for messages. */
  readonly title: string;
  /**
   * The fields that need it, as paths below the pod spec; `[]` stands for any index. Empty for what is not in a pod
   * spec.
   */
  readonly paths: readonly string[];
  /** Which values of those fields need it. @default - every value */
  readonly values?: (value: unknown) => boolean;
  /** The first version that has it at all, be it switched off. @default - one before 1.28 */
  readonly since?: KubernetesVersion;
  /** The first version in which it is on unless switched off: undefined while there is none. */
  readonly on: KubernetesVersion | undefined;
  /** The first version in which it is stable. @default - not yet */
  readonly stable?: KubernetesVersion;
  /** The last version that has it. @default - the newest one does */
  readonly last?: KubernetesVersion;
  /** What an API server that knows the field does with it while the feature is off. @default 'dropped' */
  readonly whenOff?: WhenOff;
  /** What the nodes need for it. */
  readonly needs?: {
    readonly capability: NodeCapability;
    /** Which values need it. @default - every value that needs the feature */
    readonly values?: (value: unknown) => boolean;
  };
}

const is =
  (...wanted: readonly unknown[]) =>
  (value: unknown): boolean =>
    wanted.includes(value);

const isNot =
  (...unwanted: readonly unknown[]) =>
  (value: unknown): boolean =>
    !unwanted.includes(value);

/** A field of every container list of a pod. */
function ofContainers(...fields: readonly string[]): readonly string[] {
  return ['initContainers[]', 'containers[]', 'ephemeralContainers[]'].flatMap((list) =>
    fields.map((field) => `${list}.${field}`),
  );
}

const handlers = ['lifecycle.postStart', 'lifecycle.preStop'] as const;
const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const affinityTerms = ['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
  `affinity.${affinity}.requiredDuringSchedulingIgnoredDuringExecution[]`,
  `affinity.${affinity}.preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm`,
]);
const notUnconfined = (profile: unknown): boolean => (profile as { type?: unknown } | null)?.type !== 'Unconfined';

/** The features that can appear in a manifest. */
export const features = {
  userNamespaces: {
    title: 'user namespaces (hostUsers: false)',
    paths: ['hostUsers'],
    values: is(false),
    on: '1.33',
    stable: '1.36',
    needs: { capability: 'userNamespaces' },
  },
  procMount: {
    title: 'procMount: Unmasked',
    paths: ofContainers('securityContext.procMount'),
    values: is('Unmasked'),
    on: '1.33',
    stable: '1.36',
  },
  appArmorProfile: {
    title: 'the field appArmorProfile',
    paths: ['securityContext.appArmorProfile', ...ofContainers('securityContext.appArmorProfile')],
    since: '1.30',
    on: '1.30',
    stable: '1.31',
    needs: { capability: 'appArmor', values: notUnconfined },
  },
  /** `container.apparmor.security.beta.kubernetes.io/<container>`, for the versions that have no field. */
  appArmorAnnotation: {
    title: 'AppArmor by annotation',
    paths: [],
    on: '1.28',
    last: '1.29',
    needs: { capability: 'appArmor' },
  },
  supplementalGroupsPolicy: {
    title: 'supplementalGroupsPolicy',
    paths: ['securityContext.supplementalGroupsPolicy'],
    since: '1.31',
    on: '1.33',
    stable: '1.35',
    needs: { capability: 'supplementalGroupsPolicy', values: is('Strict') },
  },
  recursiveReadOnly: {
    title: 'recursive read-only mounts',
    paths: ofContainers('volumeMounts[].recursiveReadOnly'),
    since: '1.30',
    on: '1.31',
    stable: '1.33',
    needs: { capability: 'recursiveReadOnly', values: is('Enabled') },
  },
  imageVolume: {
    title: 'image volumes',
    paths: ['volumes[].image'],
    since: '1.31',
    on: '1.35',
    stable: '1.36',
    whenOff: 'refused',
    needs: { capability: 'imageVolumes' },
  },
  gitRepo: {
    title: 'gitRepo volumes',
    paths: ['volumes[].gitRepo'],
    on: '1.28',
    last: '1.32',
    whenOff: 'kept',
  },
  preStopSleep: {
    title: 'lifecycle hooks of kind sleep',
    paths: ofContainers(...handlers.map((handler) => `${handler}.sleep`)),
    since: '1.29',
    on: '1.30',
    stable: '1.34',
  },
  sleepZeroSeconds: {
    title: 'lifecycle hooks that sleep 0 seconds',
    paths: ofContainers(...handlers.map((handler) => `${handler}.sleep.seconds`)),
    values: is(0),
    since: '1.32',
    on: '1.33',
    stable: '1.34',
    whenOff: 'refused',
  },
  sidecarContainers: {
    title: 'native sidecars (init containers with restartPolicy: Always)',
    paths: ['initContainers[].restartPolicy'],
    values: is('Always'),
    on: '1.29',
    stable: '1.33',
  },
  containerRestartPolicy: {
    title: 'a restart policy per container',
    paths: ['containers[].restartPolicy'],
    since: '1.34',
    on: '1.35',
    whenOff: 'refused',
  },
  initContainerRestartPolicy: {
    title: 'restart policies of init containers other than Always',
    paths: ['initContainers[].restartPolicy'],
    values: isNot('Always'),
    since: '1.34',
    on: '1.35',
    whenOff: 'refused',
  },
  containerRestartRules: {
    title: 'restart rules of containers',
    paths: ofContainers('restartPolicyRules'),
    since: '1.34',
    on: '1.35',
  },
  restartAllContainers: {
    title: 'restart rules that restart all containers',
    paths: ofContainers('restartPolicyRules[].action'),
    values: is('RestartAllContainers'),
    since: '1.35',
    on: '1.36',
    whenOff: 'refused',
  },
  stopSignal: {
    title: 'stop signals of containers',
    paths: ofContainers('lifecycle.stopSignal'),
    since: '1.33',
    on: undefined,
  },
  inPlaceResize: {
    title: 'resize policies of containers',
    paths: ofContainers('resizePolicy'),
    on: '1.33',
    stable: '1.35',
  },
  podLevelResources: {
    title: 'resources of the pod as a whole',
    paths: ['resources'],
    since: '1.32',
    on: '1.34',
  },
  hostnameOverride: {
    title: 'hostnameOverride',
    paths: ['hostnameOverride'],
    since: '1.34',
    on: '1.35',
  },
  envFiles: {
    title: 'environment variables from files',
    paths: ofContainers('env[].valueFrom.fileKeyRef'),
    since: '1.34',
    on: '1.35',
    whenOff: 'refused',
  },
  seLinuxChangePolicy: {
    title: 'seLinuxChangePolicy',
    paths: ['securityContext.seLinuxChangePolicy'],
    since: '1.32',
    on: '1.33',
    stable: '1.36',
  },
  seLinuxMount: {
    title: 'SELinux labels by a mount option',
    paths: ['securityContext.seLinuxChangePolicy'],
    values: is('MountOption'),
    since: '1.32',
    on: '1.37',
    stable: '1.37',
    whenOff: 'refused',
  },
  podAffinityMatchLabelKeys: {
    title: 'matchLabelKeys and mismatchLabelKeys of pod affinity',
    paths: affinityTerms.flatMap((term) => [`${term}.matchLabelKeys`, `${term}.mismatchLabelKeys`]),
    since: '1.29',
    on: '1.31',
    stable: '1.33',
  },
  dynamicResourceAllocation: {
    title: 'dynamic resource allocation',
    paths: ['resourceClaims', ...ofContainers('resources.claims')],
    on: '1.34',
    stable: '1.34',
  },
  clusterTrustBundle: {
    title: 'projected cluster trust bundles',
    paths: ['volumes[].projected.sources[].clusterTrustBundle'],
    since: '1.29',
    on: '1.37',
    stable: '1.37',
  },
  podCertificate: {
    title: 'projected pod certificates',
    paths: ['volumes[].projected.sources[].podCertificate'],
    since: '1.34',
    on: '1.37',
    stable: '1.37',
  },
  volumeAttributesClass: {
    title: 'volume attributes classes',
    paths: ['volumes[].ephemeral.volumeClaimTemplate.spec.volumeAttributesClassName'],
    since: '1.29',
    on: '1.34',
    stable: '1.34',
  },
  tolerationComparison: {
    title: 'tolerations that compare numbers (operators Lt and Gt)',
    paths: ['tolerations[].operator'],
    values: is('Lt', 'Gt'),
    since: '1.35',
    on: undefined,
    whenOff: 'refused',
  },
  schedulingGroup: {
    title: 'scheduling groups',
    paths: ['schedulingGroup'],
    since: '1.36',
    on: undefined,
  },
  workloadRef: {
    title: 'workload references, which scheduling groups replaced',
    paths: ['workloadRef'],
    since: '1.35',
    on: undefined,
    last: '1.35',
  },
  evictionResponders: {
    title: 'eviction responders',
    paths: ['evictionResponders'],
    since: '1.37',
    on: undefined,
  },
  httpProtocol: {
    title: 'HTTP/2 without TLS in probes and hooks',
    paths: ofContainers(...[...probes, ...handlers].map((action) => `${action}.httpGet.protocol`)),
    since: '1.37',
    on: undefined,
  },
  grpcProbeMode: {
    title: 'TLS in gRPC probes',
    paths: ofContainers(...probes.map((probe) => `${probe}.grpc.mode`)),
    since: '1.37',
    on: undefined,
  },
  bindMountOptions: {
    title: 'bind mount options',
    paths: ofContainers('volumeMounts[].bindMountOptions'),
    since: '1.37',
    on: undefined,
  },
  emptyDirMode: {
    title: 'mode bits of emptyDir volumes',
    paths: ['volumes[].emptyDir.mode'],
    since: '1.37',
    on: undefined,
  },
  projectedFileUsers: {
    title: 'users of projected files',
    paths: [
      ...['configMap', 'secret', 'downwardAPI'].flatMap((source) => [
        `volumes[].${source}.defaultUser`,
        `volumes[].${source}.items[].user`,
        `volumes[].projected.sources[].${source}.items[].user`,
      ]),
      'volumes[].projected.defaultUser',
      ...['serviceAccountToken', 'clusterTrustBundle', 'podCertificate'].map(
        (source) => `volumes[].projected.sources[].${source}.user`,
      ),
    ],
    since: '1.37',
    on: undefined,
  },
  /** `spec.trafficDistribution` of a Service. */
  trafficDistribution: {
    title: 'trafficDistribution of Services',
    paths: [],
    since: '1.30',
    on: '1.31',
    stable: '1.33',
  },
  /** `spec.podReplacementPolicy` of a Job. */
  jobPodReplacementPolicy: {
    title: 'podReplacementPolicy of Jobs',
    paths: [],
    on: '1.29',
    stable: '1.34',
  },
  /** `spec.backoffLimitPerIndex` and `spec.maxFailedIndexes` of a Job. */
  jobBackoffLimitPerIndex: { title: 'backoffLimitPerIndex of Jobs', paths: [], on: '1.29', stable: '1.33' },
  /** `spec.successPolicy` of a Job. */
  jobSuccessPolicy: { title: 'successPolicy of Jobs', paths: [], since: '1.30', on: '1.31', stable: '1.33' },
  /** `spec.managedBy` of a Job. */
  jobManagedBy: { title: 'managedBy of Jobs', paths: [], since: '1.30', on: '1.32', stable: '1.35' },
  /** `spec.behavior.*.tolerance` of a HorizontalPodAutoscaler. */
  hpaTolerance: { title: 'tolerance of HorizontalPodAutoscalers', paths: [], since: '1.33', on: '1.35' },
  /**
   * `spec.updateStrategy.rollingUpdate.maxUnavailable` of a StatefulSet. Gate MaxUnavailableStatefulSet, which 1.35.0 has on, and later patches of
   * 1.35 off.
   */
  statefulSetMaxUnavailable: { title: 'maxUnavailable of StatefulSets', paths: [], on: '1.37' },
  /** `spec.minReplicas: 0` of a HorizontalPodAutoscaler. Gate HPAScaleToZero. */
  hpaScaleToZero: {
    title: 'minReplicas: 0 of HorizontalPodAutoscalers',
    paths: [],
    on: '1.37',
    whenOff: 'refused',
  },
  /** `spec.dataSourceRef.namespace` of a PersistentVolumeClaim, with which all of dataSourceRef goes. Gate CrossNamespaceVolumeDataSource. */
  crossNamespaceDataSource: { title: 'a namespace in dataSourceRef', paths: [], on: undefined },
  /** `--authentication-config` of kube-apiserver. Gate StructuredAuthenticationConfiguration. */
  structuredAuthentication: {
    title: 'structured authentication configuration',
    paths: [],
    since: '1.29',
    on: '1.30',
    stable: '1.34',
  },
  /** `anonymous.conditions` of AuthenticationConfiguration. Gate AnonymousAuthConfigurableEndpoints. */
  anonymousEndpoints: {
    title: 'anonymous requests for named paths alone',
    paths: [],
    since: '1.31',
    on: '1.32',
    stable: '1.34',
  },
  /** Before it, the kind is of `v1beta1`. */
  authenticationConfigurationV1: {
    title: 'AuthenticationConfiguration of apiserver.config.k8s.io/v1',
    paths: [],
    since: '1.34',
    on: '1.34',
    stable: '1.34',
  },
  kubeadmV1beta4: {
    title: 'kubeadm.k8s.io/v1beta4',
    paths: [],
    since: '1.31',
    on: '1.31',
    stable: '1.31',
  },
} as const satisfies Record<string, Feature>;

/** The id of a feature. */
export type FeatureId = keyof typeof features;

/** All features by id. */
export const featureTable: Readonly<Record<FeatureId, Feature>> = features;
