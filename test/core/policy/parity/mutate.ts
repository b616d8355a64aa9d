import * as fc from 'fast-check';
import { type Json, type KubernetesObject, podTemplateOf, withPodTemplate } from '../../../../core/manifest';

/** Where a value stands below an object. */
type Path = readonly (string | number)[];

type Pool = ReadonlyMap<string, readonly Json[]>;

/** What the values under each key are, anywhere in the objects: a mutation takes another one that has been seen there. */
export function poolOf(objects: readonly KubernetesObject[]): Pool {
  const pool = new Map<string, Map<string, Json>>();
  const visit = (value: unknown, key: string): void => {
    const known = pool.get(key) ?? new Map<string, Json>();
    known.set(JSON.stringify(value), value as Json);
    pool.set(key, known);
    if (Array.isArray(value)) for (const element of value) visit(element, `${key}[]`);
    else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(value)) visit(member, name);
  };
  for (const object of objects) visit(object, '');
  return new Map([...pool].map(([key, values]) => [key, [...values.values()]]));
}

/**
 * One of the objects laid over one of the others that have its shape (so that what it is about stands among what has nothing to do with
 * it), with a few changes: fields dropped, nulled, emptied, given another value, or added from another object.
 */
export function mutant(
  objects: readonly KubernetesObject[],
  others: readonly KubernetesObject[],
  pool: Pool,
): fc.Arbitrary<KubernetesObject> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 2 });
  return fc
    .tuple(fc.constantFrom(...objects), fc.nat(), changes)
    .map(([object, under, each]) =>
      each.reduce(
        (changed, [where, how, which]) => change(changed, where, how, which, pool),
        overlay(object, alike(object, others, under)),
      ),
    );
}

/** Another object of the kind; itself where there is none. */
function alike(object: KubernetesObject, others: readonly KubernetesObject[], which: number): KubernetesObject {
  const same = others.filter(({ apiVersion, kind }) => kind === object.kind && apiVersion === object.apiVersion);
  return same[which % Math.max(same.length, 1)] ?? object;
}

/** The first over the second: mappings and lists are merged, by key and by index. */
function overlay<T>(over: T, under: unknown): T {
  if (Array.isArray(over)) {
    const rest = Array.isArray(under) ? under : [];
    return [...over.map((element, i) => overlay(element, rest[i])), ...rest.slice(over.length)] as T;
  }
  if (typeof over !== 'object' || over === null || typeof under !== 'object' || under === null) return over;
  const merged: Record<string, unknown> = structuredClone({ ...under });
  for (const [key, value] of Object.entries(over)) merged[key] = overlay(value, merged[key]);
  return merged as T;
}

function change(object: KubernetesObject, where: number, how: number, which: number, pool: Pool): KubernetesObject {
  const copy = structuredClone(object);
  const places = placesIn(copy).filter((path) => !untouched.has(path.join('.')));
  const path = places[where % places.length];
  if (path === undefined) return copy;
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => Reflect.get(node as object, step), copy) as object;
  const last = path.at(-1) as string | number;
  const key = typeof last === 'number' ? `${path.filter((step) => typeof step === 'string').at(-1)}[]` : last;
  const values = pool.get(key) ?? [];
  const current = Reflect.get(parent, last) as unknown;
  const ways: readonly (() => void)[] = [
    () => remove(parent, last),
    // The API server reads an amount that is null as 0: pod-valid refuses it.
    () => Reflect.set(parent, last, typeof last === 'number' || isAmount(path) ? current : null),
    () => Reflect.set(parent, last, emptyLike(current)),
    () => Reflect.set(parent, last, structuredClone(values[which % Math.max(values.length, 1)] ?? current)),
    () => Reflect.set(parent, last, structuredClone(values[which % Math.max(values.length, 1)] ?? current)),
    () => graft(current, which, pool),
  ];
  ways[how % ways.length]?.();
  return copy;
}

function isAmount(path: Path): boolean {
  return ['limits', 'requests'].includes(String(path.at(-2)));
}

const untouched = new Set(['apiVersion', 'kind', 'metadata', 'metadata.name', 'metadata.namespace', 'spec']);

function placesIn(value: unknown, at: Path = []): readonly Path[] {
  const below = Array.isArray(value)
    ? value.flatMap((element, i) => placesIn(element, [...at, i]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => placesIn(member, [...at, key]))
      : [];
  return at.length === 0 ? below : [at, ...below];
}

function remove(parent: object, key: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

function emptyLike(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value === 'object') return {};
  if (typeof value === 'number') return 0;
  return typeof value === 'boolean' ? !value : '';
}

/** Adds fields that such a mapping has elsewhere. */
function graft(mapping: unknown, which: number, pool: Pool): void {
  if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) return;
  const siblings = [...pool.values()].flat().filter((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return Object.keys(value).some((key) => Object.hasOwn(mapping, key));
  });
  const donor = siblings[which % Math.max(siblings.length, 1)];
  if (donor !== undefined) Object.assign(mapping, structuredClone({ ...(donor as object), ...mapping }));
}

/** The same object but for what no rule is about: the n-th of as many as one likes. */
export function varied(object: KubernetesObject, n: number): KubernetesObject {
  const template = podTemplateOf(object);
  const copy = {
    ...object,
    metadata: { ...object.metadata, annotations: { ...object.metadata?.annotations, n: `${n}` } },
  };
  if (template === undefined)
    return { ...copy, ...(object.kind === 'Namespace' && { spec: { finalizers: [`n/${n}`] } }) };
  const spec = { ...template.spec, hostname: `n${n}` };
  return withPodTemplate(copy, { ...template, spec });
}
