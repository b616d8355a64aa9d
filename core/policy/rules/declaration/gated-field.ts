import type { DeclaredRule } from '../../rule';

export const gatedField = {
  id: 'gated-field',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Fields outside of pods are those that the target has switched on',
  severity: 'warning',
  why:
    'Until its feature gate is on, the API server drops a field without a word, or refuses the object. Whose cluster it is may have switched the gate on, ' +
    'which no manifest shows.',
  fix: 'Leave the field out, or switch its feature gate on and except it.',
} as const satisfies DeclaredRule;
