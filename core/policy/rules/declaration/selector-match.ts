import type { DeclaredRule } from '../../rule';

export const selectorMatch = {
  id: 'selector-match',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Selectors select the pods they are for',
  severity: 'error',
  waivable: false,
  why:
    'A selector that misses its own pods leaves them out of the policy, the budget and the Service that were ' +
    'to cover them.',
  fix: 'Pin a selector whose labels the pods of the workload carry.',
} as const satisfies DeclaredRule;
