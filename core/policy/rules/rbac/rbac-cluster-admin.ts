import { objectRule } from '../../define';
import { and, is, isOneOf, not, or, some, startsWith, text } from '../../expression/operators';
import type { Sym, Test } from '../../expression/symbol';
import { bindingKinds, bindings, type Subject } from './support';

/** What Kubernetes has for parts of its own: their rights lead to all others, by Secrets, tokens, roles, certificates or kubelets. */
const controlPlaneRoles = [
  'system:aggregate-to-admin',
  'system:aggregate-to-edit',
  'system:certificates.k8s.io:kube-apiserver-client-approver',
  'system:certificates.k8s.io:kube-apiserver-client-kubelet-approver',
  'system:certificates.k8s.io:kubelet-serving-approver',
  'system:certificates.k8s.io:legacy-unknown-approver',
  'system:kube-controller-manager',
  'system:kube-scheduler',
  'system:kubelet-api-admin',
  'system:node',
  'system:node-problem-detector',
  'system:persistent-volume-provisioner',
] as const;

/** Those parts, as the API server binds them itself when it starts, and accounts where only administrators write. */
function isOfControlPlane({ kind, name, namespace }: Sym<Subject>): Test {
  return or(
    and(is(kind, 'User'), or(startsWith(name, 'system:kube-'), is(name, 'system:node-problem-detector'))),
    and(is(kind, 'Group'), is(name, 'system:nodes')),
    and(is(kind, 'ServiceAccount'), is(namespace, 'kube-system')),
  );
}

export const rbacClusterAdmin = objectRule({
  id: 'rbac-cluster-admin',
  kinds: bindingKinds,
  title: 'No binding is to cluster-admin, to a role of the control plane, or to admin of every namespace',
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
    bindings.violation({
      when: ({ kind, roleRef }) =>
        and(is(kind, 'RoleBinding'), is(roleRef.kind, 'ClusterRole'), isOneOf(roleRef.name, ['admin', 'edit'])),
      at: ({ roleRef }) => roleRef.name,
      severity: 'warning',
      message: ({ roleRef }) =>
        text`the binding grants ${roleRef.name}, which reads the Secrets of the namespace and runs commands in its pods`,
      remedy: 'bind a role with the rights that are needed alone',
    }),
    bindings.violation({
      when: ({ roleRef, subjects }) =>
        and(
          is(roleRef.kind, 'ClusterRole'),
          or(isOneOf(roleRef.name, controlPlaneRoles), startsWith(roleRef.name, 'system:controller:')),
          some(subjects, (subject) => not(isOfControlPlane(subject))),
        ),
      at: ({ roleRef }) => roleRef.name,
      message: ({ roleRef }) =>
        text`the binding grants ${roleRef.name}, with rights that Kubernetes has for a part of its own`,
      remedy: 'bind a role with the rights that are needed',
    }),
  ],
});
