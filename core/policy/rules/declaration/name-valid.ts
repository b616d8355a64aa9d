import type { DeclaredRule } from '../../rule';

export const nameValid = {
  id: 'name-valid',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Names are names that Kubernetes takes',
  severity: 'error',
  waivable: false,
  why:
    'An object whose name is refused is not applied, and with it the policy or the limit that it was to bring; ' +
    'a name cut short to fit can collide with another.',
  fix:
    'Use lower-case letters, digits and dashes, with a letter or digit at both ends, within the length that ' +
    'the message names.',
} as const satisfies DeclaredRule;
