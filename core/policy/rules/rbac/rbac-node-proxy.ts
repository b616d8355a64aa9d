import { rightRule } from './support';

export const rbacNodeProxy = rightRule(
  {
    id: 'rbac-node-proxy',
    title: 'No role speaks to kubelets through the API server',
    severity: 'error',
    why: "The kubelet's API runs commands in every pod of its node; through nodes/proxy neither the audit log nor admission sees what is run, and get is enough. Source: CIS Kubernetes Benchmark 5.1.10.",
    fix: 'Grant nodes/metrics, nodes/stats, nodes/log or nodes/healthz instead (Kubernetes 1.33), or read metrics from the metrics API.',
  },
  [
    {
      groups: [''],
      resources: ['nodes/proxy'],
      verbs: ['get', 'create'],
      gains: 'runs commands in every pod of a node through its kubelet, past audit and admission',
    },
  ],
);
