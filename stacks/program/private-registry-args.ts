import type { PrivateRegistryArgs } from '../private-registry';
import type { Settings } from './settings';

/** The arguments of private-registry: users have their passwords from the key that is secret. */
export function privateRegistryArgs(settings: Settings): PrivateRegistryArgs | undefined {
  const { kubernetesVersion, distribution, owner, privateRegistry, registryPasswords, registryUploadSecret } = settings;
  if (privateRegistry === undefined) return undefined;
  const { users, ...way } = privateRegistry.authentication;
  const passwords = new Map(Object.entries(registryPasswords ?? {}));
  return {
    ...privateRegistry,
    kubernetesVersion,
    owner,
    ...(distribution !== undefined && { distribution }),
    authentication: {
      ...way,
      ...(users !== undefined && {
        users: users.map(({ name }) => {
          const password = passwords.get(name);
          return { name, ...(password !== undefined && { password }) };
        }),
      }),
    },
    ...(registryUploadSecret !== undefined && { uploadSecret: registryUploadSecret }),
  };
}
