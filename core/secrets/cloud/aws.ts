import type { SecretFault } from '../fault';
import type { AwsPlace } from './settings';

/** The services of AWS that keep secrets. */
export type AwsService = 'secrets-manager' | 'parameter-store';

/** A secret of AWS, and all that is needed to ask for it. */
export interface AwsSource {
  readonly cloud: 'aws';
  readonly service: AwsService;
  /** The name, or the ARN where it was given. */
  readonly name: string;
  readonly region: string;
  /** The account that an ARN names. @default - the reader's own */
  readonly account?: string;
  /** One version for ever: an ID of Secrets Manager, a number of Parameter Store. @default - the newest */
  readonly version?: string;
  /** A staging label of Secrets Manager. @default 'AWSCURRENT' */
  readonly stage?: string;
  /** The ARN of the customer's own KMS key that it is encrypted with. @default - the service's own key, which takes no right */
  readonly kmsKey?: string;
}

/** What the owner of a mount says of a secret of AWS. */
export interface AwsAsked {
  readonly service: AwsService;
  readonly name: string;
  readonly region?: string;
  readonly version?: string | number;
  readonly stage?: string;
  readonly kmsKey?: string;
}

/** The parts of an ARN. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** What is after the account: `secret:payments/db-AbCdEf`. */
  readonly resource: string;
}

const arnForm = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/;
const regionForm = /^[a-z]{2,4}(?:-[a-z]+)+-\d$/;
const forms: Readonly<Record<AwsService, RegExp>> = {
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
  'secrets-manager': /^[A-Za-z0-9/_+=.@-]{1,512}$/,
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
  'parameter-store': /^(?:\/[A-Za-z0-9_.-]+){1,15}$/,
};
const arnServices: Readonly<Record<AwsService, { readonly service: string; readonly prefix: string }>> = {
  'secrets-manager': { service: 'secretsmanager', prefix: 'secret:' },
  'parameter-store': { service: 'ssm', prefix: 'parameter/' },
};
const titles: Readonly<Record<AwsService, string>> = {
  'secrets-manager': 'a secret of Secrets Manager',
  'parameter-store': 'a parameter of Parameter Store',
};
const examples: Readonly<Record<AwsService, string>> = {
  'secrets-manager': "'payments/db', or its ARN",
  'parameter-store': "'/payments/db/password', or its ARN",
};
const versionForms: Readonly<Record<AwsService, RegExp>> = {
  'secrets-manager': /^[0-9a-fA-F-]{32,64}$/,
  'parameter-store': /^[1-9]\d*$/,
};
const stageForm = /^[A-Za-z0-9_.+=@/-]{1,256}$/;

/** The parts of an ARN; undefined for what is none. */
export function parseArn(text: string): Arn | undefined {
  const [, partition = '', service = '', region = '', account = '', resource = ''] = arnForm.exec(text) ?? [];
  return resource === '' ? undefined : { partition, service, region, account, resource };
}

/** The partition that a region is in. @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): string {
  const [, partition] = partitions.find(([prefix]) => region.startsWith(prefix)) ?? [];
  return partition ?? 'aws';
}

const partitions = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eusc-', 'aws-eusc'],
] as const;

/** Reads what was asked for, with what the platform says of where it is. */
export function readAws(
  asked: AwsAsked,
  place: AwsPlace = {},
): { readonly source: AwsSource | undefined; readonly faults: readonly SecretFault[] } {
  const { service, name, stage, kmsKey } = asked;
  const version = asked.version === undefined ? undefined : String(asked.version);
  const arn = typeof name === 'string' && name.startsWith('arn:') ? parseArn(name) : undefined;
  const region = asked.region ?? (arn?.region || undefined) ?? place.region;
  const faults = [
    ...nameFaults(asked, arn),
    ...regionFaults(asked, arn, region),
    ...versionFaults(service, version, stage),
    ...keyFaults(kmsKey, region),
  ];
  if (faults.length > 0 || region === undefined) return { source: undefined, faults };
  return {
    source: {
      cloud: 'aws',
      service,
      name,
      region,
      ...(arn !== undefined && { account: arn.account }),
      ...(version !== undefined && { version }),
      ...(stage !== undefined && { stage }),
      ...(kmsKey !== undefined && { kmsKey }),
    },
    faults,
  };
}

