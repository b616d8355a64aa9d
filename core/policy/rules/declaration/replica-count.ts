import type { DeclaredRule } from '../../rule';

export const replicaCount = {
  id: 'replica-count',
  subject: 'declaration',
  title: 'The number of replicas is one that can be',
  severity: 'error',
  waivable: false,
  why:
    'A number that an autoscaler undoes, or replicas that wait for ever for a volume which one node holds, ' +
    'leave a rollout half done: the pods with the flaw keep running beside those with the fix.',
  fix:
    'Give a whole number from 0 on, leave it out where there is an autoscaler, and use one replica (or claims ' +
    'of their own) where the volume is held by one node.',
} as const satisfies DeclaredRule;
