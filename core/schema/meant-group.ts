import { editDistance } from '../edit-distance';
import { kindSchemas } from './schema';

/** More letters apart, a group is somebody's own. */
const furthest = 3;

let groups: ReadonlyMap<string, readonly string[]> | undefined;

/** The groups that have Kubernetes' own kinds of a name. */
function groupsOf(kind: string): readonly string[] {
  if (groups === undefined) {
    const made = new Map<string, string[]>();
    for (const key of kindSchemas().keys()) {
      const [apiVersion = '', name = ''] = key.split(' ');
      const group = apiVersion.slice(0, apiVersion.lastIndexOf('/'));
      made.set(name, [...(made.get(name) ?? []), group]);
    }
    groups = made;
  }
  return groups.get(kind) ?? [];
}

/**
 * The group of Kubernetes' own that was meant by one that no server has for the kind: `rbac.authorization.k8s.io` for `rbac`. Undefined where the
 * group may be somebody's own: a name of several parts that is near none.
 */
export function meantGroup(group: string, kind: string): string | undefined {
  if (group.includes('.') && !group.endsWith('.k8s.io')) return undefined;
  const own = groupsOf(kind);
  if (own.length === 0 || own.includes(group)) return undefined;
  const near = own.find((one) => editDistance(one, group) <= furthest);
  return near ?? (group.includes('.') ? undefined : own.find((one) => one !== 'extensions'));
}
