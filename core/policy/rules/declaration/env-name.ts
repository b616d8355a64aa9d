import type { DeclaredRule } from '../../rule';

export const envName = {
  id: 'env-name',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Environment variables have names that Kubernetes takes',
  severity: 'error',
  waivable: false,
  why:
    'A pod with a variable that is refused never starts; one whose name overrides PATH or LD_PRELOAD by ' +
    'accident runs other code.',
  fix: 'Use letters, digits, underscores, dashes and dots, and start with none of the digits.',
} as const satisfies DeclaredRule;
