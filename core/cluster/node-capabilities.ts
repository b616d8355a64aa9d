/** Whether something holds: known to, known not to, or not known. */
export type Capability = 'yes' | 'no' | 'unknown';

/** The operating systems of a cluster's nodes. */
export type NodeOs = 'linux' | 'windows' | 'mixed';

/** What has to hold on every Linux node before a field that needs it can be emitted. */
export interface NodeCapabilities {
  /**
   * User namespaces for pods (`hostUsers: false`): Linux 6.3 or newer, containerd 2 or CRI-O, and a filesystem with
   * idmapped mounts below the kubelet's folder. A kubelet that lacks them cannot start the pod.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/#before-you-begin
   */
  readonly userNamespaces: Capability;
  /**
   * AppArmor in the kernel and the runtime. A kubelet that lacks it rejects a pod with a profile.
   * @see https://kubernetes.io/docs/tutorials/security/apparmor/#before-you-begin
   */
  readonly appArmor: Capability;
  /**
   * `supplementalGroupsPolicy: Strict`: containerd 2 or CRI-O 1.31. A kubelet whose runtime lacks it rejects the pod.
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#supplementalgroupspolicy
   */
  readonly supplementalGroupsPolicy: Capability;
  /**
   * `recursiveReadOnly: Enabled`: Linux 5.12, runc 1.1 or crun 1.8.6, and containerd 2 or CRI-O 1.30. A kubelet whose
   * runtime lacks it does not start the container. `IfPossible` needs nothing.
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#recursive-read-only-mounts
   */
  readonly recursiveReadOnly: Capability;
  /**
   * Volumes from OCI images: containerd 2.1 or CRI-O 1.31. Without it the container is not started.
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/
   */
  readonly imageVolumes: Capability;
}

/** The name of a node capability. */
export type NodeCapability = keyof NodeCapabilities;

/** The nodes of a cluster. */
export interface Nodes extends NodeCapabilities {
  /** The operating systems of the nodes. */
  readonly os: NodeOs;
}

/** What an owner declares about the nodes: true or `yes` only where it holds on every node that may run the pods. */
export type NodesOptions = {
  /** @default the distribution's, where it is certain; else `unknown` */
  readonly [K in NodeCapability]?: Capability | boolean;
} & {
  /** @default 'linux' */
  readonly os?: NodeOs;
};

/** What each capability is, in the words of a message. */
export const nodeCapabilityTitles: Readonly<Record<NodeCapability, string>> = {
  userNamespaces: 'user namespaces (Linux 6.3 with containerd 2 or CRI-O)',
  appArmor: 'AppArmor',
  supplementalGroupsPolicy: 'supplementalGroupsPolicy (containerd 2 or CRI-O 1.31)',
  recursiveReadOnly: 'recursive read-only mounts (Linux 5.12 with containerd 2 or CRI-O 1.30)',
  imageVolumes: 'image volumes (containerd 2.1 or CRI-O 1.31)',
};

/** The names of all node capabilities. */
export const nodeCapabilities = Object.keys(nodeCapabilityTitles) as readonly NodeCapability[];

/** Nodes of which nothing is known but that they run Linux. */
export const unknownNodes: Nodes = {
  os: 'linux',
  userNamespaces: 'unknown',
  appArmor: 'unknown',
  supplementalGroupsPolicy: 'unknown',
  recursiveReadOnly: 'unknown',
  imageVolumes: 'unknown',
};
