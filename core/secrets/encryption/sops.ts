import { lastApplied } from '../../manifest/last-applied';
import { isMapping } from '../../manifest/plain';
import type { SecretFault } from '../fault';

/**
 * A value as SOPS writes it: AES-256-GCM, with a nonce of 32 bytes and a tag of 16.
 * @see https://github.com/getsops/sops/blob/main/aes/cipher.go
 */
const encrypted =
  /^ENC\[AES256_GCM,data:[A-Za-z0-9+/]+={0,2},iv:[A-Za-z0-9+/]{43}=,tag:[A-Za-z0-9+/]{22}==,type:\w+\]$/;

/** Who can decrypt it: at least one of these lists has an entry. */
const keyServices = ['age', 'kms', 'gcp_kms', 'azure_kv', 'hc_vault', 'hckms', 'pgp', 'key_groups'] as const;

/** Whether SOPS has written the object. That all of it is encrypted is not said by that. */
export function isOfSops(object: object): boolean {
  return isMapping(object) && isMapping(object.sops);
}

/** Whether a value stands there as SOPS encrypts one. It leaves what is empty as it is. */
export function isEncryptedValue(value: unknown): boolean {
  return isEmptyValue(value) || (typeof value === 'string' && encrypted.test(value));
}

/** Nothing is no secret: who fills in the Secret later may write down which keys there will be. */
export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** The keys of a Secret whose values everybody can read. */
export function openKeys(secret: object, field: 'data' | 'stringData'): readonly string[] {
  const values = (secret as Readonly<Record<string, unknown>>)[field];
  if (!isMapping(values)) return [];
  const isOpen = isOfSops(secret)
    ? (value: unknown) => !isEncryptedValue(value)
    : (value: unknown) => !isEmptyValue(value);
  return Object.keys(values).filter((key) => isOpen(values[key]));
}

/** The keys of a Secret that stand open in what `kubectl apply` keeps of it. */
export function keysInLastApplied({ metadata }: Readonly<Record<string, unknown>>): readonly string[] {
  const annotations = isMapping(metadata) ? metadata.annotations : undefined;
  const text = isMapping(annotations) ? annotations[lastApplied] : undefined;
  if (typeof text !== 'string') return [];
  try {
    const applied: unknown = JSON.parse(text);
    return isMapping(applied) ? [...openKeys(applied, 'data'), ...openKeys(applied, 'stringData')] : [];
  } catch {
    return [];
  }
}

const encryptIt =
  "encrypt it: sops encrypt --in-place --encrypted-regex '^(data|stringData)$' <file>, and change what was written down";

/** What keeps a Secret from being one that SOPS has encrypted: everything, at once. Its values are in no message. */
export function sopsFaults(object: Readonly<Record<string, unknown>>): readonly SecretFault[] {
  const { sops } = object;
  if (!isMapping(sops))
    return [{ property: 'sops', message: 'the file is not encrypted: it has no `sops` block', remedy: encryptIt }];
  const faults: SecretFault[] = [];
  for (const field of ['data', 'stringData'] as const) {
    const values = object[field];
    if (values !== undefined && values !== null && !isMapping(values)) {
      faults.push({ property: field, message: `${field} is no mapping`, remedy: 'write it as key: value' });
      continue;
    }
    for (const key of openKeys(object, field)) {
      const rule = ruleOf(sops);
      const because = rule === undefined ? '' : `: ${rule} leaves it out`;
      const message = `the value of ${field}.${key} is not encrypted${because}`;
      faults.push({ property: `${field}.${key}`, message, remedy: encryptIt });
    }
  }
  const kept = keysInLastApplied(object);
  if (kept.length > 0) {
    const message = `the annotation ${lastApplied} holds ${kept.join(', ')} in the clear`;
    faults.push({ property: 'metadata.annotations', message, remedy: `remove it, and ${encryptIt}` });
  }
  if (typeof sops.mac !== 'string' || !encrypted.test(sops.mac)) {
    const message = 'it has no `sops.mac`: nobody could tell whether it was changed, and sops does not decrypt it';
    faults.push({ property: 'sops.mac', message, remedy: 'encrypt it again with sops' });
  }
  if (!keyServices.some((service) => Array.isArray(sops[service]) && sops[service].length > 0)) {
    const message = 'it names no key that it was encrypted for: nobody can decrypt it';
    faults.push({
      property: 'sops',
      message,
      remedy: `encrypt it for a key of ${keyServices.slice(0, -1).join(', ')}`,
    });
  }
  return faults;
}

/** How the file says what of it is encrypted, for messages. */
function ruleOf(sops: Readonly<Record<string, unknown>>): string | undefined {
  const names = ['encrypted_regex', 'encrypted_suffix', 'unencrypted_regex', 'unencrypted_suffix'] as const;
  const name = names.find((each) => typeof sops[each] === 'string');
  return name === undefined ? undefined : `${name} ${JSON.stringify(sops[name])}`;
}
