import type { DeclaredRule } from '../../rule';

export const cidrValid = {
  id: 'cidr-valid',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Address blocks are blocks, and exceptions lie within them',
  severity: 'error',
  waivable: false,
  why:
    'A block with host bits set, or an exception outside of its block, opens or closes other addresses than ' +
    'its author read into it; the API server refuses it.',
  fix: 'Write the network address and its prefix length, such as 10.1.0.0/16, and exceptions inside that block.',
} as const satisfies DeclaredRule;
