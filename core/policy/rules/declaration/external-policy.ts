import type { DeclaredRule } from '../../rule';

export const externalPolicy = {
  id: 'external-policy',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'The other side of a connection must open too',
  severity: 'info',
  why:
    'A connection to what another repository owns is open only when that side lets it in. Until then it fails, ' +
    'and a failing connection tempts people to open more than is needed.',
  fix: 'Give the policy that is printed to the owner of the other namespace.',
} as const satisfies DeclaredRule;
