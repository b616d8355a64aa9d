import { isMapping } from './plain';

/** What may be changed of T: any part of it, and `null` to remove a property. Lists of named things are merged by name. */
export type Patch<T> = T extends readonly (infer E)[]
  ? readonly Patch<E>[]
  : T extends object
    ? { readonly [K in keyof T]?: Patch<T[K]> | null }
    : T;

type Fields = Readonly<Record<string, unknown>>;

/** The property by which the items of a list are told apart, as Kubernetes' strategic merge does. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  ports: ['containerPort', 'port'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
};

/**
 * Merges a patch into plain data as Kubernetes' strategic merge does: objects member by member, the lists that it merges by their key,
 * all other lists and values replaced, `null` removes; another type of strategy takes the settings of the first out. Neither argument is changed.
 */
export function mergePatch<T>(base: T, patch: Patch<T>): T {
  return merge(base, patch, '') as T;
}

function merge(base: unknown, patch: unknown, property: string): unknown {
  if (Array.isArray(patch)) {
    const key = keyOf(property, patch);
    return Array.isArray(base) && key !== undefined
      ? mergeList(base, patch, key)
      : patch.map((item) => merge(undefined, item, ''));
  }
  if (!isMapping(patch)) return patch;
  const isKept = isMapping(base) && !isOtherStrategy(property, base, patch);
  const result: Record<string, unknown> = isKept ? { ...base } : {};
  for (const [name, value] of Object.entries(patch)) {
    // Set as a property it would be the prototype: read by checks, and not written.
    if (name === '__proto__') throw new TypeError('a patch cannot set __proto__');
    if (value === null) delete result[name];
    else if (value !== undefined) result[name] = merge(result[name], value, name);
  }
  return result;
}

const strategies: readonly string[] = ['strategy', 'updateStrategy'];

/** Whether a patch names another strategy, so that the settings of the first go with it. A rolling update is what there is without a name. */
function isOtherStrategy(property: string, base: Fields, patch: Fields): boolean {
  return (
    strategies.includes(property) && typeof patch.type === 'string' && patch.type !== (base.type ?? 'RollingUpdate')
  );
}

function keyOf(property: string, patch: readonly unknown[]): string | undefined {
  const candidates = Object.hasOwn(mergeKeys, property) ? mergeKeys[property] : undefined;
  return candidates?.find((key) => patch.every((item) => isMapping(item) && item[key] !== undefined));
}

function mergeList(base: readonly unknown[], patch: readonly unknown[], key: string): unknown[] {
  const result = [...base];
  for (const item of patch) {
    const wanted = (item as Record<string, unknown>)[key];
    const index = result.findIndex((known) => isMapping(known) && known[key] === wanted);
    if (index < 0) result.push(merge(undefined, item, ''));
    else result[index] = merge(result[index], item, '');
  }
  return result;
}
