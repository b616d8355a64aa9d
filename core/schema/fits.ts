import type { KubernetesVersion } from '../cluster/version';
import type { KubernetesObject } from '../manifest/object';
import { enforced } from './enforced';
import type { FieldType, SchemaField } from './read';
import { scalars } from './scalars';
import { fieldHistory, fieldIn } from './schema';

/** Deeper than any object of Kubernetes' own, but for the schema of a CustomResourceDefinition. */
const MAX_DEPTH = 60;

/** Whether a value, which is neither null nor undefined, is surely right. */
type Fit = (value: unknown, depth: number) => boolean;

interface Shape {
  readonly fields: ReadonlyMap<string, Fit>;
  readonly required: readonly string[];
}

const shapes = new Map<KubernetesVersion, Map<string, Shape>>();

/**
 * Whether an object surely has no fault by its schema. It says no where it does not know: most objects are right, and to find that out
 * needs no paths, no messages, and nothing that is made on the way.
 */
export function surelyFits(object: KubernetesObject, definition: string, version: KubernetesVersion): boolean {
  return fitsShape(shapeOf(definition, version), object, 0);
}

function shapeOf(definition: string, version: KubernetesVersion): Shape {
  let ofVersion = shapes.get(version);
  if (ofVersion === undefined) {
    ofVersion = new Map();
    shapes.set(version, ofVersion);
  }
  let shape = ofVersion.get(definition);
  if (shape === undefined) {
    shape = readShape(definition, version);
    ofVersion.set(definition, shape);
  }
  return shape;
}

function readShape(definition: string, version: KubernetesVersion): Shape {
  const fields = new Map<string, Fit>();
  const required: string[] = [];
  const needed = enforced[definition] ?? [];
  for (const [name, said] of fieldHistory(definition)) {
    const field = fieldIn(said, version);
    if (field === undefined) continue;
    fields.set(name, fitOf(field.type, field, version));
    if (field.required && needed.includes(name)) required.push(name);
  }
  return { fields, required };
}

function fitOf(type: FieldType, field: SchemaField, version: KubernetesVersion): Fit {
  if (type.type === 'object') {
    const { definition } = type;
    let shape: Shape | undefined;
    return (value, depth) => {
      shape ??= shapeOf(definition, version);
      return fitsShape(shape, value, depth);
    };
  }
  if (type.type === 'list') {
    const fits = fitOf(type.of, field, version);
    return (value, depth) => Array.isArray(value) && depth < MAX_DEPTH && fitsList(value, fits, depth + 1);
  }
  if (type.type === 'map') {
    const fits = fitOf(type.of, field, version);
    return (value, depth) =>
      typeof value === 'object' &&
      !Array.isArray(value) &&
      depth < MAX_DEPTH &&
      fitsMap(value as object, fits, depth + 1);
  }
  const { decodes } = scalars[type.type];
  const { values } = field;
  return values === undefined ? decodes : (value) => typeof value === 'string' && values.includes(value);
}

function fitsShape({ fields, required }: Shape, value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || Array.isArray(value) || depth >= MAX_DEPTH) return false;
  const given = value as Readonly<Record<string, unknown>>;
  for (const name in given) {
    const item = given[name];
    if (item === undefined) continue;
    const fits = fields.get(name);
    if (fits === undefined || (item !== null && !fits(item, depth + 1))) return false;
  }
  for (let i = 0; i < required.length; i++) {
    const item = given[required[i] as string];
    if (item === undefined || item === null) return false;
  }
  return true;
}

function fitsList(list: readonly unknown[], fits: Fit, depth: number): boolean {
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (item !== null && item !== undefined && !fits(item, depth)) return false;
  }
  return true;
}

function fitsMap(map: object, fits: Fit, depth: number): boolean {
  for (const key in map) {
    const item = (map as Readonly<Record<string, unknown>>)[key];
    if (item !== null && item !== undefined && !fits(item, depth)) return false;
  }
  return true;
}
