import { mappingOf } from '../../manifest/plain';
import type { SecretFault } from '../fault';

/**
 * Where a SealedSecret can be unsealed: under its own name in its own namespace, under any name there, or anywhere in the cluster.
 * @see https://github.com/bitnami-labs/sealed-secrets#scopes
 */
export const sealingScopes = ['strict', 'namespace-wide', 'cluster-wide'] as const;

export type SealingScope = (typeof sealingScopes)[number];

export const sealedSecretApiVersion = 'bitnami.com/v1alpha1';

type Mapping = Readonly<Record<string, unknown>>;

/** As the controller reads it: the wider of its annotations counts. */
export function sealingScopeOf({ metadata }: Mapping): SealingScope {
  const annotations = mappingOf(mappingOf(metadata).annotations);
  if (annotations['sealedsecrets.bitnami.com/cluster-wide'] === 'true') return 'cluster-wide';
  return annotations['sealedsecrets.bitnami.com/namespace-wide'] === 'true' ? 'namespace-wide' : 'strict';
}

/** The keys of the Secret that it becomes. */
export function sealedKeys({ spec }: Mapping): readonly string[] {
  const { encryptedData, template } = mappingOf(spec);
  return [...new Set([...Object.keys(mappingOf(encryptedData)), ...Object.keys(mappingOf(mappingOf(template).data))])];
}

const sealIt = 'seal it: kubeseal --format yaml < secret.yaml, and change what was written down';

/** What keeps a SealedSecret from being sealed, or from being unsealed as it is meant: everything, at once. */
export function sealedSecretFaults(object: Mapping, scope: SealingScope): readonly SecretFault[] {
  const spec = mappingOf(object.spec);
  const faults: SecretFault[] = [];
  const values = mappingOf(spec.encryptedData);
  if (Object.keys(values).length === 0)
    faults.push({ property: 'spec.encryptedData', message: 'it holds nothing that is encrypted', remedy: sealIt });
  for (const [key, value] of Object.entries(values))
    if (!isSealed(value)) {
      const message = `the value of spec.encryptedData.${key} is not what kubeseal writes`;
      faults.push({ property: `spec.encryptedData.${key}`, message, remedy: sealIt });
    }
  for (const field of ['data', 'stringData'] as const)
    if (object[field] !== undefined)
      faults.push({ property: field, message: `it has ${field} in the clear beside what is sealed`, remedy: sealIt });
  const template = mappingOf(mappingOf(spec.template).data);
  for (const [key, value] of Object.entries(template))
    if (typeof value !== 'string' || (value !== '' && !isTemplate(value, Object.keys(values)))) {
      const message = `spec.template.data.${key} stands in the clear: it names none of the sealed values, or others, or writes texts in its actions`;
      const remedy = 'seal it as well, or put what is no secret into a ConfigMap';
      faults.push({ property: `spec.template.data.${key}`, message, remedy });
    }
  const found = sealingScopeOf(object);
  if (found !== scope) {
    const message = `it is sealed ${found}, and ${scope} was asked for`;
    const remedy = `seal it with --scope ${scope}, or say scope: '${found}' if that is meant`;
    faults.push({ property: 'scope', value: found, message, remedy });
  }
  return faults;
}

const action = /\{\{(.*?)\}\}/gs;
const literal = /"(?:[^"\\]|\\.)*"|`[^`]*`|'[^']*'/g;
/** So many letters and digits may stand in the texts of a template that are no names of fields: signs to separate, a `\n`. */
const FEW = 4;
/** What a template can write beside fields: a comment, a number of some length. */
const written = /^-?\s*\/\*|(?<![\w.])\d{4,}/;
const fieldName = /(?<![\w)\]])\.([A-Za-z_]\w*)/g;

/** Whether a text prints a field, and its actions hold no text but names of fields, and signs to separate or to replace. */
function isTemplate(text: string, fields: readonly string[]): boolean {
  const actions = [...text.matchAll(action)].map(([, inner = '']) => inner);
  const isHarmless = (written: string): boolean =>
    fields.includes(written.slice(1, -1)) || !/[A-Za-z0-9]{3}/.test(written);
  const code = actions.map((inner) => inner.replace(literal, ' '));
  const others = actions
    .flatMap((inner) => inner.match(literal) ?? [])
    .filter((each) => !fields.includes(each.slice(1, -1)));
  if (others.join('').replace(/[^A-Za-z0-9]/g, '').length > FEW || code.some((inner) => written.test(inner)))
    return false;
  if (code.some((inner) => [...inner.matchAll(fieldName)].some(([, name = '']) => !fields.includes(name))))
    return false;
  return (
    actions.some((inner) => /(?:^|[\s(])\.[A-Za-z_]|\bindex\s+\./.test(inner)) &&
    actions.every((inner) => (inner.match(literal) ?? []).every(isHarmless))
  );
}

/**
 * Whether a value stands there as kubeseal writes one: the length of an RSA ciphertext in two bytes, that ciphertext, and what AES-GCM made with the key in it, which has a tag of 16 bytes.
 * @see https://github.com/bitnami-labs/sealed-secrets/blob/main/pkg/crypto/crypto.go
 */
export function isSealed(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(value) || value.length % 4 !== 0) return false;
  const length = (value.length / 4) * 3 - (value.length - value.replace(/=+$/, '').length);
  const start = sextets(value.slice(0, 3));
  // Three sextets are the two bytes, and two bits of the third.
  const rsa = start >> 2;
  return rsa >= 256 && rsa <= 2048 && length >= 2 + rsa + 16;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function sextets(text: string): number {
  return [...text].reduce((sum, sign) => sum * 64 + alphabet.indexOf(sign), 0);
}
