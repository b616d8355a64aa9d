import { isMapping } from '../../manifest/plain';

/** Manifests of any origin: nothing in them has to have the type that it should. */

/** What is at a path of mappings; undefined where there is none. */
export function at(node: unknown, ...path: readonly string[]): unknown {
  let found: unknown = node;
  for (const step of path) found = isMapping(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found;
}

/** The text at a path; undefined where there is none, or an empty one. */
export function textAt(node: unknown, ...path: readonly string[]): string | undefined {
  const found = at(node, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(node: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(node, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts of a list. */
export function textsAt(node: unknown, ...path: readonly string[]): readonly string[] {
  return listAt(node, ...path).filter((item): item is string => typeof item === 'string');
}

/** A key of an object that others name: two namespaces that are left open are one. */
export function placeKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** The name as it is shown. */
export function placeName(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** The text without slashes at its ends. */
export function trimSlashes(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text[start] === '/') start++;
  while (end > start && text[end - 1] === '/') end--;
  return text.slice(start, end);
}
