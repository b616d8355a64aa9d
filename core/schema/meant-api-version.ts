import { editDistance } from '../edit-distance';
import { groupBy } from '../group-by';
import { kindSchema, kindSchemas } from './schema';

/** More letters apart, a group is somebody's own. */
const furthest = 3;
/** What is written out, and no placeholder. */
const written = /^(?:([a-z0-9.-]+)\/)?(v\d[a-z0-9]*)$/;

let keysByKind: ReadonlyMap<string, readonly string[]> | undefined;

/** The API versions that have Kubernetes' own kind of a name, the oldest first. */
function apiVersionsOf(kind: string): readonly string[] {
  keysByKind ??= groupBy(kindSchemas().keys(), (key) => key.slice(key.indexOf(' ') + 1));
  return (keysByKind.get(kind) ?? []).map((key) => key.slice(key.startsWith('/') ? 1 : 0, key.indexOf(' ')));
}

const groupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));

/**
 * The API version of Kubernetes' own that was meant by one in whose group no server has the kind: `rbac.authorization.k8s.io/v1` for `rbac/v1`.
 * Undefined where the group may be somebody's own: a name of several parts that is near none.
 */
export function meantApiVersion(apiVersion: string, kind: string): string | undefined {
  const [, group = '', version] = written.exec(apiVersion) ?? [];
  if (version === undefined || (group.includes('.') && !group.endsWith('.k8s.io'))) return undefined;
  const own = apiVersionsOf(kind);
  if (own.length === 0 || own.some((one) => groupOf(one) === group)) return undefined;
  const near = own.find((one) => editDistance(groupOf(one), group) <= furthest);
  const meant = near ?? (group.includes('.') ? undefined : own.find((one) => groupOf(one) !== 'extensions'));
  if (meant === undefined) return undefined;
  const inGroup = own.filter((one) => groupOf(one) === groupOf(meant));
  const same = groupOf(meant) === '' ? version : `${groupOf(meant)}/${version}`;
  const stable = inGroup.findLast((one) => /(?:^|\/)v\d+$/.test(one));
  return kindSchema(same, kind) === undefined ? (stable ?? inGroup.at(-1)) : same;
}
