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
    'name or selector makes another object; one that runs pods as another workload gives them rights that nobody has granted them.',
  fix: 'Correct the path; change the name and the selector through their props; grant a workload itself what it needs.',
} as const satisfies DeclaredRule;
