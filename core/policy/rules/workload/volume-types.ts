import { volumes } from '../../clause';
import { podRule } from '../../define';
import { and, entryOf, has, isOneOf, keysOf, not, text } from '../../expression/operators';

/** The volume types of the restricted standard. A volume without any is an emptyDir. */
const allowed = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const;

export const volumeTypes = podRule({
  id: 'volume-types',
  title: 'Volumes are of the types of the restricted standard',
  severity: 'error',
  podSecurity: 'restricted',
  why:
    'The other types reach past the namespace: hostPath into the node, gitRepo runs git as root of the node, nfs, iscsi and the rest connect the node ' +
    'to whatever server the author of the pod names.',
  fix: `Use ${allowed.join(', ')}; reach network storage through a PersistentVolumeClaim.`,
  clauses: [
    volumes
      .each((volume) => keysOf(volume))
      .violation({
        when: (key, volume) => and(not(isOneOf(key, ['name', ...allowed])), has(entryOf(volume, key))),
        at: (key, volume) => entryOf(volume, key),
        message: (key, volume) => text`${volume} is of type ${key}`,
        remedy: `use a PersistentVolumeClaim, or one of ${allowed.filter((type) => type !== 'persistentVolumeClaim').join(', ')}`,
        showsValue: false,
      }),
  ],
});
