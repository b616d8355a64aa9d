import type { DeclaredRule } from '../../rule';

export const podSecurityConflict = {
  id: 'pod-security-conflict',
  subject: 'declaration',
  answeredBy: 'set',
  title: 'Nothing is waived that the namespace refuses all the same',
  severity: 'error',
  waivable: false,
  why:
    'An exception here does not reach the API server: the namespace enforces the standard, the pod is refused, ' +
    'and the exception only hides that until it is applied.',
  fix:
    'Move the workload into a namespace that enforces a lower level, with an exception there, or mend the ' +
    'violation.',
} as const satisfies DeclaredRule;
