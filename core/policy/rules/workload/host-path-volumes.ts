import type { PodRule } from '../../rule';
import { eachVolume, isAbsent, violation, volumeAt } from '../support';

/** Sockets through which a container runtime, or the Docker shim of the kubelet, takes orders. */
const runtimeSockets = ['docker.sock', 'containerd.sock', 'crio.sock', 'cri-dockerd.sock'] as const;

export const hostPathVolumes = {
  id: 'host-path-volumes',
  subject: 'pod',
  title: 'No volume is a path of the node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    "A hostPath volume puts files of the node into the container: an attacker reads the kubelet's credentials and other pods' tokens, or writes a " +
    'cron job or a static pod that runs as root on the node. The socket of the container runtime is the node itself.',
  fix: 'Use an emptyDir, a PersistentVolumeClaim, a ConfigMap or a CSI driver instead.',
  check: eachVolume((volume, index, pod) => {
    const { hostPath } = volume;
    if (isAbsent(hostPath)) return undefined;
    const path = String(hostPath.path ?? '');
    const socket = runtimeSockets.find((name) => path.endsWith(`/${name}`));
    return violation(
      volumeAt(pod, index, volume),
      ['hostPath'],
      socket === undefined
        ? {
            value: path,
            message: `volume "${volume.name}" is the path ${path} of the node`,
            remedy: 'use an emptyDir, a PersistentVolumeClaim, a ConfigMap or a CSI driver',
          }
        : {
            value: path,
            message: `volume "${volume.name}" is ${socket}, the socket of the container runtime: who reaches it starts privileged containers and owns the node`,
            remedy:
              'remove it; build images with a tool that needs no runtime (BuildKit rootless, Kaniko), collect logs and metrics through the kubelet',
          },
    );
  }),
} as const satisfies PodRule;
