import type { NamespaceScope } from '../../constructs/namespace/namespace-scope';
import { parseRegistryHost } from '../../core/registry/host';
import type { RegistryTls } from '../../core/registry/settings';
import { certificate, tlsSecretOf } from '../log-pipeline/parts';
import type { PlainArgs } from './config';

/** What its objects are called, whichever product it is. */
export const registryName = 'registry';

export const registryPorts = { https: 5000, metrics: 5001 } as const;

/** The Secrets in the namespace of the registry, and that of each namespace that pulls. */
export const secretNames = {
  certificate: tlsSecretOf(registryName),
  users: `${registryName}-users`,
  upload: `${registryName}-upload`,
  pull: 'registry-pull',
} as const;

/** The keys of those that hold passwords. */
export const secretKeys = { users: 'htpasswd', upload: 'secret', pull: '.dockerconfigjson' } as const;

/** Where the registry finds its certificate. */
export const certificateFiles: RegistryTls = {
  certFile: '/etc/registry/tls/tls.crt',
  keyFile: '/etc/registry/tls/tls.key',
};

/** The certificate for what clients call it. */
export function registryCertificate(scope: NamespaceScope, { issuer, host }: Pick<PlainArgs, 'issuer' | 'host'>): void {
  certificate(scope, registryName, issuer, [parseRegistryHost(host)?.name ?? host]);
}
