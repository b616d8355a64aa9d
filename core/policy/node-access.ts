/** What a pod is given of its node, and holds the node by. */

/** A slash as the kernel reads it: any number of them, with `.` between them, which leads nowhere. */
const slash = String.raw`/+(?:\./+)*`;

/** A pattern of paths of a node, of which a slash stands for every way to write one. Of `..` nothing is asked: no API server takes it. */
export const nodePaths = (pattern: string): RegExp => new RegExp(pattern.replaceAll('/', slash));

/** Directories that hold the node as a whole. A part of them, such as /etc/localtime, may be harmless. */
export const wholeNodePath = nodePaths(
  String.raw`^/(?:(?:bin|dev|etc|home|lib|lib64|opt|proc|run|sbin|sys|usr|var|var/lib|var/run|var/log/pods)(?:/\.?)?|\.?)$`,
);

const ofEtc = String.raw`azure|cni|containerd|crio|cron[^\n]*|docker|g?shadow|init\.d|kubernetes|ld\.so\.preload|pam\.d|passwd|rancher|ssh|sudoers(?:\.d)?|systemd`;
const ofRun = String.raw`containerd|crio|dbus|docker|dockershim\.sock|k3s|podman|secrets|systemd/private`;
const ofState = 'cni|containerd|containers|docker|etcd|k0s|kubelet|rancher';

/** What holds the credentials, the programs or the state of the node, and everything below. */
export const partOfNodePath = nodePaths(
  `^/(?:boot|root|dev/(?:k?mem|port)|etc/(?:${ofEtc})|(?:usr/)?lib/systemd|opt/cni|proc/(?:1|sys)|(?:var/)?run/(?:${ofRun})|var/lib/(?:${ofState})|var/spool/cron)(?:/|$)`,
);

/** Sockets through which a container runtime, or the Docker shim of the kubelet, takes orders. */
export const runtimeSocketPath = /\/(?:docker|containerd|crio|cri-dockerd)\.sock\/*$/;

/** Devices, settings of the kernel and the output of containers: who has no more than these does not have the node. */
const harmlessAlone = nodePaths('^/(?:dev|sys|var/log/pods|var/lib/docker/containers)(?:/|$)');

/** Whether who has the path of the node comes to have the node: its credentials, its programs or its container runtime. */
export function isNodeHeldBy(path: string): boolean {
  if (runtimeSocketPath.test(path)) return true;
  return (wholeNodePath.test(path) || partOfNodePath.test(path)) && !harmlessAlone.test(path);
}

/** The capabilities that are as good as root on the node: they mount, load into the kernel, reach its memory, or open files past every mount. */
const nodeCapabilities: ReadonlySet<string> = new Set([
  'ALL',
  'DAC_READ_SEARCH',
  'SYS_ADMIN',
  'SYS_MODULE',
  'SYS_RAWIO',
]);

/** Whether who has the capability outside of a user namespace comes to have the node. */
export function isNodeCapability(capability: string): boolean {
  return nodeCapabilities.has(capability.replace(/^CAP_/, ''));
}
