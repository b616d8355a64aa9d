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
  const faults: SchemaFault[] = [];
  judge(value, schema, [...path], faults);
  return faults;
}

/** @param path where the value stands: what is added to it is taken away again, so that nothing is made where nothing is wrong */
function judge(value: Json, schema: Schema, path: (string | number)[], faults: SchemaFault[]): void {
  if (!isOfType(value, schema)) faults.push({ path: [...path], reason: wrongType(value, schema, path) });
  else if (isMapping(value)) judgeMapping(value, schema, path, faults);
  else if (Array.isArray(value)) judgeList(value, schema, path, faults);
  else if (typeof value === 'string') {
    const reason = textFault(value, schema, path);
    if (reason !== undefined) faults.push({ path: [...path], reason });
  }
}

function isOfType(value: Json, { type = [] }: Schema): boolean {
  if (typeof type === 'string') return types[type](value);
  return type.length === 0 || type.some((each) => types[each](value));
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

function judgeMapping(
  value: { readonly [key: string]: Json },
  { properties = {}, required, additionalProperties }: Schema,
  path: (string | number)[],
  faults: SchemaFault[],
): void {
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    const known = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (typeof known === 'object') {
      path.push(key);
      judge(value[key] as Json, known, path, faults);
      path.pop();
    } else if (known === false) faults.push({ path: [...path, key], reason: unknownKey(key, properties, path) });
  }
  if (required === undefined) return;
  const missing = required.filter((key) => value[key] === undefined);
  if (missing.length > 0) faults.push({ path: [...path], reason: `${named(path)} lacks ${missing.join(' and ')}` });
}

function judgeList(value: readonly Json[], { items }: Schema, path: (string | number)[], faults: SchemaFault[]): void {
  if (items === undefined) return;
  for (let index = 0; index < value.length; index++) {
    path.push(index);
    judge(value[index] as Json, items, path, faults);
    path.pop();
  }
}

function unknownKey(key: string, properties: Readonly<Record<string, Schema>>, path: Path): string {
  const allowed = Object.keys(properties);
  const meant = nearest(key, allowed);
  const hint = meant === undefined ? 'allowed' : `did you mean ${meant}? Allowed`;
  const place = path.length === 0 ? '' : ` in ${formatPath(path)}`;
  return `there is no key ${JSON.stringify(key)}${place}; ${hint}: ${allowed.join(', ')}`;
}

/** Why a text is none that is allowed; undefined where it is. */
function textFault(value: string, { enum: allowed, pattern, minLength = 0 }: Schema, path: Path): string | undefined {
  if (allowed !== undefined && !allowed.includes(value)) {
    const meant = nearest(value, allowed);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    return `${named(path)} must be one of ${allowed.join(', ')}, and this is ${JSON.stringify(value)}${hint}`;
  }
  if (value.length < minLength) return `${named(path)} is empty`;
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    return `${named(path)} = ${JSON.stringify(value)} does not match ${pattern}`;
  return undefined;
}
