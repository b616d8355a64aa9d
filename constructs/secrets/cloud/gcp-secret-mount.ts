import { type GcpAsked, readGcp } from '../../../core/secrets/cloud/gcp';
import type { Platform } from '../../app/platform';
import { type CloudFileOptions, CloudSecretMount, contentOf, type ReadSource } from './cloud-secret-mount';

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
    const { project, location, version } = options;
    const asked: GcpAsked = {
      name,
      ...(project !== undefined && { project }),
      ...(location !== undefined && { location }),
      ...(version !== undefined && { version }),
    };
    return new GcpSecretMount(asked, options);
  }

  private constructor(
    private readonly asked: GcpAsked,
    options: CloudFileOptions,
  ) {
    super('gcp', options, contentOf(options));
  }

  /** @internal */
  override sourceOn({ cloudSecrets }: Platform): ReadSource<'gcp'> {
    return readGcp(this.asked, cloudSecrets?.gcp);
  }

  get origin(): string {
    return `gcp-secret-manager ${this.asked.name}`;
  }
}
