import { isWildcardPath } from '../vault/path';
import { placeName, trimSlashes } from './lookup';
import type { NamedSecret, ReadingFlag, SecretName } from './reading';

/** The parts of a named secret beside its name; what is undefined is left out. */
export interface NamedParts {
  readonly key?: string | undefined;
  readonly gives?: string | undefined;
  readonly role?: string | undefined;
  readonly flag?: ReadingFlag | undefined;
}

/** A secret with those of its parts that there are. */
export function named(secret: SecretName, { key, gives, role, flag }: NamedParts = {}): NamedSecret {
  return {
    secret,
    ...(key !== undefined && { key }),
    ...(gives !== undefined && { gives }),
    ...(role !== undefined && { role }),
    ...(flag !== undefined && { flag }),
  };
}

/** A Secret of the cluster. */
export function kubernetesSecret(namespace: string | undefined, name: string): SecretName {
  return { store: 'kubernetes', name: placeName(namespace, name) };
}

/** Why a name with a wildcard in it is flagged. */
export const manySecrets = 'the path stands for many secrets: name each of them';

/**
 * A secret of Vault, or of OpenBao, by the path of the API.
 * @param path - arguments behind a question mark are no part of its name
 * @param namespace - of Vault Enterprise
 */
export function vaultSecret(path: string, parts: NamedParts = {}, namespace?: string): NamedSecret {
  const inNamespace = trimSlashes(path.replace(/\?.*$/s, ''));
  const name = namespace === undefined ? inNamespace : `${trimSlashes(namespace)}/${inNamespace}`;
  const flag: ReadingFlag | undefined = isWildcardPath(name) ? { kind: 'wildcard', message: manySecrets } : parts.flag;
  return named({ store: 'vault', name }, { ...parts, flag });
}

/** Secrets of a store that nothing here names. */
export function unknownSecret(store: string, message: string, parts: NamedParts = {}): NamedSecret {
  return named({ store, name: '*' }, { ...parts, flag: { kind: 'unknown', message } });
}

/** Secrets that are asked for by something else than their names. */
export function anySecret(store: string, message: string, parts: NamedParts = {}): NamedSecret {
  return named({ store, name: '*' }, { ...parts, flag: { kind: 'wildcard', message } });
}
