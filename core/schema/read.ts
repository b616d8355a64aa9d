import type { KubernetesVersion } from '../cluster/version';

/** How the API server decodes one value. `schema-or-…` are the unions inside of a CustomResourceDefinition's schema. */
const scalarTypes = [
  'string',
  'int32',
  'int64',
  'number',
  'boolean',
  'bytes',
  'quantity',
  'int-or-string',
  'time',
  'micro-time',
  'any',
  'schema-or-list',
  'schema-or-boolean',
  'schema-or-strings',
] as const;

/** {@link scalarTypes} */
export type ScalarType = (typeof scalarTypes)[number];

/** The type of a field: a scalar, a list or map of values of a type, or an object with the fields of a definition. */
export type FieldType =
  | { readonly type: ScalarType }
  | { readonly type: 'list' | 'map'; readonly of: FieldType }
  | { readonly type: 'object'; readonly definition: string };

/** A field, as the versions from `since` to `last` have it. */
export interface SchemaField {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** The values that it takes, or that the items of its list take. @default - any */
  readonly values?: readonly string[];
  /** The property that tells the items of a list apart in a strategic merge patch. */
  readonly mergeKey?: string;
  /** The properties that tell the items of a list apart in server-side apply. */
  readonly listKeys?: readonly string[];
  /** @default - the oldest version that the toolkit knows */
  readonly since?: KubernetesVersion;
  /** @default - the newest version that the toolkit knows */
  readonly last?: KubernetesVersion;
}

/** A kind of Kubernetes' own, as the versions from `since` to `last` have it, whether or not they serve it by default. */
export interface SchemaKind {
  readonly definition: string;
  readonly namespaced: boolean;
  readonly since?: KubernetesVersion;
  readonly last?: KubernetesVersion;
}

const FIELD = /^([^!:]+)(!?):([^=^#@]+)(?:=([^^#@]*))?(?:\^([^#@]+))?(?:#([^@]+))?(?:@(.*))?$/;

/** The kinds that lines of data.ts tell of, by `group/version Kind`. */
export function readKinds(lines: string): ReadonlyMap<string, SchemaKind> {
  const kinds = new Map<string, SchemaKind>();
  for (const line of lines.trim().split('\n')) {
    const [text = '', lifetime] = line.split('@');
    const [apiVersion, kind, definition = '', scope] = text.split(' ');
    kinds.set(`${apiVersion} ${kind}`, { definition, namespaced: scope === 'Namespaced', ...readLifetime(lifetime) });
  }
  return kinds;
}

/** The line of each definition, by its name; to be read by {@link readFields} when it is asked for. */
export function readDefinitions(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines
      .trim()
      .split('\n')
      .map((line) => {
        const end = line.indexOf(';');
        return end < 0 ? [line, ''] : [line.slice(0, end), line.slice(end + 1)];
      }),
  );
}

/** What each version says of each field; more than one entry where versions differ. */
export function readFields(line: string): ReadonlyMap<string, readonly SchemaField[]> {
  const fields = new Map<string, SchemaField[]>();
  for (const text of line === '' ? [] : line.split(';')) {
    const field = readField(text);
    const said = fields.get(field.name);
    if (said) said.push(field);
    else fields.set(field.name, [field]);
  }
  return fields;
}

function readField(text: string): SchemaField {
  const [, name = '', required, type = '', values, mergeKey, listKeys, lifetime] = FIELD.exec(text) ?? [];
  return {
    name,
    type: readType(type),
    required: required === '!',
    ...(values !== undefined && { values: values.split('|') }),
    ...(mergeKey !== undefined && { mergeKey }),
    ...(listKeys !== undefined && { listKeys: listKeys.split(',') }),
    ...readLifetime(lifetime),
  };
}

function readType(text: string): FieldType {
  if (text.startsWith('[]')) return { type: 'list', of: readType(text.slice(2)) };
  if (text.startsWith('{}')) return { type: 'map', of: readType(text.slice(2)) };
  const scalar = scalarTypes.find((name) => name === text);
  return scalar === undefined ? { type: 'object', definition: text } : { type: scalar };
}

/** `1.29-1.31`, `1.29` or `-1.31`. */
function readLifetime(text = ''): Pick<SchemaField, 'since' | 'last'> {
  const [since = '', last = ''] = text.split('-');
  return {
    ...(since !== '' && { since: since as KubernetesVersion }),
    ...(last !== '' && { last: last as KubernetesVersion }),
  };
}
