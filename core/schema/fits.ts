import type { KubernetesVersion } from '../cluster/version';
import type { KubernetesObject } from '../manifest/object';
import { enforced } from './enforced';
import type { FieldType, ScalarType, SchemaField } from './read';
import { scalars } from './scalars';
import { fieldHistory, fieldIn } from './schema';

/** What is deeper is not sure: the schema of a CustomResourceDefinition may be, and an object that holds itself. */
const MAX_DEPTH = 60;

/** A type, with all its parts in one place. */
interface Form {
  readonly type: FieldType['type'];
  /** Of a list or a map. */
  readonly of: Form | undefined;
  /** Of an object. */
  readonly definition: string;
  readonly version: KubernetesVersion;
  /** Of a scalar. */
  readonly values: readonly string[] | undefined;
  /** Of an object, from when it is first asked for. */
  shape: Shape | undefined;
}

interface Shape {
  readonly fields: ReadonlyMap<string, Form>;
  readonly required: readonly string[];
}

/** By version, the forms of objects by their definitions. */
const forms = new Map<KubernetesVersion, Map<string, Form>>();

/**
 * Whether an object surely has no fault by its schema. It says no where it does not know: most objects are right, and to find that out
 * needs no paths, no messages, and nothing that is made on the way.
 */
export function surelyFits(object: KubernetesObject, definition: string, version: KubernetesVersion): boolean {
  return fits(formOfDefinition(definition, version), object, 0);
}

function formOfDefinition(definition: string, version: KubernetesVersion): Form {
  let known = forms.get(version);
  if (known === undefined) {
    known = new Map();
    forms.set(version, known);
  }
  let form = known.get(definition);
  if (form === undefined) {
    form = { type: 'object', of: undefined, definition, version, values: undefined, shape: undefined };
    known.set(definition, form);
  }
  return form;
}

function formOf(type: FieldType, { values }: Pick<SchemaField, 'values'>, version: KubernetesVersion): Form {
  if (type.type === 'object') return formOfDefinition(type.definition, version);
  const of = type.type === 'list' || type.type === 'map' ? formOf(type.of, { values }, version) : undefined;
  return { type: type.type, of, definition: '', version, values, shape: undefined };
}

function shapeOf(form: Form): Shape {
  form.shape ??= readShape(form.definition, form.version);
  return form.shape;
}

function readShape(definition: string, version: KubernetesVersion): Shape {
  const fields = new Map<string, Form>();
  const required: string[] = [];
  const needed = enforced[definition];
  for (const [name, said] of fieldHistory(definition)) {
    const field = fieldIn(said, version);
    if (field === undefined) continue;
    fields.set(name, formOf(field.type, field, version));
    if (field.required && needed?.includes(name)) required.push(name);
  }
  return { fields, required };
}

/** One function for all: every node of every object comes here, and what is called most is made fast first. */
function fits(form: Form, value: unknown, depth: number): boolean {
  const { type } = form;
  if (type === 'string') return typeof value === 'string' && (form.values === undefined || form.values.includes(value));
  if (type !== 'object' && type !== 'list' && type !== 'map') return fitsScalar(type, form, value);
  if (typeof value !== 'object' || depth === MAX_DEPTH) return false;
  if (type === 'list') {
    if (!Array.isArray(value)) return false;
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (item !== null && item !== undefined && !fits(form.of as Form, item, depth + 1)) return false;
    }
    return true;
  }
  if (Array.isArray(value)) return false;
  const shape = type === 'map' ? undefined : shapeOf(form);
  const given = value as Readonly<Record<string, unknown>>;
  for (const name in given) {
    const item = given[name];
    if (item === undefined) continue;
    const below = shape === undefined ? form.of : shape.fields.get(name);
    if (below === undefined || (item !== null && !fits(below, item, depth + 1))) return false;
  }
  return shape === undefined || hasAll(given, shape.required);
}

function fitsScalar(type: ScalarType, { values }: Form, value: unknown): boolean {
  return values === undefined && scalars[type].decodes(value);
}

function hasAll(given: Readonly<Record<string, unknown>>, required: readonly string[]): boolean {
  for (let i = 0; i < required.length; i++) {
    const item = given[required[i] as string];
    if (item === undefined || item === null) return false;
  }
  return true;
}
