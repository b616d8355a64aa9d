/** Containers and what belongs to one (core/v1). */

import type { LocalObjectReference, ObjectFieldSelector, ResourceFieldSelector, ResourceList } from './pod-common';
import type { Lifecycle, Probe } from './probe';
import type { SecurityContext } from './security-context';

/** When one container restarts. `Always` on an init container makes it a native sidecar. */
export type ContainerRestartPolicy = 'Always' | 'Never' | 'OnFailure';

/** Where the termination message comes from. */
export type TerminationMessagePolicy = 'File' | 'FallbackToLogsOnError';

/** When the kubelet pulls an image. */
export type PullPolicy = 'Always' | 'Never' | 'IfNotPresent';

/** Transport protocol of a port. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** Whether a container restarts when a resource is resized in place. */
export type ResourceResizeRestartPolicy = 'NotRequired' | 'RestartContainer';

/** What a restart rule does when it matches. */
export type ContainerRestartRuleAction = 'Restart' | 'RestartAllContainers';

/** How exit codes relate to the listed values. */
export type ContainerRestartRuleOnExitCodesOperator = 'In' | 'NotIn';

/** Whether a read-only mount is read-only all the way down. */
export type RecursiveReadOnlyMode = 'Disabled' | 'IfPossible' | 'Enabled';

/** How mounts travel between host and container. */
export type MountPropagationMode = 'None' | 'HostToContainer' | 'Bidirectional';

/** A container: init, native sidecar or regular. */
export interface Container {
  /** Name, a DNS label unique among the pod's containers. */
  readonly name: string;
  /** Image reference. */
  readonly image?: string;
  /** Entrypoint; replaces the image's ENTRYPOINT. Not run in a shell. */
  readonly command?: readonly string[];
  /** Arguments; replace the image's CMD. */
  readonly args?: readonly string[];
  /**
   * Working directory.
   * @default the image's
   */
  readonly workingDir?: string;
  /** Ports that the container listens on. Informative: an unlisted port is reachable, too. */
  readonly ports?: readonly ContainerPort[];
  /** Sources whose keys all become environment variables; later ones win. */
  readonly envFrom?: readonly EnvFromSource[];
  /** Environment variables; they win over `envFrom`. */
  readonly env?: readonly EnvVar[];
  /** Compute resources. */
  readonly resources?: ResourceRequirements;
  /** What an in-place resize does to the container. */
  readonly resizePolicy?: readonly ContainerResizePolicy[];
  /** Overrides the pod's restart policy. `Always` on an init container makes it a native sidecar. */
  readonly restartPolicy?: ContainerRestartPolicy;
  /** Rules by exit code, checked in order; the first that matches decides. */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  /** Volumes in the container's filesystem. */
  readonly volumeMounts?: readonly VolumeMount[];
  /** Raw block devices in the container. */
  readonly volumeDevices?: readonly VolumeDevice[];
  /** The container is restarted when it fails. */
  readonly livenessProbe?: Probe;
  /** The pod receives traffic only while it succeeds. */
  readonly readinessProbe?: Probe;
  /** The other probes wait until it succeeds. */
  readonly startupProbe?: Probe;
  /** Hooks at start and end. */
  readonly lifecycle?: Lifecycle;
  /**
   * File from which the termination message is read.
   * @default /dev/termination-log
   */
  readonly terminationMessagePath?: string;
  /**
   * Where the termination message comes from.
   * @default File
   */
  readonly terminationMessagePolicy?: TerminationMessagePolicy;
  /**
   * When the image is pulled.
   * @default Always for the tag `latest` or none, else IfNotPresent
   */
  readonly imagePullPolicy?: PullPolicy;
  /** Security settings; they override the pod's. */
  readonly securityContext?: SecurityContext;
  /**
   * Whether a buffer for stdin is allocated.
   * @default false
   */
  readonly stdin?: boolean;
  /**
   * Whether stdin closes after the first attach.
   * @default false
   */
  readonly stdinOnce?: boolean;
  /**
   * Whether a terminal is allocated; needs `stdin`.
   * @default false
   */
  readonly tty?: boolean;
}

/** A temporary container added to a running pod for debugging. It may have no ports, probes, lifecycle or resources. */
export interface EphemeralContainer extends Container {
  /**
   * Container whose namespaces this one joins.
   * @default the pod's namespaces
   */
  readonly targetContainerName?: string;
}

/** A port that a container listens on. */
export interface ContainerPort {
  /** Name, unique in the pod (an IANA service name of at most 15 characters). */
  readonly name?: string;
  /** Port on the node. Refused by the baseline Pod Security Standard. */
  readonly hostPort?: number;
  /** Port on the pod's address, 1 to 65535. */
  readonly containerPort: number;
  /**
   * Transport protocol.
   * @default TCP
   */
  readonly protocol?: Protocol;
  /** Address on the node for `hostPort`. */
  readonly hostIP?: string;
}

