import type { DeclaredRule } from '../../rule';

export const podValid = {
  id: 'pod-valid',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Pods are what the API server takes',
  severity: 'error',
  waivable: false,
  why:
    'The API server takes the Deployment and then refuses every one of its pods: a rollout that brings a security fix ' +
    'stands still, and nobody is told but the controller. A workload whose settings exclude each other, or whose pods ' +
    'have no container, it does not take at all.',
  fix: 'Mend what the finding names; where a patch brought it, patch all that belongs together.',
} as const satisfies DeclaredRule;
