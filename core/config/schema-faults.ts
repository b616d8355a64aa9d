import type { Json } from '../manifest/object';
import { formatPath, type Path } from '../manifest/path';
import { isMapping } from '../manifest/plain';
import { nearest } from '../nearest';
import type { Schema, SchemaType } from './schema';

/** Something in a value that its schema does not allow. */
export interface SchemaFault {
  readonly path: Path;
  /** Which key, and what is allowed. */
  readonly reason: string;
}

/** Everything that a schema does not allow in a value. */
export function schemaFaults(value: Json, schema: Schema, path: Path = []): readonly SchemaFault[] {
  const allowed = typesOf(schema);
  if (allowed.length > 0 && !allowed.some((type) => types[type](value)))
    return [{ path, reason: wrongType(value, schema, path) }];
  if (isMapping(value)) return mappingFaults(value, schema, path);
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item: Json, index) => schemaFaults(item, items, [...path, index]));
  }
  return typeof value === 'string' ? textFaults(value, schema, path) : [];
}

function typesOf({ type = [] }: Schema): readonly SchemaType[] {
  return typeof type === 'string' ? [type] : type;
}

const types: Readonly<Record<SchemaType, (value: Json) => boolean>> = {
  object: isMapping,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
};

const names: Readonly<Record<SchemaType, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
};

function wrongType(value: Json, schema: Schema, path: Path): string {
  const { properties, enum: allowed } = schema;
  const wanted = typesOf(schema);
  const shown = Array.isArray(value) ? 'a list' : isMapping(value) ? 'a mapping' : shownValue(value);
  const quotes =
    wanted.includes('string') && (typeof value === 'number' || typeof value === 'boolean') ? ': put it in quotes' : '';
  const keys = wanted.includes('object') && properties ? ` of ${Object.keys(properties).join(', ')}` : '';
  const words = allowed === undefined ? '' : `: one of ${allowed.join(', ')}`;
  return `${named(path)} must be ${wanted.map((type) => names[type]).join(' or ')}${keys}${words}, and this is ${shown}${quotes}`;
}

/** Of a text, what shows which one it is: never who logs in by it, and not all of a long one. */
function shownValue(value: Json): string {
  const text = JSON.stringify(value).replace(/\/\/[^/@"]*@/g, '//…@');
  return text.length > 100 ? `${text.slice(0, 99)}…"` : text;
}

function named(path: Path): string {
  return path.length === 0 ? 'the file' : formatPath(path);
}

function mappingFaults(value: { readonly [key: string]: Json }, schema: Schema, path: Path): readonly SchemaFault[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const faults: SchemaFault[] = [];
  for (const [key, entry] of Object.entries(value)) {
    const at = [...path, key];
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known !== undefined) faults.push(...schemaFaults(entry, known, at));
    else if (typeof additionalProperties === 'object') faults.push(...schemaFaults(entry, additionalProperties, at));
    else if (additionalProperties === false) faults.push({ path: at, reason: unknownKey(key, properties, path) });
  }
  const missing = required.filter((key) => value[key] === undefined);
  if (missing.length > 0) faults.push({ path, reason: `${named(path)} lacks ${missing.join(' and ')}` });
  return faults;
}

function unknownKey(key: string, properties: Readonly<Record<string, Schema>>, path: Path): string {
  const allowed = Object.keys(properties);
  const meant = nearest(key, allowed);
  const hint = meant === undefined ? 'allowed' : `did you mean ${meant}? Allowed`;
  const place = path.length === 0 ? '' : ` in ${formatPath(path)}`;
  return `there is no key ${JSON.stringify(key)}${place}; ${hint}: ${allowed.join(', ')}`;
}

function textFaults(
  value: string,
  { enum: allowed, pattern, minLength = 0 }: Schema,
  path: Path,
): readonly SchemaFault[] {
  if (allowed !== undefined && !allowed.includes(value)) {
    const meant = nearest(value, allowed);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    const reason = `${named(path)} must be one of ${allowed.join(', ')}, and this is ${JSON.stringify(value)}${hint}`;
    return [{ path, reason }];
  }
  if (value.length < minLength) return [{ path, reason: `${named(path)} is empty` }];
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    return [{ path, reason: `${named(path)} = ${JSON.stringify(value)} does not match ${pattern}` }];
  return [];
}
