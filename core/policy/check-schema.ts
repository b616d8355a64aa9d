import type { ClusterTarget } from '../cluster/target';
import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath } from '../manifest/path';
import { unwritableValues } from '../manifest/yaml/unwritable';
import { schemaFaults } from '../schema';
import type { Finding } from './finding';

/**
 * What the API server's strict decoding would refuse, in an object of a kind of its own. Asked of what no types have checked: raw
 * patches, and objects of other libraries.
 * @param known what other checks have found in the object: a property that is refused for its value, or that the target lacks, is
 *   reported once
 */
export function checkSchema(
  object: KubernetesObject,
  target: ClusterTarget,
  known: readonly Finding[],
): readonly Finding[] {
  const faults = schemaFaults(object, target.version);
  if (faults.length === 0) return [];
  const reported = new Set(known.map(({ property }) => property));
  return faults
    .map(({ cause: _, path, ...fault }) => ({ ...fault, property: formatPath(path) }))
    .filter(({ property }) => !reported.has(property))
    .map((fault) => ({
      rule: 'schema-valid',
      severity: 'error',
      object: formatIdentity(identityOf(object)),
      ...fault,
    }));
}

/** Every value of an object that YAML cannot hold. */
export function checkPlainData(object: KubernetesObject): readonly Finding[] {
  return unwritableValues(object).map(({ path, fault }) => ({
    rule: 'plain-data',
    severity: 'error',
    object: formatIdentity(identityOf(object)),
    property: formatPath(path),
    message: `YAML cannot hold this value: ${fault}`,
    remedy: 'give plain data',
  }));
}
