import type { KubernetesObject } from './object';

/** What tells one object of a cluster from every other: the version is not part of it. */
export interface Identity {
  /** API group; the empty string is the core group. */
  readonly group: string;
  readonly kind: string;
  /** Absent for cluster-scoped objects, and for those whose namespace is left to whoever applies them. */
  readonly namespace?: string;
  /**
   * Name. An object that has the API server make its name (`generateName`) shows as `prefix-*`: any number of objects
   * may share that.
   */
  readonly name: string;
}

/** The group of an apiVersion: `apps` of `apps/v1`, the empty string of `v1`. */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The apiVersion of a group and a version: `apps/v1`; `v1` for the core group. */
export function apiVersionOf(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The identity of an object. An empty namespace is none, as for Kubernetes; an object without any name has the name ''. */
export function identityOf(object: KubernetesObject): Identity {
  const { name, generateName, namespace } = object.metadata ?? {};
  const group = apiGroup(object.apiVersion);
  const shown = name || (generateName ? `${generateName}*` : '');
  return namespace ? { group, kind: object.kind, namespace, name: shown } : { group, kind: object.kind, name: shown };
}

/** A key for maps and sets: equal for equal identities, different for all others, whatever their parts contain. */
export function identityKey({ group, kind, namespace = '', name }: Identity): string {
  return `${group.length} ${kind.length} ${namespace.length} ${group}${kind}${namespace}${name}`;
}

/** An identity as messages show it: `Deployment.apps shop/frontend`, `Service shop/frontend`, `Namespace shop`. */
export function formatIdentity({ group, kind, namespace, name }: Identity): string {
  return `${kind}${group && `.${group}`} ${namespace ? `${namespace}/` : ''}${name}`;
}
