import type { ClusterTarget } from '../cluster/target';
import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath, valueAt } from '../manifest/path';
import { unwritableValues } from '../manifest/yaml/unwritable';
import { type SchemaFault, schemaFaults } from '../schema';
import { isOfSops } from '../secrets/encryption/sops';
import type { Finding } from './finding';

const none: readonly never[] = [];

/**
 * What the API server's strict decoding would refuse, in an object of a kind of its own. Of what constructs wrote it is asked where no types
 * have checked it: raw patches, and objects of other libraries.
 * @param known what other checks have found in the object: a property that is refused for its value, or that the target lacks, is
 *   reported once
 * @param isWhole whether the object is what will be applied: what others wrote may be a patch, encrypted, or filled in later
 */
export function checkSchema(
  object: KubernetesObject,
  target: ClusterTarget,
  known: readonly Finding[],
  isWhole = false,
): readonly Finding[] {
  const found = schemaFaults(object, target.version);
  if (found.length === 0) return none;
  const faults = isWhole ? found : certainOf(object, found);
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

/** What Flux, Helm and envsubst put something in place of. */
const placeholder = /\$\{|\{\{/;

/** Without what may be right once it is applied: a patch leaves out what it does not change, and says what to take away; texts may be filled in. */
function certainOf(object: KubernetesObject, faults: readonly SchemaFault[]): readonly SchemaFault[] {
  if (isOfSops(object)) return none;
  return faults.filter(({ cause, path }) => {
    if (cause === 'required') return false;
    if (cause === 'unknown') return !String(path.at(-1)).startsWith('$');
    const value = valueAt(object, path);
    return typeof value !== 'string' || !placeholder.test(value);
  });
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
