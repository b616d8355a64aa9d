import type { SecretFault } from '../../../core/secrets/fault';
import type { OnChange } from '../../../core/secrets/on-change';
import { SecretTemplate } from '../../../core/secrets/template';
import { readDatabasePath, readEnginePath, readKvPath } from '../../../core/secrets/vault/path';
import { defaultDelivery, type VaultDeliveryId } from '../../../core/secrets/vault/server';
import { grantsOf, type TransitOperation, type VaultSource } from '../../../core/secrets/vault/source';
import type { Platform } from '../../app/platform';
import type { SecretDelivery } from '../delivery';
import type { MountedFile } from '../file-faults';
import { SecretMount } from '../secret-mount';
import { vaultDeliveries } from './deliveries';
import { databaseOptions, kvOptions, pkiOptions, transitOptions } from './mount-shapes';
import { fileFaults, literalFaults, serverFaults, sourceFaults } from './vault-mount-faults';

/** What all mounts of a secret of Vault can say. */
export interface VaultMountOptions {
  /** How it comes into the pod. @default - the platform's, else csi */
  readonly delivery?: VaultDeliveryId;
  /**
   * The permissions of the file. Its owner is who the delivery says: root by csi, the workload's user by agent, root and the workload's
   * fsGroup by operator; a file that the workload could not read is refused.
   * @default 0o440, by csi 0o444
   */
  readonly mode?: number;
  /** What happens once it has changed. @default - the file is new, and nobody is told */
  readonly onChange?: OnChange;
}

/** An entry of a Secret. */
export interface SyncedSecret {
  /** Its name. */
  readonly secret: string;
  /** Under which key. */
  readonly key: string;
}

/** What a file holds of a secret. */
export interface VaultFileOptions extends VaultMountOptions {
  /** The file it becomes, as an absolute path. */
  readonly file: string;
  /** The one field of the secret that the file holds. @default - all of them, as JSON; by csi Vault's whole answer, as JSON */
  readonly field?: string;
  /**
   * By csi: a Secret of the namespace in which the driver keeps the file as well, for what reads nothing else, such as an Ingress. It is there
   * while a pod mounts the file.
   * @default - no Secret
   */
  readonly syncAs?: SyncedSecret;
  /** What the file says, with several fields in it; by agent and operator. @default - the field, or all of them as JSON */
  readonly template?: SecretTemplate;
}

/** A secret of the KV engine as a file. */
export interface KvMountOptions extends VaultFileOptions {
  /** One version of the secret. @default - the newest */
  readonly version?: number;
  /** The version of the engine. @default 2 */
  readonly engine?: 1 | 2;
  /** Where the engine is mounted, if that is more than the first part of the path. @default - the first part */
  readonly mount?: string;
  /** The fields that it is known to have, so that a template that prints another is refused. @default - not known */
  readonly fields?: readonly string[];
}

/** Credentials of a database as a file. */
export interface DatabaseMountOptions extends VaultFileOptions {}

/** A certificate and its key as files. */
export interface PkiMountOptions extends VaultMountOptions {
  readonly commonName: string;
  /** Which of it becomes which file. */
  readonly files: {
    /** The certificate, and those that signed it, as a server shows them. */
    readonly certificate?: string;
    readonly privateKey?: string;
    /** The authority that signed it, for whoever checks the other side. */
    readonly ca?: string;
    /** The key and the certificates in one file, which is never half new. */
    readonly bundle?: string;
  };
  /** Further names. @default - none */
  readonly altNames?: readonly string[];
  /** Addresses. @default - none */
  readonly ipSans?: readonly string[];
  /** How long it is good for, as Vault writes durations. @default '24h' */
  readonly ttl?: string;
}

/** A key that never leaves Vault. */
export interface TransitOptions {
  /** What the workload does with it. */
  readonly operations: readonly [TransitOperation, ...TransitOperation[]];
  /** How it is reached: the agent answers on loopback, and adds its token. @default - the platform's, else csi, which cannot */
  readonly delivery?: VaultDeliveryId;
  /** The port of loopback on which the agent answers. @default 8200 */
  readonly port?: number;
}

interface Parts {
  /** Undefined where its path names no secret. */
  readonly source: VaultSource | undefined;
  readonly given: string;
  readonly files: readonly MountedFile[];
  readonly options: VaultMountOptions & {
    readonly fields?: readonly string[];
    readonly port?: number;
    readonly syncAs?: SyncedSecret;
  };
  readonly faults: readonly SecretFault[];
}

const defaultCertificateTtl = '24h';

