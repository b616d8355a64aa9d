import type { Json } from '../object';
import { formatPath, type Path } from '../path';

/** An object that a document holds, and where. */
export interface Found {
  readonly path: Path;
  readonly value: Json;
}

/** A `List`, or a typed list such as PodList, stands for its items; those of a typed list need no kind of their own. */
export function* flatten(value: Json, path: Path): Generator<Found, void, undefined> {
  if (value === null) return;
  if (!isMapping(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List') || !isList(value.items)) {
    yield { path, value };
    return;
  }
  const { apiVersion = null, items } = value;
  const kind = value.kind.slice(0, -'List'.length);
  for (const [index, item] of items.entries()) {
    const typed = kind !== '' && isMapping(item) && item.kind === undefined ? { apiVersion, kind, ...item } : item;
    yield* flatten(typed, [...path, 'items', index]);
  }
}

/** Why a value is no Kubernetes object. */
export interface ObjectFault {
  /** Where, in the value. */
  readonly at: Path;
  readonly reason: string;
}

/** What keeps a value from being a Kubernetes object; nothing if it is one. */
export function objectFaults(value: Json): readonly ObjectFault[] {
  if (!isMapping(value)) return [{ at: [], reason: `a Kubernetes object is a mapping, and this is ${nameOf(value)}` }];
  return [...requiredFaults(value), ...metadataFaults(value.metadata)];
}

function requiredFaults(value: { readonly [key: string]: Json }): readonly ObjectFault[] {
  const missing = REQUIRED.filter((field) => value[field] === undefined);
  const wrong = REQUIRED.filter(
    (field) => !missing.includes(field) && (typeof value[field] !== 'string' || value[field] === ''),
  );
  const absent: ObjectFault[] =
    missing.length === 0
      ? []
      : [
          {
            at: [],
            reason: `a Kubernetes object has apiVersion and kind, and this has no ${missing.join(' and no ')}`,
          },
        ];
  return [...absent, ...wrong.map((field) => textFault([field], value[field]))];
}

const REQUIRED: readonly string[] = ['apiVersion', 'kind'];

function textFault(at: Path, found: Json | undefined): ObjectFault {
  return { at, reason: `${formatPath(at)} must be a text, and this is ${nameOf(found ?? null)}` };
}

/** What every Kubernetes object has in common is checked here, because everything else relies on it. */
function metadataFaults(metadata: Json | undefined): readonly ObjectFault[] {
  if (metadata === undefined || metadata === null) return [];
  if (!isMapping(metadata))
    return [{ at: ['metadata'], reason: `metadata must be a mapping, and this is ${nameOf(metadata)}` }];
  const texts = ['name', 'generateName', 'namespace'].map((field): readonly [Path, Json | undefined] => [
    ['metadata', field],
    metadata[field],
  ]);
  const maps = ['labels', 'annotations'].flatMap((field): (readonly [Path, Json | undefined])[] => {
    const map = metadata[field];
    if (isMapping(map)) return Object.entries(map).map(([key, entry]) => [['metadata', field, key], entry]);
    return map === undefined || map === null ? [] : [[['metadata', field], map]];
  });
  return [...texts, ...maps]
    .filter(([, entry]) => entry !== undefined && entry !== null && typeof entry !== 'string')
    .map(([at, entry]) => textFault(at, entry));
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

function isMapping(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
