import type { KubernetesVersion } from '../cluster/version';
import { editDistance } from '../edit-distance';
import { fieldsOf } from './schema';

const longestName = 100;

/** The field of a definition that a name was most likely meant for; undefined where none is near. */
export function nearestField(name: string, definition: string, version: KubernetesVersion): string | undefined {
  if (name.length > longestName) return undefined;
  const plain = name.toLowerCase().replace(/[-_ ]/g, '');
  let best: string | undefined;
  let least = Math.max(1, Math.floor(plain.length / 3)) + 1;
  for (const field of fieldsOf(definition, version)) {
    const distance = editDistance(plain, field.name.toLowerCase());
    if (distance >= least) continue;
    least = distance;
    best = field.name;
  }
  return best;
}

/** The field of a definition whose object has a field of that name: `securityContext` of a container for `runAsUser`. */
export function ownerOf(name: string, definition: string, version: KubernetesVersion): string | undefined {
  return fieldsOf(definition, version).find(
    ({ type }) => type.type === 'object' && fieldsOf(type.definition, version).some((below) => below.name === name),
  )?.name;
}
