import type { ObjectRule } from '../../rule';
import { NONE } from '../support';

export const serviceAccountAutomount = {
  id: 'service-account-automount',
  subject: 'object',
  kinds: ['/ServiceAccount'],
  title: 'No ServiceAccount mounts its token unasked',
  severity: 'error',
  why:
    "Every pod that runs as the account, and says nothing itself, carries the account's token: an attacker in it speaks to the API server with that identity. " +
    'Source: CIS Kubernetes Benchmark 5.1.6.',
  fix: 'Set automountServiceAccountToken: false on the ServiceAccount; project a token into the pods that need one.',
  check: ({ automountServiceAccountToken: value }) =>
    value === false
      ? NONE
      : [
          {
            path: ['automountServiceAccountToken'],
            value: value ?? undefined,
            message: 'the token of the ServiceAccount is mounted into every pod that runs as it',
            remedy: 'set automountServiceAccountToken to false',
          },
        ],
} as const satisfies ObjectRule;
