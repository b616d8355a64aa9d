import type { Cloud, CloudDeliveryId } from '../../../core/secrets/cloud/settings';
import { defaultCloudDelivery } from '../../../core/secrets/cloud/settings';
import type { SourceOf } from '../../../core/secrets/cloud/source';
import type { SecretFault } from '../../../core/secrets/fault';
import type { OnChange } from '../../../core/secrets/on-change';
import type { SecretTemplate } from '../../../core/secrets/template';
import type { Platform } from '../../app/platform';
import type { SecretDelivery } from '../delivery';
import type { MountedFile } from '../file-faults';
import { SecretMount } from '../secret-mount';
import { cloudFileFaults, settingsFaults } from './cloud-mount-faults';
import { cloudDeliveries } from './deliveries';

/** What all mounts of a secret of a cloud can say. */
export interface CloudMountOptions {
  /** The file it becomes, as an absolute path. */
  readonly file: string;
  /** How it comes into the pod. @default - the platform's, else csi */
  readonly delivery?: CloudDeliveryId;
  /**
   * The permissions of the file. It belongs to root, and by operator to the group of the workload's volumes; a file that the workload could not
   * read is refused.
   * @default 0o440, by csi 0o444
   */
  readonly mode?: number;
  /** What happens once it has changed. Neither delivery tells anybody, so that it is refused, with what can be done. @default - the file is new */
  readonly onChange?: OnChange;
}

/** What a file holds of a secret: all of it, one field, or a text with several. */
export type CloudFileOptions = CloudMountOptions & {
  /** The fields that it is known to have, so that a template that prints another is refused. @default - not known */
  readonly fields?: readonly string[];
} & (
    | {
        /** The one field that the file holds of a secret that is a JSON object. @default - the secret as it is */
        readonly field?: string;
        readonly template?: never;
      }
    | {
        readonly field?: never;
        /** What the file says, with fields of a JSON object in it; by operator. @default - the secret as it is */
        readonly template: SecretTemplate;
      }
  );

/** A source as it was read, and what is wrong with what was asked for. */
export interface ReadSource<C extends Cloud> {
  /** Undefined where it names no secret. */
  readonly source: SourceOf<C> | undefined;
  readonly faults: readonly SecretFault[];
}

/** A secret of a cloud that a container reads as a file. Who reads it is the workload's `cloudIdentity`: no key of a cloud is stored. */
export abstract class CloudSecretMount<C extends Cloud = Cloud> extends SecretMount {
  /** @internal */
  protected constructor(
    /** @internal */
    readonly cloud: C,
    /** @internal */
    readonly options: CloudMountOptions & Pick<CloudFileOptions, 'fields'>,
    content: Omit<MountedFile, 'path'>,
    private readonly misshapen: readonly SecretFault[],
  ) {
    super();
    this.cloudFiles = [{ path: options.file, ...content }];
  }

  /** @internal */
  readonly cloudFiles: readonly MountedFile[];

  /** The secret, with what the platform says of where it is. @internal */
  abstract sourceOn(platform: Platform): ReadSource<C>;

  get files(): readonly string[] {
    return this.cloudFiles.map(({ path }) => path);
  }

  /** @internal */
  deliveryIdOn({ cloudSecrets }: Platform): CloudDeliveryId {
    return this.options.delivery ?? cloudSecrets?.delivery ?? defaultCloudDelivery;
  }

  /** @internal */
  deliveryOn(platform: Platform): SecretDelivery {
    return cloudDeliveries[this.cloud][this.deliveryIdOn(platform)];
  }

  /** @internal */
  faultsOn(platform: Platform): readonly SecretFault[] {
    return [
      ...this.misshapen,
      ...this.sourceOn(platform).faults,
      ...this.cloudFiles.flatMap((file) => cloudFileFaults(file, this.options)),
      ...settingsFaults(platform.cloudSecrets, this.options.delivery),
    ];
  }
}

/** What a file holds, of what the options of its mount say. */
export function contentOf({ field, template }: CloudFileOptions): Omit<MountedFile, 'path'> {
  return { ...(field !== undefined && { field }), ...(template !== undefined && { template }) };
}
