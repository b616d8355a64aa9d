import { groupBy } from '../../group-by';
import { type AwsService, type AwsSource, partitionOf, resourceArn } from './aws';
import type { CloudDeliveryId } from './settings';

/** A statement of an IAM policy. It allows: what is not allowed is denied. */
export interface AwsPolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy of AWS IAM. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface AwsPolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly AwsPolicyStatement[];
}

/** A secret of AWS that is read, and how. */
export interface AwsRead {
  readonly source: AwsSource;
  readonly delivery: CloudDeliveryId;
}

interface Actions {
  readonly sid: string;
  readonly of: (source: AwsSource) => readonly string[];
}

/** What each delivery asks of each service. The driver looks whether a version is still the newest before it reads it again. */
const actions: Readonly<Record<AwsService, Readonly<Record<CloudDeliveryId, Actions>>>> = {
  'secrets-manager': {
    csi: {
      sid: 'SecretsOfVolumes',
      of: ({ version }) =>
        version === undefined
          ? ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue']
          : ['secretsmanager:GetSecretValue'],
    },
    operator: { sid: 'SecretsOfOperator', of: () => ['secretsmanager:GetSecretValue'] },
  },
  'parameter-store': {
    csi: { sid: 'ParametersOfVolumes', of: () => ['ssm:GetParameters'] },
    operator: { sid: 'ParametersOfOperator', of: () => ['ssm:GetParameter'] },
  },
};

/** What KMS is told of a secret when it is decrypted, and by which service. */
const contexts: Readonly<Record<AwsService, { readonly via: string; readonly context: string }>> = {
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
  'secrets-manager': { via: 'secretsmanager', context: 'kms:EncryptionContext:SecretARN' },
  // https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
  'parameter-store': { via: 'ssm', context: 'kms:EncryptionContext:PARAMETER_ARN' },
};

/**
 * The policy that allows reading exactly these secrets. A key of the customer's own may decrypt these secrets and no other, for the service that keeps
 * them and not for the workload itself.
 *
 * @param account that the secrets are in that are named without one
 */
export function awsPolicy(reads: readonly AwsRead[], account: string): AwsPolicyDocument {
  const byActions = groupBy(reads, ({ source, delivery }) => {
    const { sid, of } = actions[source.service][delivery];
    const allowed = of(source);
    return JSON.stringify([allowed.length === 1 || delivery === 'operator' ? sid : `${sid}Rotated`, allowed]);
  });
  const statements = [...byActions].map(([key, some]): AwsPolicyStatement => {
    const [Sid, Action] = JSON.parse(key) as [string, string[]];
    return { Sid, Effect: 'Allow', Action, Resource: arnsOf(some, account) };
  });
  return { Version: '2012-10-17', Statement: [...statements.sort(bySid), ...keyStatements(reads, account)] };
}

function keyStatements(reads: readonly AwsRead[], account: string): readonly AwsPolicyStatement[] {
  const byKey = groupBy(
    reads.filter(({ source }) => source.kmsKey !== undefined),
    ({ source: { kmsKey, service, region } }) => JSON.stringify([kmsKey, service, region]),
  );
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, some], i): AwsPolicyStatement => {
      const [kmsKey, service, region] = JSON.parse(key) as [string, AwsService, string];
      const { via, context } = contexts[service];
      const domain = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
      return {
        Sid: `Key${i + 1}`,
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: [kmsKey],
        Condition: {
          StringEquals: { 'kms:ViaService': `${via}.${region}.${domain}` },
          StringLike: { [context]: arnsOf(some, account) },
        },
      };
    });
}

function arnsOf(reads: readonly AwsRead[], account: string): readonly string[] {
  return [...new Set(reads.map(({ source }) => resourceArn(source, account)))].sort();
}

function bySid(a: AwsPolicyStatement, b: AwsPolicyStatement): number {
  return a.Sid < b.Sid ? -1 : 1;
}
