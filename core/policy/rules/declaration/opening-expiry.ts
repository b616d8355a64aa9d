import type { DeclaredRule } from '../../rule';

export const openingExpiry = {
  id: 'opening-expiry',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'What is open for a time ends, within a year',
  severity: 'error',
  waivable: false,
  why:
    'A NetworkPolicy knows no end, and a route or a policy of a mesh no more: what was opened for one migration is open in three years, and nobody dares to close it. One that ' +
    'says when it ends has to be gone then.',
  fix: 'Take out what has ended: synthesize anew, and delete the policy or route that is no longer written. What has to stay open is declared without an end.',
} as const satisfies DeclaredRule;
