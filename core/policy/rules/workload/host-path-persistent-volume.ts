import { objects } from '../../clause';
import { objectRule } from '../../define';
import { has, text } from '../../expression/operators';

interface PathOfNode {
  readonly path: string;
}

const persistentVolumes = objects<{ readonly spec: { readonly hostPath?: PathOfNode; readonly local?: PathOfNode } }>();

const remedy = 'make the volume with a StorageClass and a CSI driver';

export const hostPathPersistentVolume = objectRule({
  id: 'host-path-persistent-volume',
  kinds: ['/PersistentVolume'],
  title: 'No PersistentVolume is a path of the node',
  severity: 'error',
  why:
    'A claim brings such a volume into a pod as a PersistentVolumeClaim, which every Pod Security Standard accepts: the files of the node are in the ' +
    'container, and whoever writes them owns the node.',
  fix: 'Let a StorageClass with a CSI driver make the volume.',
  clauses: [
    persistentVolumes.violation({
      when: ({ spec }) => has(spec.hostPath),
      at: ({ spec }) => spec.hostPath.path,
      message: ({ spec }) => text`the volume is the path ${spec.hostPath.path} of the node`,
      remedy,
    }),
    persistentVolumes.violation({
      when: ({ spec }) => has(spec.local),
      at: ({ spec }) => spec.local.path,
      message: ({ spec }) => text`the volume is the path ${spec.local.path} of the node`,
      remedy,
    }),
  ],
});
