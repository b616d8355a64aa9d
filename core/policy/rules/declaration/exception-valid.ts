import type { DeclaredRule } from '../../rule';

export const exceptionValid = {
  id: 'exception-valid',
  subject: 'declaration',
  answeredBy: 'evaluation',
  title: 'Every exception has a reason, an end and a rule',
  severity: 'error',
  waivable: false,
  why:
    'An exception without a reason or an end is a hole that nobody closes; one for a rule that does not exist ' +
    'waives nothing and hides that.',
  fix: 'Give the id of a rule, a reason of 10 letters and digits or more, and an expiry date as YYYY-MM-DD that is not past.',
} as const satisfies DeclaredRule;
