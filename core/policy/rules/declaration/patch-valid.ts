import type { DeclaredRule } from '../../rule';

export const patchValid = {
  id: 'patch-valid',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Patches reach what they name, and leave identity alone',
  severity: 'error',
  waivable: false,
  why:
    'A patch for a path that is not there hardens nothing while it looks as if it did; one that changes kind, ' +
    'name or selector makes another object.',
  fix: 'Correct the path; change the name and the selector through their props.',
} as const satisfies DeclaredRule;
