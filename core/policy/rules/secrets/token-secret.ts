import type { ObjectRule } from '../../rule';
import { NONE } from '../support';

export const tokenSecret = {
  id: 'token-secret',
  subject: 'object',
  kinds: ['/Secret'],
  title: 'No Secret holds a token that never expires',
  severity: 'error',
  why:
    'The controller fills a Secret of this type with a ServiceAccount token that has no end and no audience: ' +
    'stolen once, it works until someone deletes the Secret.',
  fix: 'Project a token with an audience and an expiry into the pod, or ask for one with `kubectl create token`.',
  check: ({ type }) =>
    type === 'kubernetes.io/service-account-token'
      ? [
          {
            path: ['type'],
            value: type,
            message: 'the Secret asks for a ServiceAccount token that never expires',
            remedy: 'remove it; project a token into the pod, or use `kubectl create token` outside the cluster',
          },
        ]
      : NONE,
} as const satisfies ObjectRule;
