import { isDnsSubdomain } from '../manifest/names';
import { isPort } from '../manifest/ports';
import type { RegistryFault } from './fault';

/** A registry as clients call it. */
export interface RegistryHost {
  readonly name: string;
  readonly port?: number;
}

/** @returns undefined for what is none: with a scheme or a path */
export function parseRegistryHost(host: string): RegistryHost | undefined {
  const { name = '', port } = /^(?<name>[^:/@\s]+)(:(?<port>\d{1,5}))?$/.exec(host)?.groups ?? {};
  // A name without a dot would be taken for a repository of docker.io.
  if (!isDnsSubdomain(name) || !name.includes('.') || /(^|\.)\d+$/.test(name)) return undefined;
  if (port === undefined) return { name };
  return isPort(Number(port)) ? { name, port: Number(port) } : undefined;
}

/** What is wrong with the host of a registry. What stands in it may be a password, and is not shown. */
export function registryHostFaults(key: string, host: string): readonly RegistryFault[] {
  if (parseRegistryHost(host) !== undefined) return [];
  const at = (message: string, remedy: string): readonly RegistryFault[] => [{ key, message, remedy }];
  const without = 'write it as registry.acme.example, or registry.acme.example:8443';
  if (/^http:/i.test(host))
    return at('there is no registry without TLS: passwords and images would go over the network in the clear', without);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host))
    return at('it has a scheme, and images are called by the host alone', without);
  if (host.includes('@')) return at('it has a user in it', `${without}, and users in authentication`);
  if (host.includes('/')) return at('it has a path, and a path is part of the names of images', without);
  return at('it is no name of a host with a dot in it', without);
}
