import type { DeclaredRule } from '../../rule';

export const accessExpiry = {
  id: 'access-expiry',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Access for an emergency ends, within a day',
  severity: 'error',
  waivable: false,
  why:
    'RBAC knows no end: what was granted for one bad night is there in a year, and nobody remembers why. A binding to a role of break glass ' +
    'has to say when it ends, and to be gone then.',
  fix: 'Set the annotation access.kube-bulwark.dev/expires within 24 hours, or take the binding out once it has ended.',
} as const satisfies DeclaredRule;
