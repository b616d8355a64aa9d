import type { DeclaredRule } from '../../rule';

export const namespaceBounds = {
  id: 'namespace-bounds',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'The quota and the limits of a namespace are there, and are the declared ones',
  severity: 'error',
  why:
    'Without them one workload that is taken over, or leaks, takes the nodes from all others. It can be waived where ' +
    'somebody else bounds the namespace.',
  fix: 'Leave the ResourceQuota and the LimitRange in, and set their bounds by the props quota and limits.',
} as const satisfies DeclaredRule;