/** A secret of Vault that a container reads as a file. Which Vault, the platform says. */
export class VaultSecretMount extends SecretMount {
  /**
   * A secret that somebody wrote.
   *
   * @param path as Vault's API writes it: `secret/data/payments/db`
   * @example VaultSecretMount.kv('secret/data/payments/db', { file: '/etc/payments/db.json' })
   */
  static kv(path: string, options: KvMountOptions): VaultSecretMount {
    const { options: taken, faults } = kvOptions(options);
    const { version, engine = 2, mount } = taken;
    const read = readKvPath(path, engine, mount);
    const source: VaultSource | undefined = read.path && {
      kind: 'kv',
      engine,
      ...read.path,
      ...(version !== undefined && { version }),
    };
    return new VaultSecretMount({
      source,
      given: path,
      files: [fileOf(taken)],
      options: taken,
      faults: [...faults, ...read.faults],
    });
  }

  /**
   * Credentials of a database: an account that Vault makes for this pod and ends with its lease, or the password of one account that Vault
   * changes.
   *
   * @param path as Vault's API writes it: `database/creds/orders`, or `database/static-creds/orders`
   */
  static database(path: string, options: DatabaseMountOptions): VaultSecretMount {
    const { options: taken, faults } = databaseOptions(options);
    const read = readDatabasePath(path);
    return new VaultSecretMount({
      source: read.source,
      given: path,
      files: [fileOf(taken)],
      options: taken,
      faults: [...faults, ...read.faults],
    });
  }

  /**
   * A certificate that Vault signs for this workload, with its key. It is signed again before it ends.
   *
   * @param path as Vault's API writes it: `pki/issue/orders`
   */
  static pki(path: string, options: PkiMountOptions): VaultSecretMount {
    const { options: taken, faults } = pkiOptions(options);
    const { commonName, altNames = [], ipSans = [], ttl = defaultCertificateTtl } = taken;
    const { found, faults: ofPath } = readEnginePath(path, 'issue', 'pki/issue/orders');
    const source: VaultSource | undefined = found && {
      kind: 'pki',
      mount: found.mount,
      role: found.name,
      commonName,
      altNames,
      ipSans,
      ttl,
    };
    return new VaultSecretMount({
      source,
      given: path,
      files: certificateFiles(taken.files),
      options: taken,
      faults: [...faults, ...ofPath],
    });
  }

  /**
   * A key that the workload uses and never sees: it asks `http://127.0.0.1:8200/v1/transit/encrypt/orders`, and the agent beside it adds
   * the token.
   *
   * @param path as Vault's API writes it: `transit/keys/orders`
   */
  static transit(path: string, options: TransitOptions): VaultSecretMount {
    const { options: taken, faults } = transitOptions(options);
    const { found, faults: ofPath } = readEnginePath(path, 'keys', 'transit/keys/orders');
    const source: VaultSource | undefined = found && {
      kind: 'transit',
      mount: found.mount,
      key: found.name,
      operations: taken.operations,
    };
    return new VaultSecretMount({ source, given: path, files: [], options: taken, faults: [...faults, ...ofPath] });
  }

  private constructor(private readonly parts: Parts) {
    super();
  }

  /** Undefined where its path names no secret. @internal */
  get source(): VaultSource | undefined {
    return this.parts.source;
  }

  /** @internal */
  get vaultFiles(): readonly MountedFile[] {
    return this.parts.files;
  }

  /** @internal */
  get options(): Parts['options'] {
    return this.parts.options;
  }

  get files(): readonly string[] {
    return this.vaultFiles.map(({ path }) => path);
  }

  get origin(): string {
    const { source, given } = this.parts;
    return `vault ${
      source === undefined
        ? given
        : grantsOf(source)
            .map(({ path }) => path)
            .join(' ')
    }`;
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
    const { faults, given, source, files, options } = this.parts;
    return [
      ...faults,
      ...literalFaults(given),
      ...fileFaults(source, files, options),
      ...(source === undefined ? [] : sourceFaults(source, vault)),
      ...serverFaults(vault, this.options.delivery),
    ];
  }
}

function fileOf({ file, field, template }: VaultFileOptions): MountedFile {
  return { path: file, ...(field !== undefined && { field }), ...(template !== undefined && { template }) };
}

const chain = [{ field: 'certificate', as: 'none' }, '\n', { field: 'ca_chain', as: 'lines' }] as const;

function certificateFiles({ certificate, privateKey, ca, bundle }: PkiMountOptions['files']): readonly MountedFile[] {
  const of = (path: string | undefined, parts: SecretTemplate['parts']): readonly MountedFile[] =>
    path === undefined ? [] : [{ path, template: new SecretTemplate(parts) }];
  return [
    ...of(certificate, chain),
    ...of(privateKey, [{ field: 'private_key', as: 'none' }, '\n']),
    ...of(ca, [{ field: 'issuing_ca', as: 'none' }, '\n']),
    ...of(bundle, [{ field: 'private_key', as: 'none' }, '\n', ...chain]),
  ];
}
