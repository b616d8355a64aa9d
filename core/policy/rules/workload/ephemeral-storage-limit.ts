import { ownContainers } from '../../clause';
import { podRule } from '../../define';
import { choose, has, isPositiveQuantity, not, text } from '../../expression/operators';

export const ephemeralStorageLimit = podRule({
  id: 'ephemeral-storage-limit',
  title: 'Every container has a limit on the disk of its node',
  severity: 'error',
  why:
    'Logs, emptyDirs and the writable layer are on the disk of the node. Without a limit an attacker who makes one container write fills it, ' +
    'and the kubelet evicts the neighbours.',
  fix: "Set resources.limits['ephemeral-storage'].",
  clauses: [
    ownContainers.violation({
      when: ({ resources }) => not(isPositiveQuantity(resources.limits['ephemeral-storage'])),
      at: ({ resources }) => resources.limits['ephemeral-storage'],
      message: (container) => {
        const limit = container.resources.limits['ephemeral-storage'];
        return text`${container} has no limit on the disk of its node${choose(has(limit), text`: "${limit}" is none`, '')}`;
      },
      remedy: 'set resources.limits["ephemeral-storage"], for example to 128Mi',
    }),
  ],
});
