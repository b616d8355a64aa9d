import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, not, some } from '../../expression/operators';
import {
  grants,
  isForAll,
  type Power,
  type Right,
  type RoleObject,
  readingSecrets,
  roleKinds,
  withholds,
} from './support';

const makingTokens: Power = {
  groups: [''],
  resources: ['serviceaccounts/token'],
  verbs: ['create'],
  gains: 'makes tokens of other accounts',
};
const makingSecrets: Right = { groups: [''], resources: ['secrets'], verbs: ['create'] };

export const rbacTokens = objectRule({
  id: 'rbac-tokens',
  kinds: roleKinds,
  title: 'No role makes tokens of ServiceAccounts',
  severity: 'error',
  why:
    'A token of an account is the account: who makes tokens has every right of every account of the namespace, for as long as the token says. Source: CIS Kubernetes Benchmark 5.1.13. ' +
    'Into a Secret of the type kubernetes.io/service-account-token the control plane writes one without an end, for whichever account the Secret names: who makes a Secret and reads it has that.',
  fix: 'Leave serviceaccounts/token out, or name the accounts in resourceNames, in a role of its own with an exception; grant making Secrets and reading them in different roles, to different subjects.',
  clauses: [
    withholds(makingTokens),
    objects<RoleObject>().violation({
      when: ({ rules }) =>
        and(
          // A Secret that is made has no name yet to the authorizer.
          some(rules, (rule) => and(grants(rule, makingSecrets), isForAll(rule))),
          some(rules, (rule) => grants(rule, readingSecrets)),
          not(some(rules, (rule) => grants(rule, makingTokens))),
        ),
      at: ({ rules }) => rules,
      severity: 'warning',
      message:
        'its subject makes Secrets and reads one: of the type kubernetes.io/service-account-token, it is a token of any account of the namespace',
      remedy: 'leave out create on secrets, or what reads them (delete and patch do, too)',
      showsValue: false,
    }),
  ],
});
