import { today } from '../../../constructs/app/today';
import type { RegistryFault } from '../../../core/registry/fault';
import type { PrivateRegistryArgs } from '../../private-registry';
import { privateRegistryConfig } from '../../private-registry/config';
import { passwordKey, secretFaults } from '../../private-registry/secrets';
import { runbookFaults } from '../../runbooks';
import { privateRegistryArgs } from '../private-registry-args';
import type { Settings } from '../settings';
import { byKeys, untold } from './told';

const stack = { id: 'private-registry', under: 'privateRegistry' } as const;
const secretKeys = ['registryPasswords', 'registryUploadSecret'] as const;

export function privateRegistryFaults(settings: Settings, project: string): readonly string[] {
  const args = privateRegistryArgs(settings);
  if (args === undefined) return [untold(stack.id, stack.under)];
  const { config, faults } = privateRegistryConfig(args, today());
  return [
    ...byKeys(stack, [...faults, ...runbookFaults(args.runbooks)], settings),
    ...(unusedSecrets(settings, project) ?? [
      ...secretFaults(args, config).map((fault) => ofSecret(fault, args, project)),
      ...strangers(args, settings),
    ]),
  ];
}

/** Secrets that are given, and that nobody can or may use: all that is to be said of them. */
function unusedSecrets(settings: Settings, project: string): readonly string[] | undefined {
  const { privateRegistry, withheld = [] } = settings;
  const hidden = secretKeys.filter((key) => withheld.includes(key));
  if (privateRegistry?.secretsElsewhere === true)
    return secretKeys
      .filter((key) => settings[key] !== undefined || hidden.includes(key))
      .map(
        (key) =>
          `${key}: it is given, and somebody else makes the Secrets; pulumi config rm ${project}:${key}, or leave privateRegistry.secretsElsewhere out`,
      );
  // Where a program is only rendered, nobody decrypts what is secret.
  if (hidden.length === 0) return undefined;
  return hidden.map(
    (key) =>
      `${key}: it is a secret, which no rendered file may have; deploy by pulumi up, or set privateRegistry.secretsElsewhere, have External Secrets or the like make the Secrets, and pulumi config rm ${project}:${key}`,
  );
}

/** What is wrong with a secret, by the key that has it. */
function ofSecret({ key, message, remedy }: RegistryFault, args: PrivateRegistryArgs, project: string): string {
  const user = args.authentication.users?.find((_, i) => passwordKey(i) === key);
  const place = user === undefined ? 'registryUploadSecret' : `registryPasswords["${user.name}"]`;
  const isMissing = user === undefined ? args.uploadSecret === undefined : user.password === undefined;
  if (!isMissing) return `${place}: ${message}; ${remedy}`;
  return `${place}: ${message}; pulumi config set --secret --path '${project}:${place}' "$(openssl rand -base64 32)", or set privateRegistry.secretsElsewhere where somebody else makes the Secrets`;
}

/** Passwords of nobody. What they are called by may be a password by mistake, and is not said. */
function strangers({ authentication }: PrivateRegistryArgs, { registryPasswords = {} }: Settings): readonly string[] {
  const users = authentication.users?.map(({ name }) => name) ?? [];
  const count = Object.keys(registryPasswords).filter((name) => !users.includes(name)).length;
  if (count === 0) return [];
  const whom = users.length === 0 ? 'there are none' : `they are ${users.join(', ')}`;
  return [
    `registryPasswords: ${count} of its names ${count === 1 ? 'is' : 'are'} none of privateRegistry.authentication.users; ${whom}: name the user there, or take the password away`,
  ];
}
