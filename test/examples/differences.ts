/** What differs between two sets of objects, field by field. */
import type { KubernetesObject } from '../../core/manifest';

/** What the first set has and what the second has; undefined where it has nothing. */
export type Pair = readonly [unknown, unknown];

/** What differs: field (or the kind of objects that one side lacks) -> `<kind> <name>` -> what each side has. */
export type Differences = Readonly<Record<string, Readonly<Record<string, Pair>>>>;

/** What is compared as one value: a label more or less is no field of its own. */
const WHOLE = new Set(['labels', 'annotations', 'selector', 'podSelector', 'policyTypes', 'ingress', 'egress']);

/**
 * Everything that differs between objects of one kind and name, and the objects that only one side has. Elements of a list are
 * compared by their place and written as `list[].field`; what is below a pod template is written as `pod.…`.
 */
export function differencesBetween(
  first: readonly KubernetesObject[],
  second: readonly KubernetesObject[],
): Differences {
  const found: Record<string, Record<string, Pair>> = {};
  const note = (field: string, object: string, pair: Pair): void => {
    const noted = found[field] ?? {};
    found[field] = noted;
    // The second container of one pod, say, must not hide the first.
    const key =
      object in noted
        ? `${object} (${Object.keys(noted).filter((name) => name.startsWith(object)).length + 1})`
        : object;
    noted[key] = pair;
  };
  const compare = (a: unknown, b: unknown, path: readonly string[], object: string): void => {
    if (isRecord(a) && isRecord(b) && !WHOLE.has(path.at(-1) ?? '')) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
        compare(a[key], b[key], [...path, key], object);
    } else if (Array.isArray(a) && Array.isArray(b) && !WHOLE.has(path.at(-1) ?? '')) {
      for (let i = 0; i < Math.max(a.length, b.length); i++) compare(a[i], b[i], [...path, '[]'], object);
    } else if (JSON.stringify(a) !== JSON.stringify(b)) {
      note(fieldName(path), object, [a, b]);
    }
  };
  const [left, right] = [byIdentity(first), byIdentity(second)];
  for (const identity of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(identity), right.get(identity)];
    if (a && b) compare(a, b, [], identity);
    else note((a ?? b)?.kind ?? '', identity, [a && 'there', b && 'there']);
  }
  return found;
}

function fieldName(path: readonly string[]): string {
  return path
    .join('.')
    .replaceAll('.[]', '[]')
    .replace(/^spec\.template\./, 'pod.');
}

function byIdentity(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(objects.map((object) => [`${object.kind} ${object.metadata?.name}`, object]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
