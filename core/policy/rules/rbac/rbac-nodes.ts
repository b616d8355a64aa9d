import { rightRule } from './support';

export const rbacNodes = rightRule(
  {
    id: 'rbac-nodes',
    title: 'No role changes nodes, or which of them pods run on',
    severity: 'warning',
    why:
      'Labels and taints of nodes keep workloads apart: who changes them, or binds pods to a node of their choice, puts their pod beside the one that they are ' +
      'after. Who writes the status of a node says where its kubelet is, and has the API server speak to a host of theirs.',
    fix: 'Leave nodes and bindings to the kubelets, the scheduler and those who run the cluster; grant an autoscaler its rights with an exception.',
  },
  [
    {
      groups: [''],
      resources: ['nodes'],
      verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
      gains: 'draws pods to nodes, or drives them off',
    },
    {
      groups: [''],
      resources: ['nodes/status'],
      verbs: ['update', 'patch'],
      gains: 'has the API server take another host for the kubelet of a node',
      severity: 'error',
    },
    {
      groups: [''],
      resources: ['bindings', 'pods/binding'],
      verbs: ['create'],
      gains: 'runs pods on any node that it likes, past the scheduler, taints and affinity',
    },
  ],
);
