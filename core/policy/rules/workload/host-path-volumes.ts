import { volumes } from '../../clause';
import { podRule } from '../../define';
import { and, has, matches, not, text } from '../../expression/operators';

/** Sockets through which a container runtime, or the Docker shim of the kubelet, takes orders. */
const runtimeSocket = /\/(?:docker|containerd|crio|cri-dockerd)\.sock$/;

export const hostPathVolumes = podRule({
  id: 'host-path-volumes',
  title: 'No volume is a path of the node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    "A hostPath volume puts files of the node into the container: an attacker reads the kubelet's credentials and other pods' tokens, or writes a " +
    'cron job or a static pod that runs as root on the node. The socket of the container runtime is the node itself.',
  fix: 'Use an emptyDir, a PersistentVolumeClaim, a ConfigMap or a CSI driver instead.',
  clauses: [
    volumes.violation({
      when: ({ hostPath }) => and(has(hostPath), not(matches(hostPath.path, runtimeSocket))),
      at: ({ hostPath }) => hostPath.path,
      message: (volume) => text`${volume} is the path ${volume.hostPath.path} of the node`,
      remedy: 'use an emptyDir, a PersistentVolumeClaim, a ConfigMap or a CSI driver',
    }),
    volumes.violation({
      when: ({ hostPath }) => matches(hostPath.path, runtimeSocket),
      at: ({ hostPath }) => hostPath.path,
      message: (volume) =>
        text`${volume} is ${volume.hostPath.path}, the socket of the container runtime: who reaches it starts privileged containers and owns the node`,
      remedy:
        'remove it; build images with a tool that needs no runtime (BuildKit rootless, Kaniko), collect logs and metrics through the kubelet',
    }),
  ],
});
