/** Security contexts of pods and containers (core/v1). */

/** `Merge` adds the groups of the image's /etc/group; `Strict` adds only what the pod declares. */
export type SupplementalGroupsPolicy = 'Merge' | 'Strict';

/** When volume ownership is changed to fsGroup. */
export type PodFSGroupChangePolicy = 'OnRootMismatch' | 'Always';

/** How volumes get their SELinux label: relabeled file by file, or by a mount option. */
export type PodSELinuxChangePolicy = 'Recursive' | 'MountOption';

/** How /proc is mounted: with the runtime's masked paths, or with none. */
export type ProcMountType = 'Default' | 'Unmasked';

/** Which seccomp profile applies. */
export type SeccompProfileType = 'Unconfined' | 'RuntimeDefault' | 'Localhost';

/** Which AppArmor profile applies. */
export type AppArmorProfileType = 'Unconfined' | 'RuntimeDefault' | 'Localhost';

/** Security settings of a pod, and the defaults of its containers. */
export interface PodSecurityContext {
  /**
   * SELinux label.
   * @default chosen by the runtime
   */
  readonly seLinuxOptions?: SELinuxOptions;
  /** Windows-only settings. */
  readonly windowsOptions?: WindowsSecurityContextOptions;
  /**
   * User id of the first process.
   * @default the image's user
   */
  readonly runAsUser?: number;
  /**
   * Primary group id of the first process.
   * @default the runtime's
   */
  readonly runAsGroup?: number;
  /**
   * Whether the kubelet refuses to start a process as user 0.
   * @default false
   */
  readonly runAsNonRoot?: boolean;
  /** Group ids of the first process besides its primary group and fsGroup. */
  readonly supplementalGroups?: readonly number[];
  /**
   * Whether the image's own groups count.
   * @default Merge
   */
  readonly supplementalGroupsPolicy?: SupplementalGroupsPolicy;
  /** Group id that owns the volumes which support it. */
  readonly fsGroup?: number;
  /** Namespaced kernel parameters. */
  readonly sysctls?: readonly Sysctl[];
  /**
   * When volume ownership is changed to fsGroup.
   * @default Always
   */
  readonly fsGroupChangePolicy?: PodFSGroupChangePolicy;
  /**
   * Seccomp profile.
   * @default Unconfined, unless the kubelet defaults it
   */
  readonly seccompProfile?: SeccompProfile;
  /**
   * AppArmor profile.
   * @default the runtime's, where AppArmor is on
   */
  readonly appArmorProfile?: AppArmorProfile;
  /** How volumes get their SELinux label. */
  readonly seLinuxChangePolicy?: PodSELinuxChangePolicy;
}

/** Security settings of one container; they override the pod's. */
export interface SecurityContext {
  /**
   * Linux capabilities.
   * @default the runtime's set
   */
  readonly capabilities?: Capabilities;
  /**
   * Whether the container is root on the node, in effect.
   * @default false
   */
  readonly privileged?: boolean;
  /**
   * SELinux label.
   * @default chosen by the runtime
   */
  readonly seLinuxOptions?: SELinuxOptions;
  /** Windows-only settings. */
  readonly windowsOptions?: WindowsSecurityContextOptions;
  /**
   * User id of the first process.
   * @default the image's user
   */
  readonly runAsUser?: number;
  /**
   * Primary group id of the first process.
   * @default the runtime's
   */
  readonly runAsGroup?: number;
  /**
   * Whether the kubelet refuses to start a process as user 0.
   * @default false
   */
  readonly runAsNonRoot?: boolean;
  /**
   * Whether the root filesystem is read-only.
   * @default false
   */
  readonly readOnlyRootFilesystem?: boolean;
  /**
   * Whether a process may gain more privileges than its parent (no_new_privs is the opposite).
   * @default true
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * How /proc is mounted.
   * @default Default
   */
  readonly procMount?: ProcMountType;
  /**
   * Seccomp profile.
   * @default Unconfined, unless the kubelet defaults it
   */
  readonly seccompProfile?: SeccompProfile;
  /**
   * AppArmor profile.
   * @default the runtime's, where AppArmor is on
   */
  readonly appArmorProfile?: AppArmorProfile;
}

/** Linux capabilities to add and drop, without the `CAP_` prefix. */
export interface Capabilities {
  /** Capabilities to add. */
  readonly add?: readonly string[];
  /** Capabilities to drop; `ALL` for every one. */
  readonly drop?: readonly string[];
}

/** A seccomp profile. */
export interface SeccompProfile {
  /** Which profile. */
  readonly type: SeccompProfileType;
  /** Profile file below the kubelet's seccomp folder; only with type Localhost. */
  readonly localhostProfile?: string;
}

/** An AppArmor profile. */
export interface AppArmorProfile {
  /** Which profile. */
  readonly type: AppArmorProfileType;
  /** Name of a profile loaded on the node; only with type Localhost. */
  readonly localhostProfile?: string;
}

/** The SELinux label of a container. */
export interface SELinuxOptions {
  /** SELinux user. */
  readonly user?: string;
  /** SELinux role. */
  readonly role?: string;
  /** SELinux type. */
  readonly type?: string;
  /** SELinux level. */
  readonly level?: string;
}

/** Windows-only security settings. */
export interface WindowsSecurityContextOptions {
  /** Name of the GMSA credential spec. */
  readonly gmsaCredentialSpecName?: string;
  /** The GMSA credential spec itself, filled in by its admission webhook. */
  readonly gmsaCredentialSpec?: string;
  /**
   * Windows user of the first process.
   * @default the image's user
   */
  readonly runAsUserName?: string;
  /**
   * Whether the container is a host process. Refused by the baseline Pod Security Standard.
   * @default false
   */
  readonly hostProcess?: boolean;
}

/** A namespaced kernel parameter. */
export interface Sysctl {
  /** Name of the parameter. */
  readonly name: string;
  /** Its value. */
  readonly value: string;
}
