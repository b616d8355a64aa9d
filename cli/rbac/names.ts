import type { KubernetesObject } from '../../core/manifest/object';
import type { Path } from '../../core/manifest/path';
import type { Binding, Role } from '../../core/rbac';

/** Where a node of an object is written; empty where it was not read. */
export type PlaceOf = (object: KubernetesObject, path?: Path) => string;

/** `ClusterRole view`, `RoleBinding shop/dev`. */
export function nameText({ kind, namespace, name }: Role | Binding): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
