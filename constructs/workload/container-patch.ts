import type { KubernetesObject, Patch } from '../../core/manifest';
import { isMapping } from '../../core/manifest/plain';
import type { PodSpec } from '../../core/manifest/pod';
import { nearest } from '../../core/nearest';
import type { DeclarationFault } from '../app/declaration';

type Fields = Readonly<Record<string, unknown>>;

const lists = ['initContainers', 'containers'] as const;

/** The names of a pod's containers. */
export function containerNames(spec: PodSpec): readonly string[] {
  return lists.flatMap((list) => (spec[list] ?? []).map(({ name }) => name));
}

/** A patch without what it says of containers that are not there, and a fault for each of these. */
export interface CheckedPatch<T> {
  readonly patch: T;
  readonly faults: readonly DeclarationFault[];
  /** The containers that it adds. */
  readonly added: readonly string[];
}

/** What something that is no mapping is, without what it says. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** What is wrong with a patch that is none: of a list or a text nothing can be merged. What it says is shown to nobody. */
export function patchFormFaults(what: string, patch: unknown): readonly DeclarationFault[] {
  if (isMapping(patch)) return [];
  const remedy = `give the fields that change: { spec: { … } }`;
  return [{ rule: 'patch-valid', property: `patch of ${what}`, message: `${kindOf(patch)} is no patch`, remedy }];
}

/**
 * Takes from a patch of a pod spec what names a container that the pod does not have: it would add one, without an image and with nothing
 * hardened, and each rule would say so. A patch that brings an image means to add a container, and may.
 */
export function checkContainerPatch(patch: Patch<PodSpec>, known: readonly string[]): CheckedPatch<Patch<PodSpec>> {
  const faults: DeclarationFault[] = [];
  const added: string[] = [];
  const changes: Record<string, unknown> = {};
  for (const list of lists) {
    const given: unknown = (patch as Fields | undefined)?.[list];
    // Without names the list is replaced as a whole, which is judged like any other pod.
    if (!Array.isArray(given) || !given.every((item) => isMapping(item) && typeof item.name === 'string')) continue;
    const isThere = (item: Fields & { readonly name: string }) => {
      if (known.includes(item.name)) return true;
      if (item.image !== undefined && item.image !== null) {
        added.push(item.name);
        return true;
      }
      faults.push(unknownContainer(list, item.name, known));
      return false;
    };
    const kept = given.filter(isThere);
    if (kept.length < given.length) changes[list] = kept;
  }
  return { patch: faults.length === 0 ? patch : { ...patch, ...changes }, faults, added };
}

/** The same for a patch of the object that holds the pod spec. */
export function checkObjectPatch(
  patch: Patch<KubernetesObject>,
  path: readonly string[],
  known: readonly string[],
): CheckedPatch<Patch<KubernetesObject>> {
  let checked: CheckedPatch<unknown> = { patch, faults: [], added: [] };
  const replaced = replaceAt(patch, path, (spec) => {
    checked = checkContainerPatch(spec as Patch<PodSpec>, known);
    return checked.patch;
  });
  return { ...checked, patch: replaced as Patch<KubernetesObject> };
}

function replaceAt(value: unknown, path: readonly string[], replace: (value: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (!isMapping(value)) return value;
  return first === undefined
    ? replace(value)
    : first in value
      ? { ...value, [first]: replaceAt(value[first], rest, replace) }
      : value;
}

function unknownContainer(list: (typeof lists)[number], name: string, known: readonly string[]): DeclarationFault {
  const meant = nearest(name, known);
  return {
    rule: 'patch-valid',
    property: `patch of ${list}`,
    value: name,
    message: `no container ${name} in the pod${meant === undefined ? '' : `: did you mean ${meant}?`}`,
    remedy: `it has ${known.join(', ')}; to add a container, declare it in the props containers, sidecars or initContainers`,
  };
}
