import type { Identity } from '../manifest/identity';

const always = (): boolean => true;
const named =
  (...names: readonly string[]) =>
  ({ name }: Identity): boolean =>
    names.includes(name);
const systems = ({ name }: Identity): boolean => name.startsWith('system:');

/** Kinds of which Kubernetes makes some objects by itself, as `group/Kind`. */
const standing: Readonly<Record<string, (identity: Identity) => boolean>> = {
  '/Namespace': named('default', 'kube-system', 'kube-public', 'kube-node-lease'),
  '/ServiceAccount': named('default'),
  '/ConfigMap': named('kube-root-ca.crt'),
  '/Node': always,
  'rbac.authorization.k8s.io/ClusterRole': (identity) =>
    systems(identity) || named('admin', 'cluster-admin', 'edit', 'view')(identity),
  'rbac.authorization.k8s.io/ClusterRoleBinding': (identity) => systems(identity) || named('cluster-admin')(identity),
  'rbac.authorization.k8s.io/Role': (identity) =>
    systems(identity) || named('extension-apiserver-authentication-reader')(identity),
  'rbac.authorization.k8s.io/RoleBinding': systems,
  'scheduling.k8s.io/PriorityClass': named('system-cluster-critical', 'system-node-critical'),
};

/** Whether every cluster has the object by itself, so that whoever declares it changes it, and does not make it. */
export function isStanding(identity: Identity): boolean {
  const { group, kind } = identity;
  const id = `${group}/${kind}`;
  return Object.hasOwn(standing, id) && standing[id]?.(identity) === true;
}
