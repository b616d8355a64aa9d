import type { DeclaredRule } from '../../rule';

export const constructValidation = {
  id: 'construct-validation',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Constructs of other libraries agree with themselves',
  severity: 'error',
  waivable: false,
  why:
    'A construct that says itself that it is wrong makes a manifest that nobody meant, and what it was to ' +
    'protect is not protected.',
  fix: 'Mend what the message of the construct names.',
} as const satisfies DeclaredRule;
