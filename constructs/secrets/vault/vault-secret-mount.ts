import { mountPathFault } from '../../../core/manifest/mount-path';
import type { SecretFault } from '../../../core/secrets/fault';
import { readKvPath } from '../../../core/secrets/vault/path';
import { defaultDelivery, type VaultDeliveryId, type VaultServer } from '../../../core/secrets/vault/server';
import { readPathOf, type VaultSource } from '../../../core/secrets/vault/source';
import type { Platform } from '../../app/platform';
import type { SecretDelivery } from '../delivery';
import { SecretMount } from '../secret-mount';
import { vaultDeliveries } from './deliveries';

/** What all mounts of a secret of Vault can say. */
export interface VaultMountOptions {
  /** How it comes into the pod. @default - the platform's, else csi */
  readonly delivery?: VaultDeliveryId;
  /** The permissions of the file, where the delivery can set them. @default 0o440 */
  readonly mode?: number;
}

/** A secret of the KV engine as a file. */
export interface KvMountOptions extends VaultMountOptions {
  /** The file it becomes, as an absolute path. */
  readonly file: string;
  /** The one field of the secret that the file holds. @default - all of them, as JSON */
  readonly field?: string;
  /** One version of the secret. @default - the newest */
  readonly version?: number;
  /** The version of the engine. @default 2 */
  readonly engine?: 1 | 2;
  /** Where the engine is mounted, if that is more than the first part of the path. @default - the first part */
  readonly mount?: string;
}

/** One file of a mount. */
export interface VaultFile {
  readonly path: string;
  /** The field that it holds. @default - all of the secret, as JSON */
  readonly field?: string;
  readonly mode?: number;
}

/** A secret of Vault that a container reads as a file. Which Vault, the platform says. */
export class VaultSecretMount extends SecretMount {
  /**
   * A secret that somebody wrote.
   *
   * @param path as Vault's API writes it: `secret/data/payments/db`
   * @example VaultSecretMount.kv('secret/data/payments/db', { file: '/etc/payments/db.json' })
   */
  static kv(path: string, options: KvMountOptions): VaultSecretMount {
    const { file, field, version, engine = 2, mount } = options;
    const read = readKvPath(path, engine, mount);
    const source: VaultSource | undefined = read.path && {
      kind: 'kv',
      engine,
      ...read.path,
      ...(version !== undefined && { version }),
    };
    return new VaultSecretMount(
      source,
      path,
      [{ path: file, ...(field !== undefined && { field }) }],
      options,
      read.faults,
    );
  }

  private constructor(
    /** Undefined where its path names no secret. @internal */
    readonly source: VaultSource | undefined,
    private readonly given: string,
    /** @internal */
    readonly vaultFiles: readonly VaultFile[],
    /** @internal */
    readonly options: VaultMountOptions,
    private readonly ownFaults: readonly SecretFault[],
  ) {
    super();
  }

  get files(): readonly string[] {
    return this.vaultFiles.map(({ path }) => path);
  }

  get origin(): string {
    return `vault ${this.source === undefined || this.source.kind === 'transit' ? this.given : readPathOf(this.source)}`;
  }

  /** @internal */
  deliveryIdOn({ vault }: Platform): VaultDeliveryId {
    return this.options.delivery ?? vault?.delivery ?? defaultDelivery;
  }

  /** @internal */
  deliveryOn(platform: Platform): SecretDelivery {
    return vaultDeliveries[this.deliveryIdOn(platform)];
  }

  /** @internal */
  faultsOn({ vault }: Platform): readonly SecretFault[] {
    return [...this.ownFaults, ...this.#fileFaults(), ...serverFaults(vault)];
  }

  #fileFaults(): readonly SecretFault[] {
    return this.files.flatMap((file) => {
      const fault = mountPathFault(file) ?? (folderOf(file) === '' ? 'is in the root of the container' : undefined);
      if (fault === undefined) return [];
      const remedy = "give an absolute path in a folder of its own, such as '/etc/payments/db.json'";
      return [{ property: 'file', value: file, message: `${JSON.stringify(file)} ${fault}`, remedy }];
    });
  }
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}

function serverFaults(vault: VaultServer | undefined): readonly SecretFault[] {
  if (vault !== undefined) return [];
  const message = 'nothing says which Vault it is in';
  return [
    { property: 'vault', message, remedy: "give the app one: vault: { address: 'https://vault.vault.svc:8200' }" },
  ];
}
