import type { ClusterTarget } from '../../../cluster/target';
import { AddressSet } from '../../../network/address-set';
import {
  type Allowance,
  type AllowedBlock,
  type AllowedName,
  type AllowedPort,
  networkPolicyKinds,
  suspectAllowancesIn,
} from '../../../network/allowances';
import { type Cidr, cidrContains, cidrsOverlap, parseAddressAsCidr, parseCidr } from '../../../network/cidr';
import { type MetadataEndpoint, metadataEndpoints } from '../../../network/metadata-addresses';
import { metadataNamesIn } from '../../../network/metadata-names';
import { PortSet } from '../../../network/port-set';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { NONE } from '../../rule';

/** Where a cloud hands a pod an identity of its own, not the node's. */
const identityEndpoints: Readonly<Record<string, { readonly port: number; readonly only?: readonly string[] }>> = {
  '169.254.170.23': { port: 80 },
  'fd00:ec2::23': { port: 80 },
  '169.254.169.252': { port: 988 },
  // With GKE's Dataplane V2 the metadata server of the node answers here; elsewhere it is the node's own identity.
  '169.254.169.254': { port: 80, only: ['gke', 'gke-autopilot'] },
};

/** What to do where a block cannot be left out, by how its kind of policy takes addresses out of another. */
const remedies: Readonly<Record<AllowedBlock['excepts'], (blocks: string) => string>> = {
  except: (blocks) => `add to except: ${blocks}`,
  toCIDRSet: (blocks) => `name the block in toCIDRSet, with except: ${blocks}`,
  notNets: (blocks) => `add to notNets: ${blocks}`,
  deny: (blocks) => `deny these networks in a rule before it: ${blocks}`,
  name: () => 'name the domain that is needed, such as *.example.org',
};

/** Where a metadata service answers, by address or by name. */
type Place = Pick<MetadataEndpoint, 'address' | 'ports'>;

function isIdentity({ address }: Place, port: number, target: ClusterTarget): boolean {
  const endpoint = Object.hasOwn(identityEndpoints, address) ? identityEndpoints[address] : undefined;
  if (endpoint === undefined || endpoint.port !== port) return false;
  return endpoint.only === undefined || endpoint.only.includes(target.distribution);
}

/** Whether ports of the rule are among the endpoint's own, other than that of an identity. A name may stand for any. */
function reaches(endpoint: Place, ports: readonly AllowedPort[] | undefined, target: ClusterTarget) {
  if (ports === undefined) return true;
  const isNamed = ports.some(
    ({ entry: { port, protocol } }) => typeof port === 'string' && (protocol ?? 'TCP') === 'TCP',
  );
  const open = PortSet.of(ports.map(({ entry }) => entry));
  return endpoint.ports.some(
    (port) => !isIdentity(endpoint, port, target) && (isNamed || open.covers(PortSet.of([{ port }]))),
  );
}

function judge(
  { cidr, except, path, excepts }: AllowedBlock,
  { ports, denied }: Allowance,
  target: ClusterTarget,
): Violation | undefined {
  const block = parseCidr(String(cidr));
  // What cannot be read is for network-block to report.
  if (block === undefined) return undefined;
  const closed = [...except.flatMap((part) => parseCidr(String(part)) ?? []), ...denied];
  const open = AddressSet.of([block]).minus(AddressSet.of(closed));
  const found = metadataEndpoints.flatMap((endpoint) => {
    const blocks = endpoint.blocks.filter((own) => cidrsOverlap(own, block) && open.meets(AddressSet.of([own])));
    const isAllOfIt = blocks.some((own) => cidrContains(own, block));
    return blocks.length > 0 && (!isAllOfIt || reaches(endpoint, ports, target)) ? [{ endpoint, blocks }] : [];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const { address, what } = first.endpoint;
  const isSingle = first.blocks.some((own) => cidrContains(own, block));
  const more = found.length > 1 ? `, and ${found.length - 1} more` : '';
  return {
    path,
    value: cidr,
    message: isSingle
      ? `the rule opens ${address}, the ${what}`
      : `the rule opens ${cidr}, and in it ${address}, the ${what}${more}`,
    remedy: isSingle
      ? 'remove it; what needs a cloud identity opens the one port of its endpoint (EKS Pod Identity 169.254.170.23:80, GKE 169.254.169.252:988)'
      : remedies[excepts](textOf(found.flatMap(({ blocks }) => blocks))),
  };
}

function judgeName(
  { name, pattern, path }: AllowedName,
  { ports, denied }: Allowance,
  target: ClusterTarget,
): Violation | undefined {
  const closed = AddressSet.of(denied);
  const metadata = metadataNamesIn(pattern).find((service) => {
    const address = parseAddressAsCidr(service.address);
    return reaches(service, ports, target) && !(address && closed.meets(AddressSet.of([address])));
  });
  if (metadata === undefined) return undefined;
  const what = `a name of the instance metadata of ${metadata.cloud}`;
  const isPattern = pattern.includes('*');
  return {
    path,
    value: name,
    message: isPattern
      ? `the rule opens ${name}, and in it ${metadata.name}, ${what}`
      : `the rule opens ${name}, ${what}`,
    remedy: isPattern ? 'name the hosts that are needed' : 'remove it, and give the pods an identity of their own',
  };
}

function textOf(blocks: readonly Cidr[]): string {
  return blocks.map(({ text }) => text).join(', ');
}

function judgeRule(rule: Allowance, target: ClusterTarget): readonly Violation[] {
  if (rule.peers !== undefined) {
    return rule.peers.flatMap(({ blocks, names }) => [
      ...blocks.flatMap((block) => judge(block, rule, target) ?? []),
      ...names.flatMap((name) => judgeName(name, rule, target) ?? []),
    ]);
  }
  const open = metadataEndpoints.find(({ blocks }) =>
    blocks.some((own) => !rule.denied.some((part) => cidrContains(part, own))),
  );
  if (open === undefined) return NONE;
  return [
    {
      path: rule.peersPath,
      message: `the rule names no peer, so it opens the metadata addresses of every cloud, such as ${open.address}`,
      remedy: 'name the peers; a block of addresses can except the metadata addresses',
    },
  ];
}

/** Code, since blocks, exceptions and denials are subtracted from each other as sets of addresses, which CEL cannot. */
export const networkMetadata = {
  id: 'network-metadata',
  subject: 'object',
  kinds: networkPolicyKinds,
  title: 'No network policy opens the metadata service of a cloud',
  severity: 'error',
  why:
    "From the metadata address an attacker in a pod, or one who only makes it fetch a URL, takes the node's credentials: " +
    'with them they pull images, read buckets and register nodes. IPv6 leads there too, where NAT64 (64:ff9b::/96) or 6to4 (2002::/16) ' +
    'translates it.',
  fix: 'Except the metadata addresses from the block; a workload that needs a cloud identity opens the exact address and port of its endpoint.',
  check: (object, { target }) => {
    const rules = suspectAllowancesIn(object).filter(({ direction }) => direction === 'egress');
    return rules.length === 0 ? NONE : rules.flatMap((rule) => judgeRule(rule, target));
  },
} as const satisfies ObjectRule;
