import { rightRule } from './support';

export const rbacImpersonate = rightRule(
  {
    id: 'rbac-impersonate',
    title: 'No role acts as someone else',
    severity: 'error',
    why: 'Who may impersonate is whoever they name: an administrator, another team, the group system:masters, and the audit log shows them second. Source: CIS Kubernetes Benchmark 5.1.8.',
    fix: 'Leave impersonate out; where a proxy needs it, name the users or groups in resourceNames, in a role of its own with an exception.',
  },
  [
    {
      groups: [''],
      resources: ['users', 'groups', 'serviceaccounts'],
      verbs: ['impersonate'],
      gains: 'acts as another user, group or account',
    },
    {
      groups: ['authentication.k8s.io'],
      resources: ['uids', 'userextras'],
      verbs: ['impersonate'],
      gains: 'acts with the uid and the scopes of another user',
    },
  ],
);
