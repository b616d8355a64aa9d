import { formatPath, type Path } from '../../../manifest/path';
import { isAbsent } from '../../../manifest/plain';
import { AddressSet } from '../../../network/address-set';
import {
  type Allowance,
  type AllowedPort,
  type Direction,
  networkPolicyKinds,
  suspectAllowancesIn,
} from '../../../network/allowances';
import { parseCidr } from '../../../network/cidr';
import { PortSet } from '../../../network/port-set';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { NONE } from '../../rule';

/** More ports than any service listens on. */
const WIDE = 10_000;

const protocols = ['TCP', 'UDP', 'SCTP'] as const;

const everyone: Readonly<Record<Direction, string>> = {
  ingress: 'lets everyone in',
  egress: 'lets its pods out to everywhere',
};

/** Half of the addresses of a family: of IPv6 those that are given out, 2000::/3. */
const half = { 4: 2n ** 31n, 6: 2n ** 124n } as const;
const internet = AddressSet.of(['0.0.0.0/0', '2000::/3'].flatMap((text) => parseCidr(text) ?? []));

function isMostOfTheInternet(addresses: AddressSet): boolean {
  const outside = addresses.intersect(internet);
  return outside.count(4) >= half[4] || outside.count(6) >= half[6];
}

function portsOf({ entry }: AllowedPort): PortSet {
  return PortSet.of([entry]);
}

/** True for one port, by number or name: no sum of these comes near to all. */
function isSingle({ entry: { port, endPort } }: AllowedPort): boolean {
  return !isAbsent(port) && isAbsent(endPort);
}

/** True for ports that leave hardly any out. */
function isWide(ports: PortSet): boolean {
  return protocols.some((protocol) => ports.count(protocol) > WIDE);
}

function judgePeers({ direction, peers, peersPath }: Allowance): readonly Violation[] {
  if (peers === undefined) {
    return [
      {
        path: peersPath,
        message: `the rule names no peer, so it ${everyone[direction]}`,
        remedy: `name the peers in ${peersPath.at(-1)}: pod and namespace selectors, or the smallest block of addresses`,
      },
    ];
  }
  return peers.flatMap(({ isCluster, isMostOfCluster, path }) =>
    isCluster || isMostOfCluster
      ? [
          {
            path,
            message: `the rule selects every pod of every namespace of the cluster${isCluster ? '' : ', but for those that it names'}`,
            remedy: 'select the pods and the namespace that need it',
          },
        ]
      : [],
  );
}

/** A block that a rule lets in, and what of it nothing keeps out. */
interface Source {
  readonly cidr: unknown;
  readonly path: Path;
  readonly addresses: AddressSet;
}

function sourcesOf({ direction, peers = [], denied }: Allowance): readonly Source[] {
  if (direction === 'egress') return [];
  return peers.flatMap((peer) =>
    peer.blocks.map(({ cidr, except, path }) => {
      const read = (text: unknown) => parseCidr(String(text)) ?? [];
      const addresses = AddressSet.of([cidr].flatMap(read)).minus(AddressSet.of([...except.flatMap(read), ...denied]));
      return { cidr, path, addresses };
    }),
  );
}

function together(sources: readonly Source[]): AddressSet {
  return sources.reduce((sum, { addresses }) => sum.union(addresses), AddressSet.of([]));
}

const fewerSources = 'name the addresses that need it, or the pods of the gateway that they come through';

/** Blocks that let in most of the internet, one by one or together. */
function judgeSources(rule: Allowance): readonly Violation[] {
  const sources = sourcesOf(rule);
  const wide = sources.filter(({ addresses }) => isMostOfTheInternet(addresses));
  if (wide.length > 0) {
    return wide.map(({ cidr, path }) => ({
      path,
      value: cidr,
      message: `the rule lets in ${cidr}, which is anybody`,
      remedy: fewerSources,
    }));
  }
  if (!isMostOfTheInternet(together(sources))) return NONE;
  const message = `the blocks ${sources.map(({ cidr }) => cidr).join(', ')} add up to most of the internet`;
  return [{ path: rule.peersPath, message, remedy: fewerSources }];
}

/** Rules that let in a part of the internet each, and most of it together on some port. */
function judgeSourcesOfAll(rules: readonly Allowance[]): readonly Violation[] {
  const parts = rules.flatMap((rule) => {
    const sources = sourcesOf(rule);
    const addresses = together(sources);
    // What is too much by itself is found in its rule.
    if (addresses.isEmpty || isMostOfTheInternet(addresses)) return [];
    return [{ rule, addresses, ports: rule.ports === undefined ? PortSet.every : sumOf(rule.ports) }];
  });
  const all = parts.reduce((sum, { addresses }) => sum.union(addresses), AddressSet.of([]));
  if (parts.length < 2 || !isMostOfTheInternet(all)) return NONE;
  const found = new Map<string, Violation>();
  for (const one of firstPorts(parts.map(({ rule }) => rule))) {
    const there = parts.filter(({ ports }) => ports.covers(one));
    const sum = there.reduce((so, { addresses }) => so.union(addresses), AddressSet.of([]));
    const last = there.at(-1);
    if (last === undefined || !isMostOfTheInternet(sum)) continue;
    const { peersPath } = last.rule;
    const others = there.slice(0, -1).map(({ rule }) => formatPath(rule.path));
    const message = `with those of ${others.join(', ')} the blocks add up to most of the internet on ${one.text}`;
    const key = formatPath(peersPath);
    if (!found.has(key)) found.set(key, { path: peersPath, message, remedy: fewerSources });
  }
  return [...found.values()];
}

