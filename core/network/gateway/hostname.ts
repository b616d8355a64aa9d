import { isDnsSubdomain } from '../../manifest/names';
import { parseAddressAsCidr } from '../cidr';

/** What is wrong with the host name of a listener or a route; undefined where it is sound. */
export function hostnameFault(hostname: string): { readonly message: string; readonly remedy: string } | undefined {
  const name = hostname.startsWith('*.') ? hostname.slice(2) : hostname;
  const remedy = "name the host that clients call: 'shop.example.org', or '*.shop.example.org' for all below it";
  if (parseAddressAsCidr(name) !== undefined)
    return { message: `${hostname} is an address, for which no certificate is shown`, remedy };
  if (!isDnsSubdomain(name) || !name.includes('.'))
    return { message: `${JSON.stringify(hostname)} is no name of a host within a domain`, remedy };
  return undefined;
}

/** Whether a listener of that name is for a host. A star stands for one part and more. */
export function listenerTakes(listener: string, hostname: string): boolean {
  return listener === hostname || (listener.startsWith('*.') && isBelow(hostname, listener.slice(1)));
}

/** The most exact of some listeners' names for a host. */
export function nearestListener(listeners: readonly string[], hostname: string): string | undefined {
  const taking = listeners.filter((listener) => listenerTakes(listener, hostname));
  return taking.sort((a, b) => Number(b === hostname) - Number(a === hostname) || b.length - a.length)[0];
}

/** Whether a certificate with these names is one for a host. In certificates a star stands for exactly one part. */
export function certificateCovers(names: readonly string[], hostname: string): boolean {
  const parent = hostname.slice(hostname.indexOf('.'));
  return names.includes(hostname) || names.includes(`*${parent}`);
}

function isBelow(hostname: string, suffix: string): boolean {
  return hostname.length > suffix.length && hostname.endsWith(suffix);
}
