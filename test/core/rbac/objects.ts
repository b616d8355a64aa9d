/** Roles and bindings in few words. */
import type { KubernetesObject } from '../../../core/manifest/object';
import type { PolicyRule } from '../../../core/rbac';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

/** `get,list apps:deployments =web`, or `get @/healthz`: verbs, groups and resources or paths, names. */
export function rule(text: string): PolicyRule {
  const [verbs = '', what = '', names] = text.split(' ');
  if (what.startsWith('@')) return { verbs: verbs.split(','), nonResourceURLs: what.slice(1).split(',') };
  const [groups = '', resources = ''] = what.split(':');
  const named = names === undefined ? {} : { resourceNames: names.slice(1).split(',') };
  return { verbs: verbs.split(','), apiGroups: groups.split(','), resources: resources.split(','), ...named };
}

const metadataOf = (place: string) => {
  const [namespace, name] = place.split('/');
  return name === undefined ? { name: namespace } : { namespace, name };
};

/** A Role where the place has a namespace, else a ClusterRole. */
export function role(place: string, ...rules: readonly string[]): KubernetesObject {
  return {
    apiVersion,
    kind: place.includes('/') ? 'Role' : 'ClusterRole',
    metadata: metadataOf(place),
    rules: rules.map(rule),
  };
}

/** `User jane`, `Group devs`, `ServiceAccount shop/job` */
export function subject(text: string) {
  const [kind = '', ...rest] = text.split(' ');
  const name = rest.join(' ');
  return kind === 'ServiceAccount' ? { kind, ...metadataOf(name) } : { kind, name, apiGroup };
}

/** Binds a role: `shop/dev` is the Role of the binding's namespace, `view` a ClusterRole. */
export function bind(place: string, to: string, ...subjects: readonly string[]): KubernetesObject {
  const slash = to.indexOf('/');
  return {
    apiVersion,
    kind: place.includes('/') ? 'RoleBinding' : 'ClusterRoleBinding',
    metadata: metadataOf(place),
    roleRef: { apiGroup, kind: slash === -1 ? 'ClusterRole' : 'Role', name: to.slice(slash + 1) },
    subjects: subjects.map(subject),
  };
}
