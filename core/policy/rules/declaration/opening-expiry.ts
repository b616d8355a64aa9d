import type { DeclaredRule } from '../../rule';

export const openingExpiry = {
  id: 'opening-expiry',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'What is open for a time ends, within a year',
  severity: 'error',
  waivable: false,
  why:
    'A NetworkPolicy knows no end: what was opened for one migration is open in three years, and nobody dares to close it. A policy that says when it ' +
    'ends has to be gone then.',
  fix: 'Take out what has ended: synthesize anew, and delete the policy that is no longer written. What has to stay open is declared without an end.',
} as const satisfies DeclaredRule;
