import { type AwsAsked, readAws } from '../../../core/secrets/cloud/aws';
import type { Platform } from '../../app/platform';
import type { TakenOptions } from '../option-shapes';
import { type CloudFileOptions, CloudSecretMount, contentOf, type ReadSource } from './cloud-secret-mount';
import { parameterOptions, secretsManagerOptions } from './mount-shapes';

/** What all secrets of AWS can say. */
export interface AwsLocation {
  /** Where it is: `eu-central-1`. @default - that of its ARN, else the platform's */
  readonly region?: string;
  /** The ARN of the customer's own KMS key that it is encrypted with, for its policy. @default - the service's own key, which takes no right */
  readonly kmsKey?: `arn:${string}:kms:${string}`;
}

/** A secret of Secrets Manager as a file. */
export type SecretsManagerOptions = CloudFileOptions &
  AwsLocation &
  (
    | {
        /** One version, by its ID. @default - the one that is current */
        readonly version?: string;
        readonly stage?: never;
      }
    | {
        readonly version?: never;
        /** The version with this staging label: `AWSPREVIOUS`. @default 'AWSCURRENT' */
        readonly stage?: string;
      }
  );

/** A parameter of Parameter Store as a file. */
export type ParameterOptions = CloudFileOptions &
  AwsLocation & {
    /** One version, by its number. @default - the newest */
    readonly version?: number;
  };

/** A parameter by its path, or by its ARN. */
export type ParameterName = `/${string}` | `arn:${string}:ssm:${string}`;

/** A secret of AWS that a container reads as a file. */
export class AwsSecretMount extends CloudSecretMount<'aws'> {
  /**
   * A secret of Secrets Manager.
   *
   * @param name its name, or its ARN
   * @example AwsSecretMount.secretsManager('payments/db', { file: '/etc/payments/db-password', field: 'password' })
   */
  static secretsManager(name: string, options: SecretsManagerOptions): AwsSecretMount {
    const taken = secretsManagerOptions(options);
    return new AwsSecretMount({ service: 'secrets-manager', name, ...located(taken.options) }, taken);
  }

  /**
   * A parameter of Systems Manager's Parameter Store, decrypted where it is a SecureString.
   *
   * @param path its path, or its ARN
   * @example AwsSecretMount.parameter('/payments/db/password', { file: '/etc/payments/db-password' })
   */
  static parameter(path: ParameterName, options: ParameterOptions): AwsSecretMount {
    const taken = parameterOptions(options);
    return new AwsSecretMount({ service: 'parameter-store', name: path, ...located(taken.options) }, taken);
  }

  private constructor(
    private readonly asked: AwsAsked,
    { options, faults }: TakenOptions<CloudFileOptions>,
  ) {
    super('aws', options, contentOf(options), faults);
  }

  /** @internal */
  override sourceOn({ cloudSecrets }: Platform): ReadSource<'aws'> {
    return readAws(this.asked, cloudSecrets?.aws);
  }

  get origin(): string {
    return `aws-${this.asked.service} ${this.asked.name}`;
  }
}

function located(options: SecretsManagerOptions | ParameterOptions): Omit<AwsAsked, 'service' | 'name'> {
  const { region, version, kmsKey } = options;
  const stage = 'stage' in options ? options.stage : undefined;
  return {
    ...(region !== undefined && { region }),
    ...(version !== undefined && { version }),
    ...(stage !== undefined && { stage }),
    ...(kmsKey !== undefined && { kmsKey }),
  };
}
