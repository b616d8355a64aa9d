import type { KubernetesVersion } from '../cluster/version';
import { closest, editDistance } from '../edit-distance';
import { fieldHistory, fieldsOf } from './schema';

const longestName = 100;

/** The field of a definition that a name was most likely meant for; undefined where none is near. */
export function nearestField(name: string, definition: string, version: KubernetesVersion): string | undefined {
  if (name.length > longestName) return undefined;
  const plain = name.toLowerCase().replace(/[-_ ]/g, '');
  const reach = Math.max(1, Math.floor(plain.length / 3));
  const distanceTo = (field: { readonly name: string }) => editDistance(plain, field.name.toLowerCase());
  return closest(fieldsOf(definition, version), distanceTo, reach)?.name;
}

/** What a container and its pod have is easily taken for the other's. */
const counterparts: Readonly<Record<string, { readonly definition: string; readonly whose: string }>> = {
  'core.v1.PodSecurityContext': { definition: 'core.v1.SecurityContext', whose: "each container's securityContext" },
  'core.v1.SecurityContext': { definition: 'core.v1.PodSecurityContext', whose: "the pod's securityContext" },
};

/**
 * Whose field of that name was meant: that of an object below, as `securityContext` of a container for `runAsUser`, or of the other security
 * context.
 */
export function ownerOf(name: string, definition: string, version: KubernetesVersion): string | undefined {
  const below = fieldsOf(definition, version).find(
    ({ type }) => type.type === 'object' && fieldsOf(type.definition, version).some((field) => field.name === name),
  );
  const other = counterparts[definition];
  return below?.name ?? (other && fieldHistory(other.definition).has(name) ? other.whose : undefined);
}
