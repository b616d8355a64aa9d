import type { ObjectRule } from '../../rule';
import { isAbsent, NONE } from '../support';

export const hostPathPersistentVolume = {
  id: 'host-path-persistent-volume',
  subject: 'object',
  kinds: ['/PersistentVolume'],
  title: 'No PersistentVolume is a path of the node',
  severity: 'error',
  why:
    'A claim brings such a volume into a pod as a PersistentVolumeClaim, which every Pod Security Standard accepts: the files of the node are in the ' +
    'container, and whoever writes them owns the node.',
  fix: 'Let a StorageClass with a CSI driver make the volume.',
  check: ({ spec }) => {
    const { hostPath, local } = (spec ?? {}) as Readonly<Record<'hostPath' | 'local', { path?: unknown } | null>>;
    const field = isAbsent(hostPath) ? 'local' : 'hostPath';
    const source = hostPath ?? local;
    if (isAbsent(source)) return NONE;
    const path = String(source.path ?? '');
    return [
      {
        path: ['spec', field],
        value: path,
        message: `the volume is the path ${path} of the node`,
        remedy: 'make the volume with a StorageClass and a CSI driver',
      },
    ];
  },
} as const satisfies ObjectRule;
