import type { PodRule } from '../../rule';
import { eachVolume, isAbsent, violation, volumeAt } from '../support';

/** The volume types of the restricted standard. */
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

export const volumeTypes = {
  id: 'volume-types',
  subject: 'pod',
  title: 'Volumes are of the types of the restricted standard',
  severity: 'error',
  podSecurity: 'restricted',
  why:
    'The other types reach past the namespace: hostPath into the node, gitRepo runs git as root of the node, nfs, iscsi and the rest connect the node ' +
    'to whatever server the author of the pod names.',
  fix: `Use ${allowed.join(', ')}; reach network storage through a PersistentVolumeClaim.`,
  check: eachVolume((volume, index, pod) => {
    for (const type of allowed) if (!isAbsent(volume[type])) return undefined;
    for (const type in volume) {
      if (type === 'name' || isAbsent(volume[type as keyof typeof volume])) continue;
      return violation(volumeAt(pod, index, volume), [type], {
        message: `volume "${volume.name}" is of type ${type}`,
        remedy:
          'use a PersistentVolumeClaim, or one of configMap, csi, downwardAPI, emptyDir, ephemeral, image, projected, secret',
      });
    }
    // A volume without any type: the API server makes it an emptyDir.
    return undefined;
  }),
} as const satisfies PodRule;
