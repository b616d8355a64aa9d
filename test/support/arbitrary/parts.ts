/** How arbitraries of the manifest's types are put together: by field, so that a field that is forgotten does not compile. */
import * as fc from 'fast-check';

/** An arbitrary for each property. */
export type Fields<T> = { readonly [K in keyof T]-?: fc.Arbitrary<T[K]> };

/** Each property with this likelihood, in percent. */
export function sparse<T extends object>(
  fields: Fields<T>,
  percent: number,
  weights: Partial<Record<keyof T, number>> = {},
): fc.Arbitrary<T> {
  const entries = Object.entries(fields) as [keyof T & string, fc.Arbitrary<unknown>][];
  const model = entries.map(([key, arbitrary]) => [key, optional(arbitrary, weights[key] ?? percent)] as const);
  return fc.record(Object.fromEntries(model), { noNullPrototype: true }).map((record) => present(record) as T);
}

/** From one to so many of the properties; those with a weight are drawn so much more often. */
export function some<T extends object>(
  fields: Fields<T>,
  most = 2,
  weights: Partial<Record<keyof T, number>> = {},
): fc.Arbitrary<T> {
  const entries = Object.entries(fields) as [keyof T & string, fc.Arbitrary<unknown>][];
  const one = fc.oneof(
    ...entries.map(([key, arbitrary]) => ({
      weight: weights[key] ?? 1,
      arbitrary: arbitrary.map((value) => [key, value] as const),
    })),
  );
  return fc.array(one, { minLength: 1, maxLength: most }).map((list) => Object.fromEntries(list) as T);
}

/** All the properties. */
export function all<T extends object>(fields: Fields<T>): fc.Arbitrary<T> {
  return fc.record(fields as Fields<Record<string, unknown>>, { noNullPrototype: true }) as unknown as fc.Arbitrary<T>;
}

/** The value with this likelihood, in percent; else undefined, to which it shrinks. */
export function optional<T>(arbitrary: fc.Arbitrary<T>, percent = 50): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 100 - percent, arbitrary: fc.constant(undefined) },
    { weight: percent, arbitrary },
  );
}

/** The one with this likelihood, in percent, else the other: most often good, sometimes bad. */
export function mostly<A, B>(percent: number, good: fc.Arbitrary<A>, bad: fc.Arbitrary<B>): fc.Arbitrary<A | B> {
  return fc.oneof<fc.MaybeWeightedArbitrary<A | B>[]>(
    { withCrossShrink: true },
    { weight: percent, arbitrary: good },
    { weight: 100 - percent, arbitrary: bad },
  ) as fc.Arbitrary<A | B>;
}

/** From none to so many different values. */
export function few<T>(arbitrary: fc.Arbitrary<T>, most = 2, least = 0): fc.Arbitrary<T[]> {
  return fc.uniqueArray(arbitrary, { minLength: least, maxLength: most, comparator: 'IsStrictlyEqual' });
}

/** A mapping of from one to so many of these keys. */
export function mapping<K extends string, V>(
  key: fc.Arbitrary<K>,
  value: fc.Arbitrary<V>,
  most = 2,
): fc.Arbitrary<Record<K, V>> {
  return fc
    .uniqueArray(fc.tuple(key, value), { minLength: 1, maxLength: most, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries) as Record<K, V>);
}

export const of = fc.constantFrom;

function present(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
