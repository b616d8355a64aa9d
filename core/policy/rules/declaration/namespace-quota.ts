import type { DeclaredRule } from '../../rule';

export const namespaceQuota = {
  id: 'namespace-quota',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'The workloads of a namespace fit into its quota',
  severity: 'error',
  why:
    'What does not fit is not started: a rollout of a fix stops half way, and the vulnerable pods stay. It can ' +
    'be waived, since the workloads may never be at their full number at once.',
  fix: 'Raise the quota by the surge of the rollouts, or ask for less.',
} as const satisfies DeclaredRule;
