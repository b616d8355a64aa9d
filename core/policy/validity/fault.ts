import type { Path } from '../../manifest/path';
import { isAbsent, isMapping, listOf } from '../../manifest/plain';

/** Why the API server would refuse a pod. */
export interface PodFault {
  /** Below the pod template; of a workload, or of another object, below itself. */
  readonly path: Path;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** Where faults are gathered. Most pods have none: what finds them makes nothing before it has found one. */
export type Faults = PodFault[];

const nothing: readonly never[] = [];

/** Asks for each mapping of a list, with its place; for nothing where it is no list. What directs a patch is no entry. */
export function eachEntry<T>(list: readonly T[] | null | undefined, ask: (entry: T, index: number) => void): void {
  listOf(list).forEach((entry, index) => {
    if (isMapping(entry) && !('$patch' in entry)) ask(entry, index);
  });
}

/** Those of the names that the object has a value for. */
export function setAmong<K extends string>(
  object: Readonly<Partial<Record<K, unknown>>> | null | undefined,
  names: readonly K[],
): readonly K[] {
  if (!isMapping(object)) return nothing;
  let found: K[] | undefined;
  // By index: every part of every pod comes here, and an iterator costs an object a step.
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as K;
    if (isAbsent(object[name])) continue;
    found ??= [];
    found.push(name);
  }
  return found ?? nothing;
}
