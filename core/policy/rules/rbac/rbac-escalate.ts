import { rightRule } from './support';

export const rbacEscalate = rightRule(
  {
    id: 'rbac-escalate',
    title: 'No role writes rights that its subject does not have',
    severity: 'error',
    why: 'The API server keeps everyone from writing a role with more rights than their own; escalate lifts that: the subject writes itself cluster-admin. Source: CIS Kubernetes Benchmark 5.1.8.',
    fix: 'Leave escalate out; who maintains roles needs only the rights that stand in them.',
  },
  [
    {
      groups: ['rbac.authorization.k8s.io'],
      resources: ['roles', 'clusterroles'],
      verbs: ['escalate'],
      gains: 'writes rights into roles that it does not have',
    },
  ],
);