function sumOf(ports: readonly AllowedPort[]): PortSet {
  return PortSet.of(ports.map(({ entry }) => entry));
}

/** Where ranges of ports begin: what is in several of them is at the beginning of one. */
function firstPorts(rules: readonly Allowance[]): readonly PortSet[] {
  const entries = rules.flatMap(({ ports }) => ports?.map(({ entry }) => entry) ?? [{ protocol: 'ANY' as const }]);
  const sets = entries.flatMap(({ protocol, port }) =>
    (protocol === 'ANY' ? protocols : [protocol ?? 'TCP']).map((one) =>
      PortSet.of([{ protocol: one, port: port ?? 1 }]),
    ),
  );
  return [...new Map(sets.map((set) => [set.key, set])).values()];
}

function judgePorts({ ports, portsPath }: Allowance): readonly Violation[] {
  if (ports === undefined) {
    return [
      {
        path: portsPath,
        message: 'the rule names no port, so it opens all of them',
        remedy: 'name the port and protocol that is served',
      },
    ];
  }
  return ports.flatMap((port) => {
    if (isSingle(port) || !isWide(portsOf(port))) return [];
    const { protocol, port: from, endPort } = port.entry;
    const kind = protocol === 'ANY' ? '' : `${protocol ?? 'TCP'} `;
    const message = isAbsent(from)
      ? `the rule opens every ${kind}port`
      : `the rule opens the ${kind}ports from ${from} to ${endPort}`;
    return [{ path: port.path, value: port.value, message, remedy: 'name the port that is served' }];
  });
}

/** What is open to one peer, from the rules so far. */
interface Sum {
  readonly ports: PortSet;
  readonly rules: readonly string[];
}

/** Entries, each narrow, that open many ports to the same peer together: in one rule or in several. */
function judgeSums(rules: readonly Allowance[]): readonly Violation[] {
  if (rules.every(({ ports }) => ports?.every(isSingle) ?? true)) return NONE;
  const sums = new Map<string, Sum>();
  const found = new Map<string, Violation>();
  for (const { direction, path, peers, ports, portsPath } of rules) {
    const narrow = (ports ?? []).map(portsOf).filter((one) => !isWide(one));
    if (narrow.length === 0) continue;
    for (const peer of peers ?? [undefined]) {
      const key = `${direction} ${JSON.stringify(peer?.value)}`;
      const before = sums.get(key);
      if (before !== undefined && isWide(before.ports)) continue;
      const sum = {
        ports: narrow.reduce((all, one) => all.union(one), before?.ports ?? PortSet.of([])),
        rules: [...(before?.rules ?? []), formatPath(path)],
      };
      sums.set(key, sum);
      if (!isWide(sum.ports)) continue;
      const counts = protocols.filter((protocol) => sum.ports.count(protocol) > WIDE);
      const what = counts.map((protocol) => `${sum.ports.count(protocol)} ${protocol} ports`).join(' and ');
      const others = sum.rules.slice(0, -1);
      found.set(formatPath(portsPath), {
        path: portsPath,
        message: `the entries add up to ${what}${others.length > 0 ? `, with those to the same peer in ${others.join(', ')}` : ''}`,
        remedy: 'name the ports that are served',
      });
    }
  }
  return [...found.values()];
}

/** Code, since ports and addresses are added up and compared as sets, which the CEL of an admission policy cannot. */
export const networkOpen = {
  id: 'network-open',
  subject: 'object',
  kinds: networkPolicyKinds,
  title: 'No network policy opens every port or every peer',
  severity: 'error',
  why:
    'A rule without peers or without ports looks like protection and is none: an attacker in any pod reaches debug, metrics and admin ports, ' +
    'and one in this pod reaches the whole network and carries data out. One that lets in any address puts the pod on the internet.',
  fix: 'Name the peers (pods and namespace, or the smallest block of addresses) and the ports in each rule.',
  check: (object) => {
    const rules = suspectAllowancesIn(object);
    if (rules.length === 0) return NONE;
    const found = rules.flatMap((rule) => [...judgePeers(rule), ...judgeSources(rule), ...judgePorts(rule)]);
    return [...found, ...judgeSourcesOfAll(rules), ...judgeSums(rules)];
  },
} as const satisfies ObjectRule;
