import { isDnsSubdomain } from '../../core/manifest/names';
import { isPort } from '../../core/manifest/ports';
import { cidrContains, cidrFault, parseAddressAsCidr, parseCidr } from '../../core/network/cidr';
import { metadataNamesIn } from '../../core/network/metadata-names';
import type { NetworkPolicyPort } from '../../core/network/peer';
import type { DeclarationFault } from '../app/declaration';

const protocols: readonly unknown[] = ['TCP', 'UDP', 'SCTP'];

function isOpenable({ port, endPort, protocol }: NetworkPolicyPort): boolean {
  const isRange = endPort === undefined || (isPort(endPort) && endPort >= Number(port));
  return isPort(port) && isRange && protocols.includes(protocol);
}

/** What is wrong with the ports of an opening; undefined where they are sound. */
export function portsFault(property: string, ports: readonly NetworkPolicyPort[]): DeclarationFault | undefined {
  const remedy =
    "name at least one port from 1 to 65535, an endPort that is not below its port, and protocol 'TCP', 'UDP' or 'SCTP'";
  if (ports.length === 0) {
    const message = 'no port is named, and a rule without ports opens all of them';
    return { rule: 'port-valid', property, value: [], message, remedy };
  }
  const wrong = ports.find((port) => !isOpenable(port));
  if (wrong === undefined) return undefined;
  const message = `${JSON.stringify(wrong)} is no port that a NetworkPolicy takes`;
  return { rule: 'port-valid', property, value: wrong, message, remedy };
}

/** What is wrong with a block of addresses and its exceptions; undefined where they are sound. @param property where they are given */
export function blockFault(property: string, cidr: string, except: readonly string[]): DeclarationFault | undefined {
  for (const text of [cidr, ...except]) {
    const fault = cidrFault(text);
    if (fault) return { rule: 'cidr-valid', property, value: text, ...fault };
    const mapped = text.includes(':') ? parseCidr(text) : undefined;
    if (mapped?.family === 4)
      return {
        rule: 'cidr-valid',
        property,
        value: text,
        message: `${text} is a block of IPv4 addresses in the notation of IPv6, which network plugins read differently`,
        remedy: `write ${mapped.text}`,
      };
  }
  const block = parseCidr(cidr);
  const outside = except.filter((text) => {
    const part = parseCidr(text);
    return !block || !part || !cidrContains(block, part);
  });
  if (outside.length > 0)
    return {
      rule: 'cidr-valid',
      property,
      value: outside.join(', '),
      message: `${outside.join(', ')} is no part of ${cidr}`,
      remedy: `except only what lies inside ${cidr}`,
    };
  const whole = except.find((text) => parseCidr(text)?.prefix === block?.prefix);
  if (whole === undefined) return undefined;
  return {
    rule: 'cidr-valid',
    property,
    value: whole,
    message: `${whole} is all of ${cidr}: nothing would be open, and the API server takes no such policy`,
    remedy: `except a part of ${cidr}, or leave the block out`,
  };
}

/** What is wrong with a name that is to be opened; undefined where it is sound. */
export function nameFault(fqdn: string): DeclarationFault | undefined {
  const fault = { rule: 'fqdn-policy', property: 'egressTo', value: fqdn } as const;
  const isPattern = fqdn.startsWith('*.');
  const name = isPattern ? fqdn.slice(2) : fqdn;
  const labels = name.split('.');
  if (parseAddressAsCidr(name) !== undefined) {
    return {
      ...fault,
      message: `${fqdn} is an address, which no policy of names matches as one`,
      remedy: `open it by address: egressTo({ cidr: '${parseAddressAsCidr(name)?.text}', … })`,
    };
  }
  if (!isDnsSubdomain(name) || labels.some((label) => label.length > 63)) {
    return {
      ...fault,
      message: `${JSON.stringify(fqdn)} is no DNS name`,
      remedy: 'write it as api.example.org, or *.example.org for the names below it',
    };
  }
  if (isPattern && labels.length < 2) {
    return {
      ...fault,
      message: `${fqdn} is every name below a top-level domain, those of an attacker included`,
      remedy: 'name the domain, as in *.example.org',
    };
  }
  const [metadata] = metadataNamesIn(isPattern ? `**.${name}` : name);
  if (metadata === undefined) return undefined;
  const what = `the name of a cloud metadata service: whoever reaches it can become the node`;
  return {
    ...fault,
    message: isPattern ? `${fqdn} takes in ${metadata.name}, ${what}` : `${fqdn} is ${what}`,
    remedy: 'give the workload an identity of its own: cloudIdentity',
  };
}
