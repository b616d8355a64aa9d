import type { Path } from '../../manifest/path';

/** Why the API server would refuse a pod. */
export interface PodFault {
  /** Below the pod template. */
  readonly path: Path;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** True for null too: the API server drops a null. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The mappings of a list, with their places; nothing where it is no list. */
export function entriesOf<T>(list: readonly T[] | null | undefined): readonly (readonly [number, T])[] {
  const entries: (readonly [number, T])[] = [];
  if (!Array.isArray(list)) return entries;
  for (let i = 0; i < list.length; i++) {
    const entry: T = list[i];
    if (typeof entry === 'object' && entry !== null) entries.push([i, entry]);
  }
  return entries;
}

/** Those of the names that the object has a value for. */
export function setAmong<K extends string>(
  object: Readonly<Partial<Record<K, unknown>>> | null | undefined,
  names: readonly K[],
): readonly K[] {
  return isSet(object) ? names.filter((name) => isSet(object?.[name])) : [];
}
