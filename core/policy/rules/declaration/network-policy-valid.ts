import type { DeclaredRule } from '../../rule';

export const networkPolicyValid = {
  id: 'network-policy-valid',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Network policies are what the API server takes',
  severity: 'error',
  waivable: false,
  why:
    'The API server refuses a policy with a port, a range, a selector or an exception that is none, and the pods that it was to protect run without it: ' +
    'what was applied with it is there all the same.',
  fix: 'Mend what the finding names.',
} as const satisfies DeclaredRule;
