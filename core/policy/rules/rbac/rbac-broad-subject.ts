import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { isAbsent } from '../support';

interface Subject {
  readonly kind?: string;
  readonly name?: string;
}

/** Subjects that are many, or anyone, as `Kind name`. */
const broad: Readonly<Record<string, string>> = {
  'Group system:masters': 'members of it pass every authorizer, and no role can be taken from them again',
  'Group system:authenticated': 'everyone with any credential of the cluster is in it, every pod included',
  'Group system:unauthenticated': 'everyone who reaches the API server is in it',
  'Group system:serviceaccounts': 'every pod of every namespace is in it',
  'User system:anonymous': 'it is everyone who reaches the API server',
  'ServiceAccount default': 'every pod of its namespace that names no account runs as it',
};

function reasonOf(kind: string | undefined, name: string | undefined): string | undefined {
  const key = `${kind} ${name}`;
  if (Object.hasOwn(broad, key)) return broad[key];
  if (key.startsWith('Group system:serviceaccounts:')) return 'every pod of the namespace is in it';
  if (/^User system:serviceaccount:[^:]+:default$/.test(key)) return broad['ServiceAccount default'];
  return undefined;
}

export const rbacBroadSubject = {
  id: 'rbac-broad-subject',
  subject: 'object',
  kinds: ['rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding'],
  title: 'No binding is for everyone, or to cluster-admin',
  severity: 'error',
  why:
    'A right of a group that holds every pod or every visitor is a right of whoever gets in anywhere. ' +
    'cluster-admin is every right there is. Source: CIS Kubernetes Benchmark 5.1.1 and 5.1.7.',
  fix: "Bind a role with the rights that are needed to the group of the people, or the workload's own ServiceAccount.",
  check: ({ kind, subjects, roleRef }) => {
    const found: Violation[] = [];
    const role = roleRef as { readonly kind?: string; readonly name?: string } | null | undefined;
    if (role?.kind === 'ClusterRole' && role.name === 'cluster-admin') {
      found.push({
        path: ['roleRef', 'name'],
        value: role.name,
        message: 'the binding grants cluster-admin, which is every right on every object it reaches',
        remedy: 'bind a role with the rights that are needed',
      });
    }
    if (
      kind === 'ClusterRoleBinding' &&
      role?.kind === 'ClusterRole' &&
      (role.name === 'admin' || role.name === 'edit')
    ) {
      found.push({
        path: ['roleRef', 'name'],
        value: role.name,
        message: `the binding grants ${role.name} in every namespace: Secrets, exec and pods that run as any account`,
        remedy: 'bind it by a RoleBinding in the namespace that needs it, or bind a smaller role',
      });
    }
    if (!Array.isArray(subjects)) return found;
    subjects.forEach((subject: Subject | null, index) => {
      if (isAbsent(subject)) return;
      const reason = reasonOf(subject.kind, subject.name);
      if (reason === undefined) return;
      found.push({
        path: ['subjects', index, 'name'],
        value: subject.name,
        message: `the binding is for ${subject.kind} ${subject.name}: ${reason}`,
        remedy: 'bind the group of the people, or the ServiceAccount of the workload, that needs it',
      });
    });
    return found;
  },
} as const satisfies ObjectRule;
