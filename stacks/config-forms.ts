import type { Schema } from '../core/config/schema';

/** A schema that says what it is about. */
type Described = Schema & { readonly description: string };

export const text = (description: string, more: Schema = {}): Described => ({
  type: 'string',
  minLength: 1,
  description,
  ...more,
});
export const texts = (description: string): Described => ({
  type: 'array',
  description,
  items: { type: 'string', minLength: 1 },
});
export const yes = (description: string): Schema => ({ type: 'boolean', description });
export const number = (description: string): Schema => ({ type: 'integer', description });
export const labels = (description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});
export const group = (
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
) => ({
  type: 'object' as const,
  description,
  properties,
  required,
  additionalProperties: false as const,
});

/** What the alerts of each stack are told. */
export const ruleForms = {
  ruleLabels: labels('Labels by which Prometheus selects its rules.'),
  runbooks: text('Where the runbooks are, as the start of an address: the name of the alert in lower case follows.'),
};

/** A bucket of some cloud. @param who is let in: `Loki` */
export const bucket = (who: string, description: string) =>
  group(
    description,
    {
      kind: text('s3, gcs or azure.', { enum: ['s3', 'gcs', 'azure'] }),
      name: text('The bucket; on Azure the container.'),
      identity: text(
        `Who ${who} is: the ARN of an IAM role, the email of a Google service account, the client ID of an Azure managed identity.`,
      ),
      cidrs: texts("Addresses of the store, and of the cloud's service of tokens: those of private endpoints."),
      region: text('Of an S3 bucket.'),
      kmsKeyArn: text("The key of KMS that S3 encrypts by. Default: S3's own."),
      account: text('The storage account, on Azure.'),
    },
    ['kind', 'name', 'identity', 'cidrs'],
  );
