import { isDnsLabel } from '../../manifest/names';
import { isAbsent, listOf } from '../../manifest/plain';
import type { PodSpec } from '../../manifest/pod';
import { parseAddressAsCidr } from '../../network/cidr';
import { eachEntry, type Faults, setAmong } from './fault';

/** So many servers a resolver asks, and the API server takes. */
const mostServers = 3;

/** Who the pod is, and whom it asks for names. */
export function hostFaults(faults: Faults, spec: PodSpec): void {
  for (const field of setAmong(spec, ['hostname', 'subdomain'] as const)) {
    const name: unknown = spec[field];
    // What is no text the schema tells of.
    if (typeof name !== 'string' || name === '' || isDnsLabel(name)) continue;
    const remedy = 'write at most 63 lower-case letters, digits and dashes';
    faults.push({ path: ['spec', field], value: name, message: `${JSON.stringify(name)} is no ${field}`, remedy });
  }
  eachEntry(spec.hostAliases, ({ ip }, i) => {
    if (isAddress(ip)) return;
    const message = `${JSON.stringify(ip)} is no address that names could stand for`;
    faults.push({ path: ['spec', 'hostAliases', i, 'ip'], value: ip, message, remedy: 'write an address' });
  });
  if (isAbsent(spec.dnsPolicy) && isAbsent(spec.dnsConfig)) return;
  const servers = listOf(spec.dnsConfig?.nameservers);
  if (spec.dnsPolicy === 'None' && servers.length === 0) {
    const message = 'with dnsPolicy None the pod has no name server but those of dnsConfig, which names none';
    const remedy = 'name them in dnsConfig.nameservers, or leave dnsPolicy out';
    faults.push({ path: ['spec', 'dnsPolicy'], value: spec.dnsPolicy, message, remedy });
  }
  if (servers.length > mostServers) {
    const message = `a pod asks ${mostServers} name servers at most, and these are ${servers.length}`;
    faults.push({ path: ['spec', 'dnsConfig', 'nameservers'], value: servers, message, remedy: 'leave some out' });
  }
  servers.forEach((server, i) => {
    if (isAddress(server)) return;
    const message = `${JSON.stringify(server)} is no address of a name server`;
    const path = ['spec', 'dnsConfig', 'nameservers', i];
    faults.push({ path, value: server, message, remedy: 'write an address' });
  });
}

/** Zeros before a number older API servers read as decimal; only the newest take none. */
function isAddress(given: unknown): boolean {
  return typeof given === 'string' && parseAddressAsCidr(given.replace(/(?<![^.])0+(?=\d)/g, '')) !== undefined;
}
