import { type AzureAsked, azureName, readAzure } from '../../../core/secrets/cloud/azure';
import type { Platform } from '../../app/platform';
import type { MountedFile } from '../file-faults';
import type { TakenOptions } from '../option-shapes';
import {
  type CloudFileOptions,
  type CloudMountOptions,
  CloudSecretMount,
  contentOf,
  type ReadSource,
} from './cloud-secret-mount';
import { azureObjectOptions, azureSecretOptions } from './mount-shapes';

/** What everything in a key vault can say. */
export interface AzureVersion {
  /** One version, by its 32 hex digits. @default - the newest */
  readonly version?: string;
}

/** A secret of a key vault as a file. */
export type AzureSecretOptions = CloudFileOptions & AzureVersion;

/** The public part of a key, or a certificate, as a file. */
export interface AzureObjectOptions extends CloudMountOptions, AzureVersion {}

/** A secret of Azure's Key Vault that a container reads as a file. The vault's permission model is Azure's RBAC: access policies know no single secret. */
export class AzureSecretMount extends CloudSecretMount<'azure'> {
  /**
   * A secret. That of a certificate holds its private key, too.
   *
   * @param vault the name of the key vault, or its resource ID
   * @example AzureSecretMount.secret('acme-payments', 'db-password', { file: '/etc/payments/db-password' })
   */
  static secret(vault: string, name: string, options: AzureSecretOptions): AzureSecretMount {
    const taken = azureSecretOptions(options);
    return new AzureSecretMount(asked(vault, 'secret', name, taken.options), taken, contentOf(taken.options));
  }

  /**
   * The public part of a key, as PEM; by csi. The private part never leaves the vault.
   *
   * @param vault the name of the key vault, or its resource ID
   */
  static key(vault: string, name: string, options: AzureObjectOptions): AzureSecretMount {
    const taken = azureObjectOptions(options);
    return new AzureSecretMount(asked(vault, 'key', name, taken.options), taken);
  }

  /**
   * A certificate without its key, as PEM; by csi. The secret of the same name has both, and those that signed it.
   *
   * @param vault the name of the key vault, or its resource ID
   */
  static certificate(vault: string, name: string, options: AzureObjectOptions): AzureSecretMount {
    const taken = azureObjectOptions(options);
    return new AzureSecretMount(asked(vault, 'certificate', name, taken.options), taken);
  }

  private constructor(
    private readonly asked: AzureAsked,
    { options, faults }: TakenOptions<CloudMountOptions>,
    content: Omit<MountedFile, 'path'> = {},
  ) {
    super('azure', options, content, faults);
  }

  /** @internal */
  override sourceOn({ cloudSecrets }: Platform): ReadSource<'azure'> {
    return readAzure(this.asked, cloudSecrets?.azure);
  }

  get origin(): string {
    return `azure-key-vault ${azureName(this.asked)}`;
  }
}

function asked(vault: string, object: AzureAsked['object'], name: string, { version }: AzureVersion): AzureAsked {
  return { vault, object, name, ...(version !== undefined && { version }) };
}
