import { rightRule } from './support';

export const rbacBind = rightRule(
  {
    id: 'rbac-bind',
    title: 'No role binds roles that its subject does not have',
    severity: 'error',
    why: 'The API server keeps everyone from binding a role with more rights than their own; bind lifts that: the subject binds itself to cluster-admin. Source: CIS Kubernetes Benchmark 5.1.8.',
    fix: 'Leave bind out, or name the roles that may be bound in resourceNames, in a role of its own with an exception.',
  },
  [
    {
      groups: ['rbac.authorization.k8s.io'],
      resources: ['roles', 'clusterroles'],
      verbs: ['bind'],
      gains: 'binds itself to roles that it does not have',
    },
  ],
);
