import { clusterRoleKinds, rightRule, writing } from './support';

export const rbacWorkloads = rightRule(
  {
    id: 'rbac-workloads',
    title: 'No role of the cluster makes pods anywhere',
    severity: 'warning',
    why: 'Who makes a pod in any namespace runs as any account of it and mounts any Secret of it: those of kube-system are the keys of the cluster. Source: CIS Kubernetes Benchmark 5.1.4.',
    fix: 'Grant it by a Role in the namespaces that are meant; who runs workloads in one namespace needs none in others.',
  },
  [
    {
      groups: ['', 'apps', 'batch'],
      resources: [
        'pods',
        'replicationcontrollers',
        'deployments',
        'statefulsets',
        'daemonsets',
        'replicasets',
        'jobs',
        'cronjobs',
      ],
      verbs: writing,
      gains: 'runs pods as any account of the namespaces that it is bound in, with their Secrets',
      remedy: 'grant it by a Role in the namespaces that need it',
    },
  ],
  clusterRoleKinds,
);
