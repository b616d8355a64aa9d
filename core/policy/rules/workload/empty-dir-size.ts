import type { PodRule } from '../../rule';
import { eachVolume, isAbsent, isPositiveQuantity, violation, volumeAt } from '../support';

export const emptyDirSize = {
  id: 'empty-dir-size',
  subject: 'pod',
  title: 'Every emptyDir has a size limit',
  severity: 'error',
  why:
    'An emptyDir without a size takes what the disk of the node has, or with medium Memory the memory of the pod: ' +
    'an attacker who can write one file evicts the neighbours.',
  fix: 'Set emptyDir.sizeLimit.',
  check: eachVolume((volume, index, pod) => {
    const { emptyDir } = volume;
    if (isAbsent(emptyDir)) return undefined;
    const size = emptyDir.sizeLimit;
    // The kubelet enforces no limit of zero or less.
    if (isPositiveQuantity(size)) return undefined;
    return violation(volumeAt(pod, index, volume), ['emptyDir', 'sizeLimit'], {
      value: size ?? undefined,
      message: isAbsent(size)
        ? `volume "${volume.name}" is an emptyDir without a size limit`
        : `volume "${volume.name}" is an emptyDir with the size limit ${JSON.stringify(size)}, which the kubelet does not enforce`,
      remedy: 'set emptyDir.sizeLimit, for example to 64Mi',
    });
  }),
} as const satisfies PodRule;
