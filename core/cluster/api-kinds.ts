import type { KubernetesVersion } from './version';

/** Whether objects of a kind live in namespaces. */
export type Scope = 'Namespaced' | 'Cluster';

/** In which versions of Kubernetes an API version of a kind is there. */
export interface ApiLifetime {
  /** @default - a version before 1.28 */
  readonly since?: KubernetesVersion;
  /** @default - the newest version still has it */
  readonly last?: KubernetesVersion;
  /**
   * Whether it is served only if `--runtime-config` switches it on, as all alpha and new beta APIs are. @default false
   */
  readonly off?: true;
}

/** A kind of Kubernetes' own. */
export interface ApiKind {
  readonly scope: Scope;
  /** Its API versions; none for a kind that was gone before 1.28. */
  readonly versions: Readonly<Record<string, ApiLifetime>>;
}

const v1: Readonly<Record<string, ApiLifetime>> = { v1: {} };

const gangScheduling: Readonly<Record<string, ApiLifetime>> = {
  v1alpha2: { since: '1.36', last: '1.36', off: true },
  v1alpha3: { since: '1.37', off: true },
  v1beta1: { since: '1.37', off: true },
};

/**
 * Kubernetes' own kinds by API group, those that Kubernetes has dropped included. Which versions have them is what the
 * published OpenAPI says (a test compares it with core/schema); which of them are off, what API servers serve.
 */
