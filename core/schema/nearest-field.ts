import type { KubernetesVersion } from '../cluster/version';
import { closest, editDistance } from '../edit-distance';
import { fieldsOf } from './schema';

const longestName = 100;

/** The field of a definition that a name was most likely meant for; undefined where none is near. */
export function nearestField(name: string, definition: string, version: KubernetesVersion): string | undefined {
  if (name.length > longestName) return undefined;
  const plain = name.toLowerCase().replace(/[-_ ]/g, '');
  const reach = Math.max(1, Math.floor(plain.length / 3));
  const distanceTo = (field: { readonly name: string }) => editDistance(plain, field.name.toLowerCase());
  return closest(fieldsOf(definition, version), distanceTo, reach)?.name;
}

/** The field of a definition whose object has a field of that name: `securityContext` of a container for `runAsUser`. */
export function ownerOf(name: string, definition: string, version: KubernetesVersion): string | undefined {
  return fieldsOf(definition, version).find(
    ({ type }) => type.type === 'object' && fieldsOf(type.definition, version).some((below) => below.name === name),
  )?.name;
}
