import { SecretFile } from '../../constructs/secrets/kubernetes/secret-file';
import type { SecretMount } from '../../constructs/secrets/secret-mount';
import { Mount } from '../../constructs/workload/mount';
import { inUnits } from '../../core/manifest/in-units';
import { bucketLogin } from '../bucket';
import type { PlainArgs, PrivateRegistryConfig } from './config';
import { certificateFiles, registryName, registryPorts, secretKeys, secretNames } from './parts';

/** Where the configuration of a product is mounted. */
export const configFolder = '/etc/registry/config';

/** Who is let in by a password. */
export const usersFile = '/etc/registry/users/htpasswd';

export function usersSecret(): SecretMount {
  return SecretFile.fromSecret(secretNames.users, { key: secretKeys.users, file: usersFile });
}

/** How probes ask. */
export const asks = { port: registryPorts.https, scheme: 'HTTPS' } as const;

/** What each product is told. */
export function settingsOf({ host }: Pick<PlainArgs, 'host'>, { storage }: Pick<PrivateRegistryConfig, 'storage'>) {
  return { host, listen: { address: '0.0.0.0', port: registryPorts.https }, tls: certificateFiles, storage };
}

/** What the workload of each product is told. */
export function workloadOf({ images, bucket }: PlainArgs, { size }: Pick<PrivateRegistryConfig, 'size'>) {
  return {
    image: images.registry,
    resources: { cpu: `${size.cpuMillis}m`, memory: inUnits(size.memory) },
    port: { port: registryPorts.https, name: 'https' },
    service: { headless: false },
    writable: ['/tmp'],
    mounts: { [configFolder]: Mount.configMap(registryName) },
    ...bucketLogin(bucket),
  } as const;
}
