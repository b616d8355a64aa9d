import type { NamespaceScope } from '../../constructs/namespace/namespace-scope';
import type { SecretMount } from '../../constructs/secrets/secret-mount';
import { parseRegistryHost } from '../../core/registry/host';
import type { RegistryTls } from '../../core/registry/settings';
import { certificate, tlsMounts } from '../parts';
import type { PlainArgs } from './config';

/** What its objects are called, whichever product it is. */
export const registryName = 'registry';

export const registryPorts = { https: 5000, metrics: 5001 } as const;

/** The Secrets with passwords in the namespace of the registry, and that of each namespace that pulls. */
export const secretNames = {
  users: `${registryName}-users`,
  upload: `${registryName}-upload`,
  pull: 'registry-pull',
} as const;

/** Their keys. */
export const secretKeys = { users: 'htpasswd', upload: 'secret', pull: '.dockerconfigjson' } as const;

/** Where the registry finds its certificate. */
export const certificateFiles: RegistryTls = {
  certFile: '/etc/registry/tls/tls.crt',
  keyFile: '/etc/registry/tls/tls.key',
};

/** The certificate in its container. */
export function certificateSecrets(): readonly SecretMount[] {
  return tlsMounts(registryName, Object.values(certificateFiles));
}

/** The certificate for what clients call it. */
export function registryCertificate(scope: NamespaceScope, { issuer, host }: Pick<PlainArgs, 'issuer' | 'host'>): void {
  certificate(scope, registryName, issuer, [parseRegistryHost(host)?.name ?? host]);
}
