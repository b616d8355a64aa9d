import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, isPositiveQuantity, violation } from '../support';

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
    const limit = at.container.resources?.limits?.['ephemeral-storage'];
    if (at.role === 'ephemeral' || isPositiveQuantity(limit)) return undefined;
    return violation(at, ['resources', 'limits', 'ephemeral-storage'], {
      ...(!isAbsent(limit) && { value: limit }),
      message: `${describe(at)} has no limit on the disk of its node${isAbsent(limit) ? '' : `: ${JSON.stringify(limit)} is none`}`,
      remedy: 'set resources.limits["ephemeral-storage"], for example to 128Mi',
    });
  }),
} as const satisfies PodRule;
