import type { ClusterTarget } from '../../../cluster/target';
import { type Cidr, cidrContains, parseCidr } from '../../../network/cidr';
import { metadataAddresses } from '../../../network/metadata-addresses';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../../network/peer';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { isAbsent, NONE } from '../support';

interface EgressRule {
  readonly to?: readonly (NetworkPolicyPeer | null)[] | null;
  readonly ports?: readonly (NetworkPolicyPort | null)[] | null;
}

interface PolicySpec {
  readonly policyTypes?: readonly string[] | null;
  readonly egress?: readonly (EgressRule | null)[] | null;
}

/** A metadata address, once for all the clouds that share it. */
interface Metadata {
  readonly block: Cidr;
  readonly address: string;
  readonly ports: readonly number[];
  readonly what: string;
}

const metadata: readonly Metadata[] = [...new Set(metadataAddresses.map(({ address }) => address))].flatMap(
  (address) => {
    const same = metadataAddresses.filter((entry) => entry.address === address);
    const block = parseCidr(same[0]?.cidr ?? '');
    if (block === undefined) return [];
    const what = `${same[0]?.service} of ${same.map(({ cloud }) => cloud).join(', ')}`;
    return [{ block, address, ports: same.flatMap(({ ports }) => ports), what }];
  },
);

/** Where a cloud hands a pod an identity of its own, not the node's. */
const identityEndpoints: Readonly<Record<string, { readonly port: number; readonly only?: readonly string[] }>> = {
  '169.254.170.23': { port: 80 },
  'fd00:ec2::23': { port: 80 },
  '169.254.169.252': { port: 988 },
  // With GKE's Dataplane V2 the metadata server of the node answers here; elsewhere it is the node's own identity.
  '169.254.169.254': { port: 80, only: ['gke', 'gke-autopilot'] },
};

function isIdentity({ address }: Metadata, port: number, target: ClusterTarget): boolean {
  const endpoint = Object.hasOwn(identityEndpoints, address) ? identityEndpoints[address] : undefined;
  if (endpoint === undefined || endpoint.port !== port) return false;
  return endpoint.only === undefined || endpoint.only.includes(target.distribution);
}

function opens({ protocol, port, endPort }: NetworkPolicyPort, served: number): boolean {
  if ((protocol ?? 'TCP') !== 'TCP') return false;
  if (typeof port !== 'number') return true;
  return port <= served && served <= (endPort ?? port);
}

/** Whether ports of the rule are among the address's own, other than that of an identity endpoint. */
function reaches(entry: Metadata, ports: EgressRule['ports'], target: ClusterTarget): boolean {
  if (isAbsent(ports) || ports.length === 0) return true;
  return entry.ports.some(
    (served) => !isIdentity(entry, served, target) && ports.some((port) => !isAbsent(port) && opens(port, served)),
  );
}

/** The IPv4 block that an IPv6 block of NAT64 (RFC 6052) or 6to4 (RFC 3056) stands for; any other block is itself. */
function translated(block: Cidr): Cidr {
  if (block.family === 4) return block;
  const isNat64 = block.prefix >= 96 && block.first >> 32n === 0x64ff9bn << 64n;
  const is6to4 = block.prefix >= 16 && block.first >> 112n === 0x2002n;
  if (!isNat64 && !is6to4) return block;
  const address = (isNat64 ? block.first : block.first >> 80n) & 0xffff_ffffn;
  const prefix = isNat64 ? block.prefix : Math.min(block.prefix + 80, 128);
  return parseCidr(`::ffff:${(address >> 16n).toString(16)}:${(address & 0xffffn).toString(16)}/${prefix}`) ?? block;
}

function unreadable(path: Violation['path'], value: unknown): Violation {
  return {
    path,
    value,
    message: `${JSON.stringify(value)} is no address block that all network plugins read alike`,
    remedy: 'write it as 203.0.113.0/24 or 2001:db8::/32, without leading zeros',
  };
}

function judge(
  ipBlock: NonNullable<NetworkPolicyPeer['ipBlock']>,
  ports: EgressRule['ports'],
  path: Violation['path'],
  target: ClusterTarget,
): Violation | undefined {
  const written = parseCidr(String(ipBlock.cidr));
  if (written === undefined) return unreadable([...path, 'ipBlock', 'cidr'], ipBlock.cidr);
  const except = ipBlock.except ?? [];
  const wrong = except.findIndex((part) => parseCidr(String(part)) === undefined);
  if (wrong !== -1) return unreadable([...path, 'ipBlock', 'except', wrong], except[wrong]);
  const block = translated(written);
  const excepted = except.flatMap((part) => parseCidr(String(part)) ?? []).map(translated);
  const single = block.first === block.last;
  const found = metadata.filter(
    (entry) =>
      cidrContains(block, entry.block) &&
      !excepted.some((part) => cidrContains(part, entry.block)) &&
      (!single || reaches(entry, ports, target)),
  );
  const [first] = found;
  if (first === undefined) return undefined;
  const more = found.length > 1 ? `, and ${found.length - 1} more` : '';
  return {
    path: [...path, 'ipBlock'],
    value: ipBlock.cidr,
    message: single
      ? `the rule opens ${first.address}, the ${first.what}`
      : `the rule opens ${ipBlock.cidr}, and in it ${first.address}, the ${first.what}${more}`,
    remedy:
      block !== written
        ? `remove it: name the IPv4 block, ${block.text}, and except the metadata addresses`
        : single
          ? 'remove it; a workload that needs a cloud identity opens that endpoint alone (EKS Pod Identity 169.254.170.23:80, GKE 169.254.169.252:988)'
          : `add to except: ${found.map(({ block: { text } }) => text).join(', ')}`,
  };
}

export const networkMetadata = {
  id: 'network-metadata',
  subject: 'object',
  kinds: ['networking.k8s.io/NetworkPolicy'],
  title: 'No NetworkPolicy opens the metadata service of a cloud',
  severity: 'error',
  why:
    "From the metadata address an attacker in a pod, or one who only makes it fetch a URL, takes the node's credentials: " +
    'with them they pull images, read buckets and register nodes.',
  fix: 'Except the metadata addresses from the block; a workload that needs a cloud identity opens the exact address and port of its endpoint.',
  check: (object, { target }) => {
    const { egress, policyTypes } = (object.spec ?? {}) as PolicySpec;
    if (isAbsent(egress) || egress.length === 0) return NONE;
    if (!isAbsent(policyTypes) && policyTypes.length > 0 && !policyTypes.includes('Egress')) return NONE;
    let found: Violation[] | undefined;
    for (let index = 0; index < egress.length; index++) {
      const rule = egress[index];
      const peers = rule?.to ?? [];
      if (peers.length === 0) {
        found ??= [];
        found.push({
          path: ['spec', 'egress', index, 'to'],
          message: `the rule names no peer, so it opens the metadata addresses of every cloud, such as ${metadata[0]?.address}`,
          remedy: 'name the peers; an ipBlock excepts the metadata addresses',
        });
      }
      for (let at = 0; at < peers.length; at++) {
        const block = peers[at]?.ipBlock;
        const seen = isAbsent(block)
          ? undefined
          : judge(block, rule?.ports, ['spec', 'egress', index, 'to', at], target);
        if (seen === undefined) continue;
        found ??= [];
        found.push(seen);
      }
    }
    return found ?? NONE;
  },
} as const satisfies ObjectRule;
