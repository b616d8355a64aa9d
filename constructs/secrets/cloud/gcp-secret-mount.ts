import { type GcpAsked, readGcp } from '../../../core/secrets/cloud/gcp';
import type { Platform } from '../../app/platform';
import type { TakenOptions } from '../option-shapes';
import { type CloudFileOptions, CloudSecretMount, contentOf, type ReadSource } from './cloud-secret-mount';
import { gcpOptions } from './mount-shapes';

/** A secret of Google Cloud as a file. */
export type GcpSecretOptions = CloudFileOptions & {
  /** The ID of its project. @default - that of its name, else the platform's */
  readonly project?: string;
  /** Of a regional secret. @default - that of its name, else none: it is global */
  readonly location?: string;
  /** One version, by its number. @default - the newest */
  readonly version?: number;
};

/** A secret of Google Cloud's Secret Manager that a container reads as a file. */
export class GcpSecretMount extends CloudSecretMount<'gcp'> {
  /**
   * A secret of Secret Manager.
   *
   * @param name its name, or the whole of it: `projects/acme-payments/secrets/payments-db`
   * @example GcpSecretMount.secret('payments-db', { file: '/etc/payments/db.json' })
   */
  static secret(name: string, options: GcpSecretOptions): GcpSecretMount {
    const taken = gcpOptions(options);
    const { project, location, version } = taken.options;
    const asked: GcpAsked = {
      name,
      ...(project !== undefined && { project }),
      ...(location !== undefined && { location }),
      ...(version !== undefined && { version }),
    };
    return new GcpSecretMount(asked, taken);
  }

  private constructor(
    private readonly asked: GcpAsked,
    { options, faults }: TakenOptions<CloudFileOptions>,
  ) {
    super('gcp', options, contentOf(options), faults);
  }

  /** @internal */
  override sourceOn({ cloudSecrets }: Platform): ReadSource<'gcp'> {
    return readGcp(this.asked, cloudSecrets?.gcp);
  }

  get origin(): string {
    return `gcp-secret-manager ${this.asked.name}`;
  }
}