function nameFaults({ service, name }: AwsAsked, arn: Arn | undefined): readonly SecretFault[] {
  const example = examples[service];
  const fault = (message: string, remedy = `name it: ${example}`): readonly SecretFault[] => [
    { property: 'name', value: name, message, remedy },
  ];
  if (typeof name !== 'string') return fault(`${JSON.stringify(name)} is no name of ${titles[service]}`);
  if (/[*?]/.test(name)) return fault(`${name} stands for many secrets`, 'name each secret by a mount of its own');
  if (!name.startsWith('arn:'))
    return forms[service].test(name) ? [] : fault(`${JSON.stringify(name)} is no name of ${titles[service]}`);
  const { service: ofArn, prefix } = arnServices[service];
  const rest = arn?.resource.startsWith(prefix) === true ? arn.resource.slice(prefix.length) : '';
  const below = service === 'parameter-store' ? `/${rest}` : rest;
  if (arn?.service === ofArn && arn.region !== '' && arn.account !== '' && forms[service].test(below)) return [];
  return fault(`${name} is no ARN of ${titles[service]}`);
}

function regionFaults({ region }: AwsAsked, arn: Arn | undefined, used: string | undefined): readonly SecretFault[] {
  if (used === undefined) {
    const message = 'nothing says in which region it is';
    const remedy = "name it: region: 'eu-central-1'; or for the app: cloudSecrets: { aws: { region: 'eu-central-1' } }";
    return [{ property: 'region', message, remedy }];
  }
  if (!regionForm.test(used)) {
    const message = `${JSON.stringify(used)} is no region of AWS`;
    return [{ property: 'region', value: used, message, remedy: "write it as AWS does: 'eu-central-1'" }];
  }
  if (region === undefined || arn === undefined || arn.region === region) return [];
  const message = `its ARN is of ${arn.region}, and region says ${region}`;
  return [{ property: 'region', value: region, message, remedy: 'leave the region out: the ARN has it' }];
}

function versionFaults(
  service: AwsService,
  version: string | undefined,
  stage: string | undefined,
): readonly SecretFault[] {
  if (version !== undefined && stage !== undefined) {
    const message = 'it names a version and a stage, which moves from version to version';
    return [{ property: 'version', value: version, message, remedy: 'leave one of them out' }];
  }
  if (version !== undefined && !versionForms[service].test(version)) {
    const message = `${JSON.stringify(version)} is no version of ${titles[service]}`;
    const remedy = service === 'parameter-store' ? 'give its number: 3' : "give the version's ID, a UUID";
    return [{ property: 'version', value: version, message, remedy }];
  }
  if (stage === undefined || stageForm.test(stage)) return [];
  const message = `${JSON.stringify(stage)} is no staging label`;
  return [{ property: 'stage', value: stage, message, remedy: "give one, such as 'AWSPREVIOUS'" }];
}

function keyFaults(kmsKey: string | undefined, region: string | undefined): readonly SecretFault[] {
  if (kmsKey === undefined) return [];
  const arn = parseArn(kmsKey);
  const fault = (message: string, remedy: string): readonly SecretFault[] => [
    { property: 'kmsKey', value: kmsKey, message, remedy },
  ];
  if (arn?.service !== 'kms' || !/^key\/[A-Za-z0-9-]+$/.test(arn.resource)) {
    const remedy = "give the key's ARN: 'arn:aws:kms:eu-central-1:111122223333:key/…'; leave it out for AWS's own key";
    return fault(`${JSON.stringify(kmsKey)} is no ARN of a key: a policy cannot name a key by its alias`, remedy);
  }
  if (region === undefined || arn.region === region) return [];
  return fault(`the key is in ${arn.region}, and the secret in ${region}`, `name the key in ${region}`);
}

/** The six characters that Secrets Manager puts after a name in its ARN. */
const suffix = /-[A-Za-z0-9]{6}$/;

/**
 * What a policy calls the secret. A name of Secrets Manager gets six question marks: AWS puts a dash and six characters after it, so that
 * they stand for this name alone, and for no name that begins with it. An ARN that has them is kept.
 *
 * @param account of the reader, for what is named without one
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
export function resourceArn(source: AwsSource, account: string): string {
  const { service, name, region } = source;
  if (name.startsWith('arn:')) return service === 'secrets-manager' && !suffix.test(name) ? `${name}-??????` : name;
  const { service: ofArn, prefix } = arnServices[service];
  const path = service === 'parameter-store' ? name.slice(1) : `${name}-??????`;
  return `arn:${partitionOf(region)}:${ofArn}:${region}:${source.account ?? account}:${prefix}${path}`;
}
