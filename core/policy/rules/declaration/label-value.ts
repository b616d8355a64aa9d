import type { DeclaredRule } from '../../rule';

export const labelValue = {
  id: 'label-value',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Labels are labels that Kubernetes takes',
  severity: 'error',
  waivable: false,
  why:
    'An object with a label that is refused is not applied, and a policy that selects by the label that was ' +
    'meant selects nothing.',
  fix: 'Use at most 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends.',
} as const satisfies DeclaredRule;
