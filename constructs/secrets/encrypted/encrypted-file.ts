import { readFileSync } from 'node:fs';
import { apiGroup, type KubernetesObject, readManifests } from '../../../core/manifest';
import { messageOf } from '../../../core/message-of';
import type { SecretFault } from '../../../core/secrets/fault';

/** A file with one object, as it stands on the disk. */
export interface EncryptedFile {
  /** All of it: what is written of it are the same bytes. */
  readonly text: string;
  /** Undefined where there is none that can be used. */
  readonly object: KubernetesObject | undefined;
  readonly faults: readonly SecretFault[];
}

/** Reads a file. What is wrong with it is in its faults, and nothing that stands in it. */
export function readEncryptedFile(file: string): EncryptedFile {
  const fault = (message: string, remedy: string): EncryptedFile => ({
    text: '',
    object: undefined,
    faults: [{ property: 'file', value: file, message, remedy }],
  });
  let text: string;
  try {
    // The byte order mark is kept, and what is no UTF-8 would not come out as it went in.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    return fault(
      `${file} cannot be read: ${messageOf(error)}`,
      'name a file, from the folder that the program runs in',
    );
  }
  const { documents, errors } = readManifests(text, { source: file });
  const [error] = errors;
  // The reason may quote what stands there.
  if (error !== undefined)
    return fault(
      `${file}:${error.line}:${error.column} is no Kubernetes object`,
      'give the file with the encrypted Secret',
    );
  const [document] = documents;
  if (document === undefined || documents.length > 1)
    return fault(
      `${file} holds ${documents.length} objects`,
      'give each Secret a file of its own: SOPS signs the whole of a file',
    );
  if (/^\s*\{/.test(text)) return fault(`${file} is JSON, and what is written is YAML`, 'encrypt it as YAML');
  const { object } = document;
  if (kindOf(object) !== undefined) return { text, object, faults: [] };
  return fault(
    isWhollyEncrypted(object)
      ? `${file} is encrypted from its kind on, so that nobody knows what it is`
      : `${file} holds a ${object.kind} (${object.apiVersion}), and neither a Secret nor a SealedSecret`,
    "encrypt a Secret with sops encrypt --encrypted-regex '^(data|stringData)$', or seal it with kubeseal",
  );
}

/** What a file of secrets can hold. */
export type EncryptedKind = 'sops' | 'sealed-secret';

/** What the object is; undefined for something else. */
export function kindOf({ apiVersion, kind }: KubernetesObject): EncryptedKind | undefined {
  if (apiVersion === 'v1' && kind === 'Secret') return 'sops';
  return apiGroup(apiVersion) === 'bitnami.com' && kind === 'SealedSecret' ? 'sealed-secret' : undefined;
}

function isWhollyEncrypted({ kind }: KubernetesObject): boolean {
  return kind.startsWith('ENC[');
}
