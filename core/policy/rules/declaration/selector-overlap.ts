import type { DeclaredRule } from '../../rule';

export const selectorOverlap = {
  id: 'selector-overlap',
  subject: 'declaration',
  answeredBy: 'set',
  title: 'No selector selects the pods of another workload',
  severity: 'error',
  why:
    'NetworkPolicies, Services and budgets follow the selector: what is opened for one workload is open for the other, ' +
    'and traffic meant for one is sent to both. It can be waived, since a canary may be meant to share its traffic.',
  fix: 'Pin a selector with a label that only its own pods carry.',
} as const satisfies DeclaredRule;
