import type { DeclaredRule } from '../../rule';

export const replicasValid = {
  id: 'replicas-valid',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'One thing decides how many replicas there are',
  severity: 'error',
  waivable: false,
  why:
    'A fixed number beside an autoscaler throws the workload back at every deployment, in the middle of the load ' +
    'that it was scaled for.',
  fix: 'Give a whole number from 0 on, or an autoscaler, and not both.',
} as const satisfies DeclaredRule;
