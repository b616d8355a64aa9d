import * as fc from 'fast-check';
import { type AwsAsked, parseArn, partitionOf, readAws, resourceArn } from '../../../../core/secrets/cloud/aws';
import { type AwsRead, awsPolicy } from '../../../../core/secrets/cloud/aws-policy';

const place = { region: 'eu-central-1' };
const secret = (name: string, more: Partial<AwsAsked> = {}): AwsAsked => ({
  service: 'secrets-manager',
  name,
  ...more,
});
const parameter = (name: string, more: Partial<AwsAsked> = {}): AwsAsked => ({
  service: 'parameter-store',
  name,
  ...more,
});

function sourceOf(asked: AwsAsked) {
  const { source, faults } = readAws(asked, place);
  expect(faults).toEqual([]);
  if (source === undefined) throw new Error('there is no source');
  return source;
}

const account = '111122223333';
const arnOf = (asked: AwsAsked) => resourceArn(sourceOf(asked), account);
const ofSecret = (name: string, region = 'eu-central-1') =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;

describe('what a policy calls a secret', () => {
  it.each([
    ['a name', secret('shop/db'), ofSecret('shop/db-??????')],
    ['a name that looks like an ARN’s', secret('shop-AbCdEf'), ofSecret('shop-AbCdEf-??????')],
    ['the whole ARN', secret(ofSecret('shop/db-AbCdEf')), ofSecret('shop/db-AbCdEf')],
    ['an ARN without its end', secret(ofSecret('shop/db')), ofSecret('shop/db-??????')],
    [
      'an ARN of another account',
      secret('arn:aws:secretsmanager:eu-west-1:444455556666:secret:db-AbCdEf'),
      'arn:aws:secretsmanager:eu-west-1:444455556666:secret:db-AbCdEf',
    ],
    ['a name in another region', secret('db', { region: 'us-east-1' }), ofSecret('db-??????', 'us-east-1')],
    [
      'a name in China',
      secret('db', { region: 'cn-north-1' }),
      'arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-??????',
    ],
    ['a parameter', parameter('/shop/db'), 'arn:aws:ssm:eu-central-1:111122223333:parameter/shop/db'],
    [
      'the ARN of a parameter',
      parameter('arn:aws:ssm:eu-west-1:444455556666:parameter/shop/db'),
      'arn:aws:ssm:eu-west-1:444455556666:parameter/shop/db',
    ],
  ])('%s', (_, asked, arn) => {
    expect(arnOf(asked)).toBe(arn);
  });

  /** As IAM reads it: a question mark stands for one character, a star for any. */
  const matches = (pattern: string, arn: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('?', '.')
        .replaceAll('*', '.*')}$`,
    ).test(arn);
  const names = fc.stringMatching(/^[A-Za-z0-9/_+=.@-]{1,20}$/);
  const ends = fc.stringMatching(/^[A-Za-z0-9]{6}$/);

  it('stands for the secret of that name, whatever AWS puts after it, and for no other', () => {
    fc.assert(
      fc.property(names, names, ends, (name, other, end) => {
        const pattern = arnOf(secret(name));
        expect(matches(pattern, ofSecret(`${name}-${end}`))).toBe(true);
        for (const stranger of [other, `${name}${other}`, `${name}-${other}`])
          if (stranger !== name) expect(matches(pattern, ofSecret(`${stranger}-${end}`))).toBe(false);
      }),
    );
  });
});

it.each([
  [
    'arn:aws:iam::111122223333:role/a/b',
    { partition: 'aws', service: 'iam', region: '', account, resource: 'role/a/b' },
  ],
  ['arn:aws-cn:s3:::bucket', { partition: 'aws-cn', service: 's3', region: '', account: '', resource: 'bucket' }],
  ['arn:aws:iam:111122223333:role/a', undefined],
  ['role/a', undefined],
])('reads the ARN %s', (text, parts) => {
  expect(parseArn(text)).toEqual(parts);
});

it.each([
  ['eu-central-1', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eusc-de-east-1', 'aws-eusc'],
])('%s is in the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

it('reads anything without throwing, and gives a source or says why not', () => {
  const text = fc.oneof(fc.string(), fc.constant(undefined), fc.anything());
  fc.assert(
    fc.property(
      fc.constantFrom('secrets-manager' as const, 'parameter-store' as const),
      text,
      text,
      (service, name, region) => {
        const { source, faults } = readAws({ service, name: name as string, region: region as string }, place);
        expect(source === undefined).toBe(faults.length > 0);
      },
    ),
  );
});

describe('a policy', () => {
  const kmsKey = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const version = '01234567-89ab-cdef-0123-456789abcdef';
  const read = (delivery: AwsRead['delivery'], asked: AwsAsked): AwsRead => ({ source: sourceOf(asked), delivery });

  it('allows reading these, as each delivery does it, and nothing else', () => {
    expect(
      awsPolicy(
        [
          read('csi', secret('b')),
          read('csi', secret('a')),
          read('csi', secret('pinned', { version })),
          read('operator', secret('c')),
          read('csi', parameter('/p/csi')),
          read('operator', parameter('/p/operator')),
          read('operator', parameter('/p/operator', { version: 3 })),
        ],
        account,
      ),
    ).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ParametersOfOperator',
          Effect: 'Allow',
          Action: ['ssm:GetParameter'],
          Resource: ['arn:aws:ssm:eu-central-1:111122223333:parameter/p/operator'],
        },
        {
          Sid: 'ParametersOfVolumes',
          Effect: 'Allow',
          Action: ['ssm:GetParameters'],
          Resource: ['arn:aws:ssm:eu-central-1:111122223333:parameter/p/csi'],
        },
        {
          Sid: 'SecretsOfOperator',
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue'],
          Resource: [ofSecret('c-??????')],
        },
        {
          Sid: 'SecretsOfVolumes',
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue'],
          Resource: [ofSecret('pinned-??????')],
        },
        {
          Sid: 'SecretsOfVolumesRotated',
          Effect: 'Allow',
          Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          Resource: [ofSecret('a-??????'), ofSecret('b-??????')],
        },
      ],
    });
  });

  it("lets a customer's key decrypt these, for the service that keeps them", () => {
    const reads = [
      read('csi', secret('a', { kmsKey })),
      read('csi', secret('b')),
      read('operator', parameter('/p', { kmsKey })),
    ];
    const { Statement } = awsPolicy(reads, account);
    expect(Statement.filter(({ Action }) => Action.includes('kms:Decrypt'))).toEqual([
      {
        Sid: 'Key1',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: [kmsKey],
        Condition: {
          StringEquals: { 'kms:ViaService': 'ssm.eu-central-1.amazonaws.com' },
          StringLike: {
            'kms:EncryptionContext:PARAMETER_ARN': ['arn:aws:ssm:eu-central-1:111122223333:parameter/p'],
          },
        },
      },
      {
        Sid: 'Key2',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: [kmsKey],
        Condition: {
          StringEquals: { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' },
          StringLike: { 'kms:EncryptionContext:SecretARN': [ofSecret('a-??????')] },
        },
      },
    ]);
  });

  it('names the service of China by its own domain', () => {
    const key = 'arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd';
    const { Statement } = awsPolicy([read('csi', secret('a', { region: 'cn-north-1', kmsKey: key }))], account);
    expect(Statement.at(-1)?.Condition?.StringEquals).toEqual({
      'kms:ViaService': 'secretsmanager.cn-north-1.amazonaws.com.cn',
    });
  });

  it('names every statement once, and no star', () => {
    const { Statement } = awsPolicy(
      [read('csi', secret('a', { kmsKey })), read('csi', secret('b', { version })), read('operator', parameter('/p'))],
      account,
    );
    expect(new Set(Statement.map(({ Sid }) => Sid)).size).toBe(Statement.length);
    expect(JSON.stringify(Statement)).not.toContain('*');
  });
});
