import { objects } from '../../clause';
import { objectRule } from '../../define';
import { is, not } from '../../expression/operators';

export const serviceAccountAutomount = objectRule({
  id: 'service-account-automount',
  kinds: ['/ServiceAccount'],
  title: 'No ServiceAccount mounts its token unasked',
  severity: 'error',
  why:
    "Every pod that runs as the account, and says nothing itself, carries the account's token: an attacker in it speaks to the API server with that identity. " +
    'Source: CIS Kubernetes Benchmark 5.1.6.',
  fix: 'Set automountServiceAccountToken: false on the ServiceAccount; project a token into the pods that need one.',
  clauses: [
    objects<{ readonly automountServiceAccountToken?: boolean }>().violation({
      when: ({ automountServiceAccountToken }) => not(is(automountServiceAccountToken, false)),
      at: ({ automountServiceAccountToken }) => automountServiceAccountToken,
      message: 'the token of the ServiceAccount is mounted into every pod that runs as it',
      remedy: 'set automountServiceAccountToken to false',
      fix: { set: false },
    }),
  ],
});
