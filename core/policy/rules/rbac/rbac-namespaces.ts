import { rightRule } from './support';

export const rbacNamespaces = rightRule(
  {
    id: 'rbac-namespaces',
    title: 'No role changes the labels of namespaces',
    severity: 'error',
    why: 'The labels of a namespace say which pods it lets in and which network policies open to it: without the Pod Security labels a privileged pod is one step away.',
    fix: 'Leave update and patch of namespaces to those who run the cluster.',
  },
  [
    {
      groups: [''],
      resources: ['namespaces'],
      verbs: ['update', 'patch'],
      gains: 'takes the Pod Security labels off a namespace',
    },
  ],
);
