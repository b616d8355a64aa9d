import { objectRule } from '../../define';
import { and, is, isOneOf, text } from '../../expression/operators';
import { bindingKinds, bindings } from './support';

export const rbacClusterAdmin = objectRule({
  id: 'rbac-cluster-admin',
  kinds: bindingKinds,
  title: 'No binding is to cluster-admin, or to admin of every namespace',
  severity: 'error',
  why:
    'The role cluster-admin is every right there is, and admin or edit of every namespace soon are: whoever takes over the subject ' +
    'has the cluster. Source: CIS Kubernetes Benchmark 5.1.1.',
  fix: 'Bind a role with the rights that are needed, by a RoleBinding where they are needed.',
  clauses: [
    bindings.violation({
      when: ({ roleRef }) => and(is(roleRef.kind, 'ClusterRole'), is(roleRef.name, 'cluster-admin')),
      at: ({ roleRef }) => roleRef.name,
      message: 'the binding grants cluster-admin, which is every right on every object it reaches',
      remedy: 'bind a role with the rights that are needed',
    }),
    bindings.violation({
      when: ({ kind, roleRef }) =>
        and(is(kind, 'ClusterRoleBinding'), is(roleRef.kind, 'ClusterRole'), isOneOf(roleRef.name, ['admin', 'edit'])),
      at: ({ roleRef }) => roleRef.name,
      message: ({ roleRef }) =>
        text`the binding grants ${roleRef.name} in every namespace: Secrets, exec and pods that run as any account`,
      remedy: 'bind it by a RoleBinding in the namespace that needs it, or bind a smaller role',
    }),
  ],
});
