import type { DeclaredRule } from '../../rule';

export const replicaCount = {
  id: 'replica-count',
  subject: 'declaration',
  title: 'The number of replicas is one that can be',
  severity: 'error',
  waivable: false,
  why:
    'A number that an autoscaler undoes at every turn, or that is no number, leaves a rollout half done: the ' +
    'pods with the flaw keep running beside those with the fix.',
  fix: 'Give a whole number from 0 on, and leave it out where there is an autoscaler.',
} as const satisfies DeclaredRule;
