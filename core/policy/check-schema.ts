import type { ClusterTarget } from '../cluster/target';
import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath, valueAt } from '../manifest/path';
import { isPlaceholder } from '../manifest/placeholder';
import { unwritableValues } from '../manifest/yaml/unwritable';
import { type SchemaFault, schemaFaults } from '../schema';
import { isOfSops } from '../secrets/encryption/sops';
import type { Finding } from './finding';
import { ruleById } from './rules';

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
  const name = formatIdentity(identityOf(object));
  // An error that nobody waives says the same. Another may be waived, or weigh less, and the fault would be lost.
  const told = new Set(known.filter(isLasting).map(({ property }) => property));
  return faults.flatMap(({ cause: _, path, ...fault }) => {
    const property = formatPath(path);
    return told.has(property) ? [] : [{ rule: 'schema-valid', severity: 'error', object: name, property, ...fault }];
  });
}

function isLasting({ rule, severity }: Finding): boolean {
  return severity === 'error' && ruleById(rule)?.waivable === false;
}

/** What says in a patch what to do with the rest. */
const directive = /^\$(?:patch|retainKeys|setElementOrder\/.+|deleteFromPrimitiveList\/.+|\{.+)$/;

/** Without what may be right once it is applied: a patch leaves out what it does not change, and says what to take away; texts are filled in, or decrypted. */
function certainOf(object: KubernetesObject, faults: readonly SchemaFault[]): readonly SchemaFault[] {
  const ofSops = isOfSops(object);
  return faults.filter(({ cause, path }) => {
    if (cause === 'required') return false;
    if (cause === 'unknown')
      return !directive.test(String(path.at(-1))) && !(ofSops && path.length === 1 && path[0] === 'sops');
    const value = valueAt(object, path);
    return !isPlaceholder(value) && !(ofSops && typeof value === 'string' && value.startsWith('ENC['));
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
