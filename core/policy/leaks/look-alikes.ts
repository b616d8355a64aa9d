import type { KubernetesObject } from '../../manifest/object';
import { withoutLookAlikes } from '../../secrets/leaks/checksums';
import { DEEPEST } from './named-secrets';

/** The object without what only looks like a secret, by its checksum; the object itself where there is none. */
export function withoutLookAlikesIn(object: KubernetesObject): KubernetesObject {
  return read(object, 0) as KubernetesObject;
}

/** A copy where something changes. */
function read(node: unknown, depth: number): unknown {
  if (typeof node === 'string') return withoutLookAlikes(node);
  if (typeof node !== 'object' || node === null || depth > DEEPEST) return node;
  if (Array.isArray(node)) {
    const items = node.map((item) => read(item, depth + 1));
    return items.some((item, i) => item !== node[i]) ? items : node;
  }
  const members = Object.entries(node).map(([key, value]) => [key, value, read(value, depth + 1)] as const);
  if (members.every(([, before, after]) => before === after)) return node;
  return Object.fromEntries(members.map(([key, , after]) => [key, after]));
}
