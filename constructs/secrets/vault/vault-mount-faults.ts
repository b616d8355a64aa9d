import { secretInClearText } from '../../../core/policy';
import { durationSeconds } from '../../../core/secrets/duration';
import type { SecretFault } from '../../../core/secrets/fault';
import {
  defaultMaxTtl,
  type VaultDeliveryId,
  type VaultServer,
  vaultDeliveryIds,
} from '../../../core/secrets/vault/server';
import { fieldsOf, type VaultSource } from '../../../core/secrets/vault/source';
import { contentFaults, filePathFaults, type MountedFile, modeFaults } from '../file-faults';
import type { VaultMountOptions } from './vault-secret-mount';

/** What is wrong with the files of a mount, wherever it is mounted. */
export function fileFaults(
  source: VaultSource | undefined,
  files: readonly MountedFile[],
  { mode, fields }: VaultMountOptions & { readonly fields?: readonly string[] },
): readonly SecretFault[] {
  const known = fields ?? (source && fieldsOf(source));
  return [
    ...(files.length === 0 && source?.kind === 'pki' ? [noFiles] : []),
    ...files.flatMap((file) => [...filePathFaults(file.path), ...contentFaults(file, known)]),
    ...modeFaults(mode),
  ];
}

const noFiles: SecretFault = {
  property: 'files',
  message: 'no part of the certificate becomes a file',
  remedy: "name the files: { certificate: '/etc/tls/tls.crt', privateKey: '/etc/tls/tls.key' }",
};

/** A path goes into manifests and policies as it stands: what is written after it, as `vault kv put` has it, would go with it. */
export function literalFaults(path: string): readonly SecretFault[] {
  if (typeof path !== 'string' || secretInClearText(path) === undefined) return [];
  const message = 'the path holds a secret in the clear, which would stand in manifests and policies';
  const remedy = "name the path alone, as in 'secret/data/payments/db', and change what was written down";
  return [{ property: 'path', message, remedy }];
}

/** What is wrong with what is asked of Vault. */
export function sourceFaults(source: VaultSource, vault: VaultServer | undefined): readonly SecretFault[] {
  if (source.kind !== 'pki' || source.ttl === undefined) return [];
  const max = vault?.maxTtl ?? defaultMaxTtl;
  const seconds = durationSeconds(source.ttl);
  const fault = (message: string, remedy: string): readonly SecretFault[] => [
    { property: 'ttl', value: source.ttl, message, remedy },
  ];
  if (seconds === undefined || seconds === 0)
    return fault(`${JSON.stringify(source.ttl)} is no duration`, "give one as Vault writes it: '24h'");
  if (seconds > (durationSeconds(max) ?? Number.POSITIVE_INFINITY))
    return fault(
      `a certificate that is good for ${source.ttl} is more than Vault gives: its longest is ${max}`,
      `ask for ${max} or less; if Vault's max_lease_ttl is another, say so in vault.maxTtl`,
    );
  return [];
}

/** What is wrong with the server, for a mount that needs one. */
export function serverFaults(
  vault: VaultServer | undefined,
  delivery: VaultDeliveryId | undefined,
): readonly SecretFault[] {
  if (vault === undefined) {
    const message = 'nothing says which Vault it is in';
    return [
      { property: 'vault', message, remedy: "give the app one: vault: { address: 'https://vault.vault.svc:8200' }" },
    ];
  }
  const address = parseAddress(vault.address);
  return [
    ...(address?.protocol === 'http:' ? [tlsFault(vault.address)] : []),
    ...durationFaults(vault, 'refresh', "'1m'"),
    ...durationFaults(vault, 'maxTtl', "'768h'"),
    ...deliveryFaults(delivery ?? vault.delivery),
  ];
}

function deliveryFaults(delivery: unknown): readonly SecretFault[] {
  if (delivery === undefined || (vaultDeliveryIds as readonly unknown[]).includes(delivery)) return [];
  const message = `there is no delivery ${JSON.stringify(delivery)}`;
  return [{ property: 'delivery', value: delivery, message, remedy: `name one of ${vaultDeliveryIds.join(', ')}` }];
}

function tlsFault(address: string): SecretFault {
  const message = `${address} is reached without TLS: tokens and secrets cross the network in the clear`;
  const remedy =
    'name it by https://, and the Secret of its CA in vault.ca; or give the workload an exception with its reason';
  return { rule: 'vault-tls', property: 'vault.address', value: address, message, remedy };
}

function durationFaults(vault: VaultServer, name: 'refresh' | 'maxTtl', example: string): readonly SecretFault[] {
  const given = vault[name];
  if (given === undefined || (typeof given === 'string' && (durationSeconds(given) ?? 0) > 0)) return [];
  const message = `${JSON.stringify(given)} is no duration`;
  return [{ property: `vault.${name}`, value: given, message, remedy: `give one as Vault writes it: ${example}` }];
}

/** The address, where it is one: the platform has said so where it is none. */
export function parseAddress(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}
