import type { DeclaredRule } from '../../rule';

export const ruleFailed = {
  id: 'rule-failed',
  subject: 'declaration',
  answeredBy: 'evaluation',
  title: 'Every rule could be asked',
  severity: 'error',
  waivable: false,
  why:
    'A rule that fails has not said yes: an object that makes a rule fail, by accident or on purpose, would ' +
    'pass unseen.',
  fix:
    'Correct the object where it is not of the shape that Kubernetes takes; report the rule if the object is ' +
    'valid.',
} as const satisfies DeclaredRule;