export const apiKinds: Readonly<Record<string, Readonly<Record<string, ApiKind>>>> = {
  '': {
    ...cluster(v1, 'ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'),
    ...namespaced(v1, 'Binding', 'ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'PersistentVolumeClaim', 'Pod'),
    ...namespaced(v1, 'PodTemplate', 'ReplicationController', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount'),
  },
  'admissionregistration.k8s.io': {
    ...cluster(v1, 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'),
    ...cluster(
      { v1alpha1: { last: '1.31', off: true }, v1beta1: { last: '1.33', off: true }, v1: { since: '1.30' } },
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
    ),
    ...cluster(
      { v1alpha1: { since: '1.32', off: true }, v1beta1: { since: '1.34', off: true }, v1: { since: '1.36' } },
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
    ),
  },
  'apiextensions.k8s.io': cluster(v1, 'CustomResourceDefinition'),
  'apiregistration.k8s.io': cluster(v1, 'APIService'),
  apps: namespaced(v1, 'ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'),
  'authentication.k8s.io': {
    ...cluster(v1, 'TokenReview'),
    ...cluster(
      { v1alpha1: { last: '1.31', off: true }, v1beta1: { last: '1.32', off: true }, v1: {} },
      'SelfSubjectReview',
    ),
  },
  'authorization.k8s.io': {
    ...cluster(v1, 'SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'),
    ...namespaced(v1, 'LocalSubjectAccessReview'),
  },
  autoscaling: namespaced({ v1: {}, v2: {} }, 'HorizontalPodAutoscaler'),
  batch: namespaced(v1, 'CronJob', 'Job'),
  'certificates.k8s.io': {
    ...cluster(v1, 'CertificateSigningRequest'),
    ...cluster(
      { v1alpha1: { last: '1.36', off: true }, v1beta1: { since: '1.33', off: true }, v1: { since: '1.37' } },
      'ClusterTrustBundle',
    ),
    ...namespaced(
      {
        v1alpha1: { since: '1.34', last: '1.34', off: true },
        v1beta1: { since: '1.35', off: true },
        v1: { since: '1.37' },
      },
      'PodCertificateRequest',
    ),
  },
  'coordination.k8s.io': {
    ...namespaced(v1, 'Lease'),
    ...namespaced(
      {
        v1alpha1: { since: '1.31', last: '1.31', off: true },
        v1alpha2: { since: '1.32', off: true },
        v1beta1: { since: '1.33', off: true },
      },
      'LeaseCandidate',
    ),
  },
  'discovery.k8s.io': namespaced(v1, 'EndpointSlice'),
  'events.k8s.io': namespaced(v1, 'Event'),
  extensions: namespaced({}, 'DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'ReplicaSet'),
  'flowcontrol.apiserver.k8s.io': cluster(
    { v1beta2: { last: '1.28' }, v1beta3: { last: '1.31' }, v1: { since: '1.29' } },
    'FlowSchema',
    'PriorityLevelConfiguration',
  ),
  'internal.apiserver.k8s.io': cluster({ v1alpha1: { off: true } }, 'StorageVersion'),
  'lifecycle.k8s.io': namespaced({ v1alpha1: { since: '1.37', off: true } }, 'Eviction', 'EvictionRequest'),
  'networking.k8s.io': {
    ...cluster(v1, 'IngressClass'),
    ...namespaced(v1, 'Ingress', 'NetworkPolicy'),
    ...cluster(
      {
        v1alpha1: { last: '1.30', off: true },
        v1beta1: { since: '1.31', last: '1.36', off: true },
        v1: { since: '1.33' },
      },
      'IPAddress',
    ),
    ...cluster(
      {
        v1alpha1: { since: '1.29', last: '1.30', off: true },
        v1beta1: { since: '1.31', last: '1.36', off: true },
        v1: { since: '1.33' },
      },
      'ServiceCIDR',
    ),
    ...cluster({ v1alpha1: { last: '1.28', off: true } }, 'ClusterCIDR'),
  },
  'node.k8s.io': cluster(v1, 'RuntimeClass'),
  policy: {
    ...namespaced(v1, 'PodDisruptionBudget'),
    ...cluster({}, 'PodSecurityPolicy'),
  },
  'rbac.authorization.k8s.io': {
    ...cluster(v1, 'ClusterRole', 'ClusterRoleBinding'),
    ...namespaced(v1, 'Role', 'RoleBinding'),
  },
  'resource.k8s.io': {
    ...namespaced(
      { v1alpha2: { last: '1.30', off: true }, ...dynamicResources('1.31') },
      'ResourceClaim',
      'ResourceClaimTemplate',
    ),
    ...cluster(dynamicResources('1.31'), 'DeviceClass'),
    ...cluster({ v1alpha2: { since: '1.30', last: '1.30', off: true }, ...dynamicResources('1.31') }, 'ResourceSlice'),
    ...namespaced(
      { v1alpha2: { since: '1.30', last: '1.30', off: true } },
      'ResourceClaimParameters',
      'ResourceClassParameters',
    ),
    ...cluster(
      { v1alpha3: { since: '1.33', off: true }, v1beta2: { since: '1.36', off: true }, v1: { since: '1.37' } },
      'DeviceTaintRule',
    ),
    ...cluster({ v1alpha3: { since: '1.36', off: true } }, 'ResourcePoolStatusRequest'),
    ...cluster({ v1alpha2: { last: '1.30', off: true } }, 'ResourceClass'),
    ...namespaced(
      { v1alpha2: { last: '1.30', off: true }, v1alpha3: { since: '1.31', last: '1.31', off: true } },
      'PodSchedulingContext',
    ),
  },
  'scheduling.k8s.io': {
    ...cluster(v1, 'PriorityClass'),
    ...namespaced({ v1alpha1: { since: '1.35', last: '1.35', off: true }, ...gangScheduling }, 'Workload'),
    ...namespaced(gangScheduling, 'PodGroup'),
    ...namespaced({ v1alpha3: { since: '1.37', off: true } }, 'CompositePodGroup'),
  },
  'storage.k8s.io': {
    ...cluster(v1, 'CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'),
    ...namespaced(v1, 'CSIStorageCapacity'),
    ...cluster(
      {
        v1alpha1: { since: '1.29', last: '1.34', off: true },
        v1beta1: { since: '1.31', last: '1.36', off: true },
        v1: { since: '1.34' },
      },
      'VolumeAttributesClass',
    ),
  },
  'storagemigration.k8s.io': cluster(
    {
      v1alpha1: { since: '1.30', last: '1.34', off: true },
      v1beta1: { since: '1.35', off: true },
      v1: { since: '1.37' },
    },
    'StorageVersionMigration',
  ),
};

function namespaced(versions: ApiKind['versions'], ...names: readonly string[]): Readonly<Record<string, ApiKind>> {
  return kinds('Namespaced', versions, names);
}

function cluster(versions: ApiKind['versions'], ...names: readonly string[]): Readonly<Record<string, ApiKind>> {
  return kinds('Cluster', versions, names);
}

function kinds(
  scope: Scope,
  versions: ApiKind['versions'],
  names: readonly string[],
): Readonly<Record<string, ApiKind>> {
  return Object.fromEntries(names.map((name) => [name, { scope, versions }]));
}

function dynamicResources(alpha: KubernetesVersion): ApiKind['versions'] {
  return {
    v1alpha3: { since: alpha, last: '1.33', off: true },
    v1beta1: { since: '1.32', off: true },
    v1beta2: { since: '1.33', off: true },
    v1: { since: '1.34' },
  };
}
