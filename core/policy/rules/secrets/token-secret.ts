import { objects } from '../../clause';
import { objectRule } from '../../define';
import { is } from '../../expression/operators';

export const tokenSecret = objectRule({
  id: 'token-secret',
  kinds: ['/Secret'],
  title: 'No Secret holds a token that never expires',
  severity: 'error',
  why:
    'The controller fills a Secret of this type with a ServiceAccount token that has no end and no audience: ' +
    'stolen once, it works until someone deletes the Secret.',
  fix: 'Project a token with an audience and an expiry into the pod, or ask for one with `kubectl create token`.',
  clauses: [
    objects<{ readonly type?: string }>().violation({
      when: ({ type }) => is(type, 'kubernetes.io/service-account-token'),
      at: ({ type }) => type,
      message: 'the Secret asks for a ServiceAccount token that never expires',
      remedy: 'remove it; project a token into the pod, or use `kubectl create token` outside the cluster',
    }),
  ],
});
