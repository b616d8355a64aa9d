import { changing, rightRule } from './support';

export const rbacNetworkPolicies = rightRule(
  {
    id: 'rbac-network-policies',
    title: 'No role changes NetworkPolicies',
    severity: 'error',
    why: 'Isolation is as good as who may lift it: an attacker with this right opens the way from a pod that fell to a database, or to the internet, in one request.',
    fix: 'Leave networkpolicies to those who own the isolation of the namespace; declare openings where they are reviewed.',
  },
  [
    {
      groups: ['networking.k8s.io'],
      resources: ['networkpolicies'],
      verbs: changing,
      gains: 'opens what NetworkPolicies keep closed',
    },
  ],
);
