import { changing, rightRule } from './support';

export const rbacRoles = rightRule(
  {
    id: 'rbac-roles',
    title: 'No role changes roles or bindings',
    severity: 'warning',
    why: 'Who changes bindings hands their rights on: one stolen account becomes many, and stays when it is closed. Who changes roles widens what others have up to their own.',
    fix: 'Leave roles and bindings to those who own the namespace or the cluster; grant them in a role of its own, with an exception.',
  },
  [
    {
      groups: ['rbac.authorization.k8s.io'],
      resources: ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'],
      verbs: changing,
      gains: 'hands its rights on to others, and takes them away',
    },
  ],
);
