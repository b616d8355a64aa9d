import type { DeclaredRule } from '../../rule';

export const secretWildcard = {
  id: 'secret-wildcard',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'What a workload may read is named, secret by secret',
  severity: 'error',
  why:
    'A policy over secret/data/payments/* hands over what somebody writes there next year, and nobody is asked. It can be waived for a path ' +
    'that really is called so, or for a program whose secrets are all below one path and change by the hour.',
  fix: 'Give each secret a mount of its own; for keys of a transit engine, one a key.',
} as const satisfies DeclaredRule;
