import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, violation } from '../support';

export const ephemeralStorageLimit = {
  id: 'ephemeral-storage-limit',
  subject: 'pod',
  title: 'Every container has a limit on the disk of its node',
  severity: 'error',
  why:
    'Logs, emptyDirs and the writable layer are on the disk of the node. Without a limit an attacker who makes one container write fills it, ' +
    'and the kubelet evicts the neighbours.',
  fix: "Set resources.limits['ephemeral-storage'].",
  check: eachContainer((at) => {
    if (at.role === 'ephemeral' || !isAbsent(at.container.resources?.limits?.['ephemeral-storage'])) return undefined;
    return violation(at, ['resources', 'limits', 'ephemeral-storage'], {
      message: `${describe(at)} has no limit on the disk of its node`,
      remedy: 'set resources.limits["ephemeral-storage"], for example to 128Mi',
    });
  }),
} as const satisfies PodRule;