/** An environment variable. */
export interface EnvVar {
  /** Name of the variable. */
  readonly name: string;
  /** Value; `$(NAME)` refers to variables defined before. */
  readonly value?: string;
  /** Source of the value, instead of `value`. */
  readonly valueFrom?: EnvVarSource;
}

/** Where the value of an environment variable comes from; exactly one. */
export interface EnvVarSource {
  /** A field of the pod: name, namespace, a label or annotation, node, addresses. */
  readonly fieldRef?: ObjectFieldSelector;
  /** A limit or request of a container. */
  readonly resourceFieldRef?: ResourceFieldSelector;
  /** A key of a ConfigMap. */
  readonly configMapKeyRef?: ConfigMapKeySelector;
  /** A key of a Secret. */
  readonly secretKeyRef?: SecretKeySelector;
  /** A key of an env file. */
  readonly fileKeyRef?: FileKeySelector;
}

/** A key of a ConfigMap in the pod's namespace. */
export interface ConfigMapKeySelector extends LocalObjectReference {
  /** Key in its data. */
  readonly key: string;
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** A key of a Secret in the pod's namespace. */
export interface SecretKeySelector extends LocalObjectReference {
  /** Key in its data. */
  readonly key: string;
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** A key of an env file in an emptyDir volume. */
export interface FileKeySelector {
  /** Volume that holds the file. */
  readonly volumeName: string;
  /** Path of the file in the volume, relative and without `..`. */
  readonly path: string;
  /** Key in the file. */
  readonly key: string;
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** A ConfigMap or Secret whose keys all become environment variables. */
export interface EnvFromSource {
  /** Text put before each name. */
  readonly prefix?: string;
  /** A ConfigMap. */
  readonly configMapRef?: ConfigMapEnvSource;
  /** A Secret. */
  readonly secretRef?: SecretEnvSource;
}

/** A ConfigMap that supplies environment variables. */
export interface ConfigMapEnvSource extends LocalObjectReference {
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** A Secret that supplies environment variables. */
export interface SecretEnvSource extends LocalObjectReference {
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** Compute resources of a container or pod. */
export interface ResourceRequirements {
  /** The most it may use. */
  readonly limits?: ResourceList;
  /**
   * What it is guaranteed.
   * @default the limits, where given
   */
  readonly requests?: ResourceList;
  /** Devices, from the pod's `resourceClaims`. */
  readonly claims?: readonly ResourceClaim[];
}

/** A reference to an entry of the pod's `resourceClaims`. */
export interface ResourceClaim {
  /** Name of an entry of the pod's `resourceClaims`. */
  readonly name: string;
  /**
   * One request of that claim.
   * @default all of them
   */
  readonly request?: string;
}

/** What an in-place resize of one resource does to the container. */
export interface ContainerResizePolicy {
  /** Resource: `cpu` or `memory`. */
  readonly resourceName: string;
  /** Whether the container restarts. */
  readonly restartPolicy: ResourceResizeRestartPolicy;
}

/** Whether a container restarts after a certain exit. */
export interface ContainerRestartRule {
  /** What to do when the rule matches. */
  readonly action: ContainerRestartRuleAction;
  /** Exit codes for which it matches. */
  readonly exitCodes?: ContainerRestartRuleOnExitCodes;
}

/** The exit codes that a restart rule is about. */
export interface ContainerRestartRuleOnExitCodes {
  /** How the exit code relates to `values`. */
  readonly operator: ContainerRestartRuleOnExitCodesOperator;
  /** Exit codes, at most 255. */
  readonly values?: readonly number[];
}

/** A volume mounted in a container. */
export interface VolumeMount {
  /** Name of a volume of the pod. */
  readonly name: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /** Whether submounts are read-only, too; needs `readOnly`. */
  readonly recursiveReadOnly?: RecursiveReadOnlyMode;
  /** Where it is mounted in the container; no `:`. */
  readonly mountPath: string;
  /**
   * Path in the volume to mount.
   * @default the volume's root
   */
  readonly subPath?: string;
  /**
   * How mounts travel between host and container.
   * @default None
   */
  readonly mountPropagation?: MountPropagationMode;
  /** Like `subPath`, with `$(NAME)` references to environment variables. */
  readonly subPathExpr?: string;
}

/** A raw block device in a container. */
export interface VolumeDevice {
  /** Name of a volume from a PersistentVolumeClaim. */
  readonly name: string;
  /** Path of the device in the container. */
  readonly devicePath: string;
}
