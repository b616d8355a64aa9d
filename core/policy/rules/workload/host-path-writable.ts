import { containers } from '../../clause';
import { podRule } from '../../define';
import { and, has, is, not, some, text } from '../../expression/operators';

/** Apart from `host-path-volumes`: what may read a directory of the node may not change it. */
export const hostPathWritable = podRule({
  id: 'host-path-writable',
  title: 'What is mounted of the node is read-only',
  severity: 'error',
  why:
    'What a container writes on the node outlives it: an attacker leaves programs, keys and jobs there, or a link in /var/log through which the kubelet ' +
    'hands out any file of the node.',
  fix: 'Set readOnly: true on the volumeMount; write to an emptyDir or a PersistentVolumeClaim.',
  clauses: [
    containers
      .each(({ volumeMounts }) => volumeMounts)
      .violation({
        when: ({ name, readOnly }, _container, { spec }) =>
          and(
            not(is(readOnly, true)),
            some(spec.volumes, (volume) => and(is(volume.name, name), has(volume.hostPath))),
          ),
        at: ({ readOnly }) => readOnly,
        message: ({ mountPath }, container) =>
          text`${container} can write to the path of the node that is mounted at ${mountPath}`,
        remedy: 'set readOnly to true, and write to an emptyDir or a PersistentVolumeClaim',
      }),
  ],
});
