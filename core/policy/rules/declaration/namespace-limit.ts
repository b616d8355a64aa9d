import type { DeclaredRule } from '../../rule';

export const namespaceLimit = {
  id: 'namespace-limit',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'No container exceeds the limits of its namespace',
  severity: 'error',
  waivable: false,
  why: 'The LimitRange of the namespace refuses the pod: the workload, and the fix that came with it, never starts.',
  fix: 'Lower the memory of the container, or raise the limit of the namespace.',
} as const satisfies DeclaredRule;
