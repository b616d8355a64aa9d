import fc from 'fast-check';
import type { KubernetesVersion } from '../../../core/cluster/version';
import type { KubernetesObject } from '../../../core/manifest';
import { type FieldType, fieldsOf, kindSchema, type ScalarType } from '../../../core/schema';

/** Values of all types: whichever stands somewhere is either right there or wrong. */
const anything = [
  null,
  true,
  'true',
  '',
  'a b',
  '2Mi',
  ' 1.5 ',
  '1e3x',
  '2026-02-29T00:00:00Z',
  '2024-02-29T23:59:59.123456+01:00',
  '2026-01-31T12:00:00.5Z',
  'aGk=',
  'aGk',
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 63,
  1e21,
  [],
  [null],
  ['x'],
  [1, 255],
  [256],
  {},
  { a: null },
  { a: 'b' },
  { a: 1 },
  [[]],
  [{}],
] as const;

const rightScalars: Readonly<Record<ScalarType, readonly unknown[]>> = {
  string: ['', 'web', 'true', '1'],
  int32: [0, 1, -5, 2 ** 31 - 1],
  int64: [0, 1, 2 ** 40],
  number: [0, 1.5, -2],
  boolean: [true, false],
  bytes: ['', 'aGk=', 'aGVsbG8h'],
  quantity: ['1', '500m', '128Mi', 2, 0.5, '1e3'],
  'int-or-string': [1, '10%', 'http'],
  time: ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+02:00'],
  'micro-time': ['2026-01-31T12:00:00.000000Z'],
  any: [{ a: [1] }, 'x', 3],
  'schema-or-list': [{ type: 'string' }, [{ type: 'string' }]],
  'schema-or-boolean': [true, { type: 'object' }],
  'schema-or-strings': [['a'], { type: 'string' }],
};

/** An object of a built-in kind, and mistakes in it: values of other types, fields that there are not. */
export function schemaObject(
  apiVersion: string,
  kind: string,
  version: KubernetesVersion,
  place: { readonly name: string; readonly namespace: string },
): fc.Arbitrary<KubernetesObject> {
  const { definition, namespaced } = kindSchema(apiVersion, kind)!;
  return struct(definition, version, 0).map((fields) => {
    const { metadata, ...rest } = fields;
    const meta = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : {};
    const { generateName: _, ...others } = meta as Readonly<Record<string, unknown>>;
    const named = { ...others, name: place.name, ...(namespaced ? { namespace: place.namespace } : {}) };
    if (!namespaced) Reflect.deleteProperty(named, 'namespace');
    return { ...rest, apiVersion, kind, metadata: named } as KubernetesObject;
  });
}

function someValueOf(type: FieldType, version: KubernetesVersion, depth: number): fc.Arbitrary<unknown> {
  const wrong = { arbitrary: fc.constantFrom(...anything), weight: 1 };
  return fc.oneof({ arbitrary: rightValue(type, version, depth), weight: 30 }, wrong);
}

function rightValue(type: FieldType, version: KubernetesVersion, depth: number): fc.Arbitrary<unknown> {
  if (type.type === 'object') return struct(type.definition, version, depth + 1);
  if (type.type === 'list') return fc.array(someValueOf(type.of, version, depth), { minLength: 1, maxLength: 2 });
  if (type.type === 'map')
    return fc.dictionary(fc.constantFrom('a', 'b.c/d'), someValueOf(type.of, version, depth), { maxKeys: 2 });
  return fc.constantFrom(...rightScalars[type.type]);
}

/** Some of the fields, fewer the deeper it is. */
function struct(
  definition: string,
  version: KubernetesVersion,
  depth: number,
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const fields = fieldsOf(definition, version);
  const some = fc.subarray([...fields], { maxLength: Math.min(fields.length, depth > 8 ? 1 : 4) });
  return some.chain((chosen) => {
    const entries = chosen.map(({ name, type }) =>
      fc.tuple(fc.constant(name), depth > 14 ? fc.constant(null) : someValueOf(type, version, depth)),
    );
    const extra = surplus(fields.map(({ name }) => name));
    return fc
      .tuple(
        fc.tuple(...entries),
        fc.oneof({ arbitrary: fc.constant(null), weight: 40 }, { arbitrary: extra, weight: 1 }),
      )
      .map(([given, more]) => Object.fromEntries(more === null ? given : [...given, more]));
  });
}

/** A field that nobody knows, or one in another case; it may be null. */
function surplus(names: readonly string[]): fc.Arbitrary<readonly [string, unknown]> {
  const other = names.map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  return fc.tuple(fc.constantFrom('bogus', 'spec.dotted', ...other), fc.constantFrom(null, 1, 'x', {}, []));
}
