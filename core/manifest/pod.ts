/** The pod as the API has it at Kubernetes 1.36 (core/v1), as readonly plain data. */

import type { Container, EphemeralContainer, ResourceRequirements } from './container';
import type { ObjectMeta } from './object';
import type { LocalObjectReference, ResourceList } from './pod-common';
import type { Affinity, Toleration, TopologySpreadConstraint } from './scheduling';
import type { PodSecurityContext } from './security-context';
import type { Volume } from './volume';

export type * from './container';
export type * from './legacy-volume';
export type * from './pod-common';
export type * from './probe';
export type * from './projected-volume';
export type * from './scheduling';
export type * from './security-context';
export type * from './volume';

/** When the containers of a pod restart. */
export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** Where a pod's resolver configuration comes from. */
export type DNSPolicy = 'ClusterFirstWithHostNet' | 'ClusterFirst' | 'Default' | 'None';

/** Whether a pod may evict pods of lower priority. */
export type PreemptionPolicy = 'PreemptLowerPriority' | 'Never';

/** Operating system of a pod's containers. */
export type OSName = 'linux' | 'windows';

/** Metadata and spec of the pods that a workload makes. */
export interface PodTemplateSpec {
  /** Labels and annotations of the pods. */
  readonly metadata?: ObjectMeta;
  /** What the pods run. */
  readonly spec?: PodSpec;
}

/** What a pod runs, as what, and where. */
export interface PodSpec {
  /** Volumes that the containers may mount. */
  readonly volumes?: readonly Volume[];
  /** Containers that run in order before the others; native sidecars among them. */
  readonly initContainers?: readonly Container[];
  /** Containers; at least one. */
  readonly containers: readonly Container[];
  /** Debug containers; only through their own subresource, never in a template. */
  readonly ephemeralContainers?: readonly EphemeralContainer[];
  /**
   * When the containers restart.
   * @default Always
   */
  readonly restartPolicy?: RestartPolicy;
  /**
   * Seconds between the stop signal and the kill, the preStop hook included.
   * @default 30
   */
  readonly terminationGracePeriodSeconds?: number;
  /** Seconds after which the pod is failed. */
  readonly activeDeadlineSeconds?: number;
  /**
   * Where the resolver configuration comes from.
   * @default ClusterFirst
   */
  readonly dnsPolicy?: DNSPolicy;
  /** Labels that the node must have. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * ServiceAccount that the pod runs as.
   * @default default
   */
  readonly serviceAccountName?: string;
  /**
   * Old name of `serviceAccountName`.
   * @deprecated Use `serviceAccountName`.
   */
  readonly serviceAccount?: string;
  /**
   * Whether an API token is mounted.
   * @default the ServiceAccount's setting, else true
   */
  readonly automountServiceAccountToken?: boolean;
  /** Node to run on, past the scheduler. */
  readonly nodeName?: string;
  /**
   * Whether the pod uses the node's network. Refused by the baseline Pod Security Standard.
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Whether the pod sees the node's processes. Refused by the baseline Pod Security Standard.
   * @default false
   */
  readonly hostPID?: boolean;
  /**
   * Whether the pod uses the node's IPC. Refused by the baseline Pod Security Standard.
   * @default false
   */
  readonly hostIPC?: boolean;
  /**
   * Whether the containers see each other's processes.
   * @default false
   */
  readonly shareProcessNamespace?: boolean;
  /** Security settings of the pod, and the defaults of its containers. */
  readonly securityContext?: PodSecurityContext;
  /** Secrets with credentials for the registries. */
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  /**
   * Host name of the pod.
   * @default its name
   */
  readonly hostname?: string;
  /** Subdomain below the namespace, that of a headless Service. */
  readonly subdomain?: string;
  /** Attraction to and repulsion from nodes and pods. */
  readonly affinity?: Affinity;
  /**
   * Scheduler that places the pod.
   * @default default-scheduler
   */
  readonly schedulerName?: string;
  /** Taints that the pod tolerates. */
  readonly tolerations?: readonly Toleration[];
  /** Entries of the pod's /etc/hosts. */
  readonly hostAliases?: readonly HostAlias[];
  /** PriorityClass of the pod. */
  readonly priorityClassName?: string;
  /** Priority; set from the class at admission. */
  readonly priority?: number;
  /** Resolver settings added to those of the DNS policy. */
  readonly dnsConfig?: PodDNSConfig;
  /** Conditions that must be true before the pod is ready. */
  readonly readinessGates?: readonly PodReadinessGate[];
  /** RuntimeClass that runs the pod, such as gVisor or Kata. */
  readonly runtimeClassName?: string;
  /**
   * Whether every Service of the namespace becomes environment variables.
   * @default true
   */
  readonly enableServiceLinks?: boolean;
  /**
   * Whether the pod may evict pods of lower priority.
   * @default PreemptLowerPriority
   */
  readonly preemptionPolicy?: PreemptionPolicy;
  /** Resources of the runtime itself; set from the RuntimeClass at admission. */
  readonly overhead?: ResourceList;
  /** How the pods spread over zones and nodes. */
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  /**
   * Whether the host name is the fully qualified one.
   * @default false
   */
  readonly setHostnameAsFQDN?: boolean;
  /** Operating system of the containers; decides which fields may be set. */
  readonly os?: PodOS;
  /**
   * Whether the pod uses the node's user namespace; false gives it one of its own.
   * @default true
   */
  readonly hostUsers?: boolean;
  /** Gates that hold the pod back from scheduling. */
  readonly schedulingGates?: readonly PodSchedulingGate[];
  /** ResourceClaims allocated before the pod starts. */
  readonly resourceClaims?: readonly PodResourceClaim[];
  /** Resources of all containers together. */
  readonly resources?: ResourceRequirements;
  /** Host name as the pod sees it, which no DNS record follows. */
  readonly hostnameOverride?: string;
  /** Scheduling group that the pod belongs to. */
  readonly schedulingGroup?: PodSchedulingGroup;
}

/** An entry of the pod's /etc/hosts. */
export interface HostAlias {
  /** Address. */
  readonly ip: string;
  /** Names of that address. */
  readonly hostnames?: readonly string[];
}

/** Resolver settings added to those of the DNS policy. */
export interface PodDNSConfig {
  /** Addresses of name servers. */
  readonly nameservers?: readonly string[];
  /** Search domains. */
  readonly searches?: readonly string[];
  /** Resolver options. */
  readonly options?: readonly PodDNSConfigOption[];
}

/** A resolver option, such as `ndots`. */
export interface PodDNSConfigOption {
  /** Name of the option. */
  readonly name?: string;
  /** Value, where it has one. */
  readonly value?: string;
}

/** A pod condition that must be true before the pod is ready. */
export interface PodReadinessGate {
  /** Type of the condition. */
  readonly conditionType: string;
}

/** The operating system of the pod's containers. */
export interface PodOS {
  /** Name of the operating system. */
  readonly name: OSName;
}

/** A gate that holds the pod back from scheduling until it is removed. */
export interface PodSchedulingGate {
  /** Name, unique in the pod. */
  readonly name: string;
}

/** A ResourceClaim, by name or made from a template; exactly one of the two. */
export interface PodResourceClaim {
  /** Name in the pod, a DNS label. */
  readonly name: string;
  /** A ResourceClaim of the pod's namespace. */
  readonly resourceClaimName?: string;
  /** A ResourceClaimTemplate of the pod's namespace. */
  readonly resourceClaimTemplateName?: string;
}

/** The scheduling group that the pod belongs to. */
export interface PodSchedulingGroup {
  /** Name of a PodGroup. */
  readonly podGroupName?: string;
}
