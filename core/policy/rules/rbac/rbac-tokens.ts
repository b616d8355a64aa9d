import { rightRule } from './support';

export const rbacTokens = rightRule(
  {
    id: 'rbac-tokens',
    title: 'No role makes tokens of ServiceAccounts',
    severity: 'error',
    why: 'A token of an account is the account: who makes tokens has every right of every account of the namespace, for as long as the token says. Source: CIS Kubernetes Benchmark 5.1.13.',
    fix: 'Leave serviceaccounts/token out, or name the accounts in resourceNames, in a role of its own with an exception.',
  },
  [{ groups: [''], resources: ['serviceaccounts/token'], verbs: ['create'], gains: 'makes tokens of other accounts' }],
);
