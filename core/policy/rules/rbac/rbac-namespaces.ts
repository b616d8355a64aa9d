import { rightRule } from './support';

export const rbacNamespaces = rightRule(
  {
    id: 'rbac-namespaces',
    title: 'No role changes the labels or the bounds of namespaces',
    severity: 'error',
    why: 'The labels of a namespace say which pods it lets in and which network policies open to it: without the Pod Security labels a privileged pod is one step away. Without its quota a namespace takes what the others need.',
    fix: 'Leave namespaces, and the quotas and limit ranges in them, to those who run the cluster.',
  },
  [
    {
      groups: [''],
      // Whoever writes the status of a namespace, or finalizes it, writes its labels by the same request.
      resources: ['namespaces', 'namespaces/status', 'namespaces/finalize'],
      verbs: ['update', 'patch'],
      gains: 'takes the Pod Security labels off a namespace',
    },
    {
      groups: [''],
      resources: ['resourcequotas', 'limitranges'],
      verbs: ['update', 'patch', 'delete', 'deletecollection'],
      gains: 'lifts the bounds of a namespace, and takes what others need',
      severity: 'warning',
    },
  ],
);
