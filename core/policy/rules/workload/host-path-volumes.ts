import { volumes } from '../../clause';
import { podRule } from '../../define';
import { has, text } from '../../expression/operators';

export const hostPathVolumes = podRule({
  id: 'host-path-volumes',
  title: 'No volume is a path of the node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    "A hostPath volume puts files of the node into the container: an attacker reads the kubelet's credentials and other pods' tokens, or writes a " +
    'cron job or a static pod that runs as root on the node.',
  fix: 'Use an emptyDir, a PersistentVolumeClaim, a ConfigMap or a CSI driver instead.',
  clauses: [
    volumes.violation({
      when: ({ hostPath }) => has(hostPath),
      at: ({ hostPath }) => hostPath.path,
      message: (volume) => text`${volume} is the path ${volume.hostPath.path} of the node`,
      remedy: 'use an emptyDir, a PersistentVolumeClaim, a ConfigMap or a CSI driver',
    }),
  ],
});
