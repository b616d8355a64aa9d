import { rightRule } from './support';

export const rbacServiceStatus = rightRule(
  {
    id: 'rbac-service-status',
    title: 'No role writes the status of Services',
    severity: 'error',
    why: 'The ingress addresses in the status of a Service are routed by every node: who writes them draws traffic for any address to pods of their own (CVE-2020-8554), and no patch mends it.',
    fix: 'Leave services/status to the load balancer controller of the cluster.',
  },
  [
    {
      groups: [''],
      resources: ['services/status'],
      verbs: ['update', 'patch'],
      gains: 'draws the traffic for any address to its own pods (CVE-2020-8554)',
    },
  ],
);
