import type { Identity } from './identity';
import type { KubernetesObject } from './object';

/**
 * What each object cannot exist without: the Namespace that it is in and the definition of its kind, as positions, where they are among
 * the objects.
 */
export function homesOf(
  objects: readonly KubernetesObject[],
  identities: readonly Identity[],
): readonly (readonly number[])[] {
  const namespaces = new Map<string, number>();
  const definitions = new Map<string, number>();
  identities.forEach(({ group, kind, name }, position) => {
    if (group === '' && kind === 'Namespace') namespaces.set(name, position);
    if (kind === 'CustomResourceDefinition') definitions.set(definedKind(objects[position]?.spec), position);
  });
  return identities.map(({ group, kind, namespace }, position) =>
    [namespaces.get(namespace ?? ''), definitions.get(`${group}/${kind}`)].filter(
      (home): home is number => home !== undefined && home !== position,
    ),
  );
}

function definedKind(spec: unknown): string {
  const { group, names } = (spec ?? {}) as { readonly group?: string; readonly names?: { readonly kind?: string } };
  return `${group}/${names?.kind}`;
}
