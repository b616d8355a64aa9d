/** Plain data: what a manifest is made of, whoever wrote it. */

/** Removes `readonly` all the way down: a copy that is being worked on. */
export type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

/** True for a mapping: neither null nor a list. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is a dictionary, of whichever realm, and no instance of a class. */
export function isDictionary(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const noItems: readonly never[] = [];
const noFields: Readonly<Record<string, never>> = {};

/** The items of a list; none of what is no list. */
export function listOf<T>(value: readonly T[] | null | undefined): readonly T[];
export function listOf(value: unknown): readonly unknown[];
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : noItems;
}

/** The fields of a mapping; none of what is no mapping. */
export function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : noFields;
}

/** True for null too: the API server drops a null, so it is the same as nothing. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** A deep copy of plain data, without what is undefined. */
export function clonePlain<T>(value: T): Mutable<T> {
  if (Array.isArray(value)) return value.map(clonePlain) as Mutable<T>;
  if (value === null || typeof value !== 'object') return value as Mutable<T>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (key === '__proto__') continue;
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) copy[key] = clonePlain(member);
  }
  return copy as Mutable<T>;
}

/** What a value is, for a message: `a list`, `an object`, `the number`. */
export function kindOfValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `the ${typeof value}`;
}
