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

const hub = 'docker.io';
/** Where Docker Hub answers, too. @see https://github.com/distribution/reference/blob/main/normalize.go */
const hubAddresses: readonly string[] = ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];

/** A registry by the one name that its images have: they are compared as texts, on nodes and in policies. */
export function registryName(host: string): string {
  const { name = host, port } = /^(?<name>.+?)\.*(?::0*(?<port>\d{1,5}))?$/.exec(host.toLowerCase())?.groups ?? {};
  // A name without a dot is one of a registry by its port alone.
  const hasPort = port !== undefined && (port !== '443' || !name.includes('.'));
  const written = hasPort ? `${name}:${port}` : name;
  return hubAddresses.includes(written) ? hub : written;
}

/** A registry, or a prefix of what is in it, by another name than the one that images have; undefined where there is nothing to say. */
export function spellingFault(prefix: string): Pick<RegistryFault, 'message' | 'remedy'> | undefined {
  const [host = '', ...path] = prefix.split('/');
  const name = registryName(host);
  if (name === host) return undefined;
  const message = `images are compared by the names of their registries, and that one is called ${name}`;
  return { message, remedy: `write ${[name, ...path].join('/')}` };
}

/** What is wrong with the host of a registry of one's own. */
export function ownRegistryFaults(key: string, host: string): readonly RegistryFault[] {
  if (registryName(host) !== hub) return registryHostFaults(key, host);
  const message = 'it is Docker Hub, whose images anybody may push';
  return [{ key, message, remedy: 'give the name of your own: registry.acme.example' }];
}

/** What is wrong with the host of a registry. What stands in it may be a password, and is not shown. */
export function registryHostFaults(key: string, host: string): readonly RegistryFault[] {
  if (parseRegistryHost(registryName(host)) !== undefined) {
    const fault = spellingFault(host);
    return fault === undefined ? [] : [{ key, ...fault }];
  }
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
