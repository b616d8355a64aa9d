import type { KubernetesObject } from '../manifest/object';
import { isMapping } from '../manifest/plain';
import type { FieldType, ScalarType } from './read';
import { fieldHistory, kindSchema } from './schema';

/** What Go leaves in place of a null item of each type; what is not here is kept. */
const zeros: Readonly<Partial<Record<ScalarType, unknown>>> = {
  string: '',
  int32: 0,
  int64: 0,
  number: 0,
  boolean: false,
  bytes: '',
  quantity: '0',
  'int-or-string': 0,
};

/** Deeper than any object of Kubernetes' own. */
const MAX_DEPTH = 100;

/**
 * The object as the API server reads it where a list holds nulls: each is an empty text, a zero or an empty mapping, by the type of the
 * list's items (`apiGroups: [null]` is the core group, `ports: [null]` every TCP port). Anywhere else a null is nothing. Objects without such
 * a null, and custom kinds, of which nothing is known, are given back as they are.
 */
export function withNullItemsRead(object: KubernetesObject): KubernetesObject {
  if (!hasNullItem(object, 0)) return object;
  const kind = kindSchema(object.apiVersion, object.kind);
  if (kind === undefined) return object;
  return read({ type: 'object', definition: kind.definition }, object, 0) as KubernetesObject;
}

function hasNullItem(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (value[i] === null || hasNullItem(value[i], depth + 1)) return true;
    return false;
  }
  for (const key in value) if (hasNullItem((value as Record<string, unknown>)[key], depth + 1)) return true;
  return false;
}

function read(type: FieldType, value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return value;
  if (type.type === 'list')
    return Array.isArray(value)
      ? value.map((item) => (item === null ? zeroOf(type.of) : read(type.of, item, depth + 1)))
      : value;
  if (!isMapping(value)) return value;
  if (type.type === 'map') return mapped(value, (item) => read(type.of, item, depth + 1));
  if (type.type !== 'object') return value;
  const history = fieldHistory(type.definition);
  return mapped(value, (item, key) => {
    const [field] = history.get(key) ?? [];
    return field === undefined ? item : read(field.type, item, depth + 1);
  });
}

function zeroOf(type: FieldType): unknown {
  if (type.type === 'list') return null;
  return type.type === 'map' || type.type === 'object' ? {} : (zeros[type.type] ?? null);
}

function mapped(
  mapping: Readonly<Record<string, unknown>>,
  change: (item: unknown, key: string) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(mapping).map(([key, item]) => [key, change(item, key)]));
}
