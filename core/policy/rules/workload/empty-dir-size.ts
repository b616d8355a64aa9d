import { volumes } from '../../clause';
import { podRule } from '../../define';
import { and, every, has, is, isPositiveQuantity, keysOf, lacks, not, or, text } from '../../expression/operators';

const remedy = 'set emptyDir.sizeLimit, for example to 64Mi';

/** The kubelet enforces no limit of zero or less. */
export const emptyDirSize = podRule({
  id: 'empty-dir-size',
  title: 'Every emptyDir has a size limit',
  severity: 'error',
  why:
    'An emptyDir without a size takes what the disk of the node has, or with medium Memory the memory of the pod: ' +
    'an attacker who can write one file evicts the neighbours.',
  fix: 'Set emptyDir.sizeLimit.',
  clauses: [
    volumes.violation({
      // The API server makes an emptyDir of a volume that names no source.
      when: (volume) =>
        or(
          and(has(volume.emptyDir), lacks(volume.emptyDir.sizeLimit)),
          every(keysOf(volume), (key) => is(key, 'name')),
        ),
      at: ({ emptyDir }) => emptyDir.sizeLimit,
      message: (volume) => text`${volume} is an emptyDir without a size limit`,
      remedy,
    }),
    volumes.violation({
      when: ({ emptyDir: { sizeLimit } }) => and(has(sizeLimit), not(isPositiveQuantity(sizeLimit))),
      at: ({ emptyDir }) => emptyDir.sizeLimit,
      message: (volume) =>
        text`${volume} is an emptyDir with the size limit "${volume.emptyDir.sizeLimit}", which the kubelet does not enforce`,
      remedy,
    }),
  ],
});
