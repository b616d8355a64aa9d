import * as kubernetes from '@pulumi/kubernetes';
import { all, type ComponentResourceOptions, type Input, type Output, output, secret } from '@pulumi/pulumi';
import { RegistryError, type RegistryFault } from '../../core/registry/fault';
import { isOpaque } from '../bridge/texts';
import type { PrivateRegistryArgs, RegistryUserArgs } from './args';
import type { PrivateRegistryConfig } from './config';
import { secretKeys, secretNames } from './parts';
import { dockerConfig, htpasswd, type KnownUser, passwordFaults } from './passwords';

type SecretArgs = Pick<
  PrivateRegistryArgs,
  'host' | 'authentication' | 'uploadSecret' | 'pullSecrets' | 'secretsElsewhere'
>;

const uploadKey = 'uploadSecret';

/** What is wrong with secrets that are known already, and with those that are missing. None is in a message. */
export function secretFaults(args: SecretArgs, config: PrivateRegistryConfig): readonly RegistryFault[] {
  const { authentication, uploadSecret, secretsElsewhere } = args;
  const users = authentication?.users ?? [];
  if (secretsElsewhere) return idleFaults(users, uploadSecret);
  const faults = users.flatMap(({ name, password }, i) =>
    isOpaque(password) ? [] : passwordFaults(passwordKey(i), name, password),
  );
  if (signsUploads(config) && uploadSecret === undefined)
    return [
      ...faults,
      {
        key: uploadKey,
        message: 'it is missing, and an upload that begins at one replica could not go on at another',
        remedy: 'give a secret of 32 characters or more, such as openssl rand -base64 32',
      },
    ];
  return uploadSecret === undefined || isOpaque(uploadSecret) ? faults : [...faults, ...uploadFaults(uploadSecret)];
}

/** Whether several processes go on with each other's uploads. Harbor keeps the state of those in its own database. */
function signsUploads({ product, replicas }: PrivateRegistryConfig): boolean {
  return product !== 'harbor' && replicas > 1;
}

/** What is given although somebody else makes the Secrets, which would be there twice and might differ. */
function idleFaults(users: readonly RegistryUserArgs[], upload: unknown): readonly RegistryFault[] {
  const given = users.flatMap(({ password }, i) => (password === undefined ? [] : [passwordKey(i)]));
  return [...given, ...(upload === undefined ? [] : [uploadKey])].map((key) => ({
    key,
    message: 'it is given, and somebody else makes the Secrets',
    remedy: 'leave it out, or leave secretsElsewhere out',
  }));
}

function uploadFaults(value: unknown): readonly RegistryFault[] {
  if (typeof value === 'string' && /^[\x21-\x7e]{32,1024}$/.test(value)) return [];
  const remedy = 'give a secret of 32 characters or more without blanks, such as openssl rand -base64 32';
  return [{ key: uploadKey, message: 'it could be guessed, or does not stand in one line', remedy }];
}

/** Where the password of a user is among the arguments. */
export function passwordKey(i: number): string {
  return `authentication.users[${i}].password`;
}

function refuse(faults: readonly RegistryFault[]): void {
  if (faults.length > 0) throw new RegistryError(faults);
}

/**
 * The Secrets of the registry and of those that pull, as resources: no manifest has them, and Pulumi's state has them encrypted. There are none
 * where somebody else makes them.
 * @param options of each of them; those of the registry wait for its namespace
 */
export function registrySecrets(
  name: string,
  { host, authentication, uploadSecret, pullSecrets = [], secretsElsewhere }: SecretArgs,
  config: PrivateRegistryConfig,
  options: ComponentResourceOptions,
): void {
  if (secretsElsewhere) return;
  const { namespace } = config;
  const users = (authentication.users ?? []).map(({ name: user, password = '' }, i) =>
    known(password, (value): KnownUser => {
      refuse(passwordFaults(passwordKey(i), user, value));
      return { name: user, password: value };
    }),
  );
  const make = (place: string, object: string, type: string, stringData: Readonly<Record<string, Output<string>>>) =>
    new kubernetes.core.v1.Secret(
      `${name}:${place}/${object}`,
      {
        metadata: { name: object, namespace: place, labels: { 'app.kubernetes.io/name': 'registry' } },
        type,
        stringData,
      },
      { ...options, additionalSecretOutputs: ['data', 'stringData'] },
    );
  if (users.length > 0)
    make(namespace, secretNames.users, 'Opaque', {
      [secretKeys.users]: secret(all(users).apply((of) => htpasswd(host, of))),
    });
  if (signsUploads(config) && uploadSecret !== undefined)
    make(namespace, secretNames.upload, 'Opaque', {
      [secretKeys.upload]: known(uploadSecret, (value) => {
        refuse(uploadFaults(value));
        return value;
      }),
    });
  for (const { namespace: place, user } of pullSecrets) {
    const index = authentication.users?.findIndex((each) => each.name === user) ?? -1;
    const of = users[index];
    if (of !== undefined)
      make(place, secretNames.pull, 'kubernetes.io/dockerconfigjson', {
        [secretKeys.pull]: of.apply((each) => dockerConfig(host, each)),
      });
  }
}

function known<T>(value: Input<string>, make: (text: string) => T): Output<T> {
  return secret(output(value).apply(make)) as Output<T>;
}
