import type { Json } from '../object';
import { formatPath, type Path } from '../path';
import { isAbsent, isMapping } from '../plain';

/** An object that a document holds, and where. */
export interface Found {
  readonly path: Path;
  readonly value: Json;
}

/** A `List`, or a typed list such as PodList, stands for its items; those of a typed list need no kind of their own. */
export function flatten(value: Json, path: Path): readonly Found[] {
  if (value === null) return [];
  if (!isMapping(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List') || !isList(value.items))
    return [{ path, value }];
  const { apiVersion = null, items } = value;
  const kind = value.kind.slice(0, -'List'.length);
  return items.flatMap((item, index) => {
    const typed = kind !== '' && isMapping(item) && item.kind === undefined ? { apiVersion, kind, ...item } : item;
    return flatten(typed, [...path, 'items', index]);
  });
}

/** Why a value is no Kubernetes object. */
export interface ObjectFault {
  /** Where, in the value. */
  readonly at: Path;
  readonly reason: string;
}

/** What keeps a value from being a Kubernetes object; nothing if it is one. */
export function objectFaults(value: Json): readonly ObjectFault[] {
  if (isWellFormed(value)) return NO_FAULTS;
  if (!isMapping(value)) return [{ at: [], reason: `a Kubernetes object is a mapping, and this is ${nameOf(value)}` }];
  return [...requiredFaults(value), ...metadataFaults(value.metadata)];
}

const NO_FAULTS: readonly ObjectFault[] = [];

/** The answer for nearly every object, without a look at what could be wrong. */
function isWellFormed(value: Json): boolean {
  if (!isMapping(value) || !isFilled(value.apiVersion) || !isFilled(value.kind)) return false;
  const { metadata } = value;
  if (isAbsent(metadata)) return true;
  if (!isMapping(metadata)) return false;
  const { name, generateName, namespace, labels, annotations } = metadata;
  return isText(name) && isText(generateName) && isText(namespace) && holdsTexts(labels) && holdsTexts(annotations);
}

function isFilled(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' || isAbsent(value);
}

function holdsTexts(value: Json | undefined): boolean {
  if (isAbsent(value)) return true;
  if (!isMapping(value)) return false;
  for (const key in value) if (!isText(value[key])) return false;
  return true;
}

/** Whether a document says nothing of Kubernetes: it has no apiVersion, and no kind but such as the values of a chart have. */
export function isForeign(value: Json): boolean {
  return (
    !isMapping(value) || (value.apiVersion === undefined && (value.kind === undefined || value.metadata === undefined))
  );
}

const REQUIRED: readonly string[] = ['apiVersion', 'kind'];

function requiredFaults(value: { readonly [key: string]: Json }): readonly ObjectFault[] {
  const missing = REQUIRED.filter((field) => value[field] === undefined);
  const wrong = REQUIRED.filter(
    (field) => value[field] !== undefined && (typeof value[field] !== 'string' || value[field] === ''),
  );
  const reason = `a Kubernetes object has apiVersion and kind, and this has no ${missing.join(' and no ')}`;
  return [
    ...(missing.length === 0 ? [] : [{ at: [], reason }]),
    ...wrong.map((field) => fault([field], 'text', value[field])),
  ];
}

/** What every Kubernetes object has in common is checked here, because everything else relies on it. */
function metadataFaults(metadata: Json | undefined): readonly ObjectFault[] {
  if (isAbsent(metadata)) return [];
  if (!isMapping(metadata)) return [fault(['metadata'], 'mapping', metadata)];
  return [
    ...['name', 'generateName', 'namespace'].flatMap((field) => textFaults(['metadata', field], metadata[field])),
    ...['labels', 'annotations'].flatMap((field) => textMapFaults(['metadata', field], metadata[field])),
  ];
}

function textMapFaults(at: Path, map: Json | undefined): readonly ObjectFault[] {
  if (isAbsent(map)) return [];
  if (!isMapping(map)) return [fault(at, 'mapping', map)];
  return Object.entries(map).flatMap(([key, entry]) => textFaults([...at, key], entry));
}

function textFaults(at: Path, value: Json | undefined): readonly ObjectFault[] {
  return isAbsent(value) || typeof value === 'string' ? [] : [fault(at, 'text', value)];
}

function fault(at: Path, wanted: string, found: Json | undefined): ObjectFault {
  return { at, reason: `${formatPath(at)} must be a ${wanted}, and this is ${nameOf(found ?? null)}` };
}

function nameOf(value: Json): string {
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return value === '' ? 'empty' : 'a text';
  return `the ${typeof value} ${value}: put it in quotes`;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
