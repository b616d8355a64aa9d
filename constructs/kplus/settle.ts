import { isDictionary } from '../../core/manifest/plain';

/**
 * The value that cdk8s would write: Lazy values and implicit tokens are replaced by what they stand for, at any depth of plain
 * data. Instances of other classes are left as they are: which of them wrap a value is known per field (see {@link unwrap}).
 */
export function settle<T>(value: T): T {
  return settled(value) as T;
}

function settled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('produce' in value && typeof value.produce === 'function') return settled(value.produce());
  if ('resolve' in value && typeof value.resolve === 'function') return settled(value.resolve());
  if (Array.isArray(value)) return value.map(settled);
  if (!isDictionary(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settled(item)]));
}

/** A number or text as it is, or in cdk8s-plus' `IntOrString` or `Quantity`. */
type Wrapped = string | number | { readonly value: string | number } | null | undefined;

/**
 * The text or number of an `IntOrString` or `Quantity`. Only for fields that are known to hold one: an attribute map may
 * have a key `value` of its own.
 */
export function unwrap(union: Wrapped): string | number | undefined {
  const plain = settle(union);
  return (typeof plain === 'object' ? settle(plain?.value) : plain) ?? undefined;
}

/** The fields that have a value. `false`, `0` and empty texts are values. */
export function present<T extends object>(fields: T): T {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries) as T;
}
