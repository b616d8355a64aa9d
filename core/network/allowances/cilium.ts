import type { Path } from '../../manifest/path';
import type { LabelSelector } from '../../manifest/pod-common';
import { type Cidr, parseCidr } from '../cidr';
import { selectsEveryNamespace, selectsMostPods } from '../selectors';
import {
  type Allowance,
  type AllowedBlock,
  type AllowedPeer,
  type AllowedPort,
  blocksOfEveryName,
  type Direction,
  everyAddress,
  isEveryName,
  plainBlock,
} from './allowance';

type List<T> = readonly T[] | null | undefined;

interface CidrRule {
  readonly cidr?: string | null;
  readonly except?: List<string>;
}

interface PortRule {
  readonly ports?: List<{
    readonly port?: unknown;
    readonly endPort?: number | null;
    readonly protocol?: string | null;
  }>;
}

/** A rule of either direction: its fields begin with `from` or `to`. */
interface CiliumRule {
  readonly toPorts?: List<PortRule>;
  readonly icmps?: List<unknown>;
  readonly [field: string]: unknown;
}

interface CiliumSpec {
  readonly ingress?: List<CiliumRule>;
  readonly egress?: List<CiliumRule>;
  readonly ingressDeny?: List<CiliumRule>;
  readonly egressDeny?: List<CiliumRule>;
}

interface CiliumPolicy {
  readonly spec?: CiliumSpec | null;
  readonly specs?: List<CiliumSpec>;
}

/** The labels by which Cilium knows the namespace of a pod. */
const namespaceLabels = ['k8s:io.kubernetes.pod.namespace', 'io.kubernetes.pod.namespace'];

/** The addresses of the entities that have any outside the cluster. */
const entityBlocks: Readonly<Record<string, readonly string[]>> = {
  all: everyAddress,
  world: everyAddress,
  'world-ipv4': ['0.0.0.0/0'],
  'world-ipv6': ['::/0'],
};

const clusterEntities: readonly unknown[] = ['all', 'cluster'];

/** A list of these that is there and empty selects nobody; of the others it is as if it were absent. */
const emptyIsNobody = ['Endpoints', 'Nodes', 'Entities', 'CIDR', 'CIDRSet'];

type PeerReader = (entry: unknown, path: Path, clusterwide: boolean) => AllowedPeer;

/** How the entries of each field that names peers are read. */
const peerReaders: Readonly<Record<string, PeerReader>> = {
  Endpoints: (value, path, clusterwide) => ({
    ...peer(path, value, isEveryEndpoint((value ?? {}) as LabelSelector, clusterwide), []),
    isMostOfCluster:
      isOfAnyNamespace((value ?? {}) as LabelSelector, clusterwide) &&
      selectsMostPods((value ?? {}) as LabelSelector, undefined, namespaceLabels),
  }),
  Nodes: (value, path) => peer(path, value, false, []),
  Services: (value, path) => peer(path, value, false, []),
  Groups: (value, path) => peer(path, value, false, []),
  Entities: (value, path) =>
    peer(
      path,
      value,
      clusterEntities.includes(value),
      (Object.hasOwn(entityBlocks, String(value)) ? (entityBlocks[String(value)] ?? []) : []).map((cidr) =>
        plainBlock(cidr, path, 'toCIDRSet'),
      ),
    ),
  CIDR: (value, path) => peer(path, value, false, [plainBlock(value, path, 'toCIDRSet')]),
  CIDRSet: (value, path) => peer(path, value, false, blocksOfSet((value ?? {}) as CidrRule, path)),
  FQDNs: (value, path) => {
    const { matchName, matchPattern } = (value ?? {}) as Readonly<Record<string, string | null | undefined>>;
    const written = [matchName, matchPattern].filter((each) => typeof each === 'string');
    if (written.some(isEveryName)) return peer(path, value, false, blocksOfEveryName(path));
    return {
      ...peer(path, value, false, []),
      names: written.map((name) => ({ path, name, pattern: patternOf(name) })),
    };
  },
};

/**
 * What a CiliumNetworkPolicy, or a CiliumClusterwideNetworkPolicy, lets through. A rule without peers and without ports
 * lets nobody through: it is how a policy denies by default. One with ports alone lets everybody through on them.
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 */
export function ciliumAllowances(policy: unknown, clusterwide: boolean): readonly Allowance[] {
  const { spec, specs } = policy as CiliumPolicy;
  return [
    ...(spec ? allowancesOf(spec, ['spec'], clusterwide) : []),
    ...(specs ?? []).flatMap((one, index) => allowancesOf(one ?? {}, ['specs', index], clusterwide)),
  ];
}

function allowancesOf(spec: CiliumSpec, path: Path, clusterwide: boolean): readonly Allowance[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const denied = (spec[`${direction}Deny`] ?? []).flatMap((rule) => deniedBy(rule, direction));
    return (spec[direction] ?? []).flatMap(
      (rule, index) => allowance(rule ?? {}, direction, [...path, direction, index], denied, clusterwide) ?? [],
    );
  });
}

function allowance(
  rule: CiliumRule,
  direction: Direction,
  path: Path,
  denied: readonly Cidr[],
  clusterwide: boolean,
): Allowance | undefined {
  const prefix = direction === 'ingress' ? 'from' : 'to';
  if (emptyIsNobody.some((field) => (rule[`${prefix}${field}`] as List<unknown>)?.length === 0)) return undefined;
  const peers = Object.entries(peerReaders).flatMap(([field, read]) =>
    ((rule[`${prefix}${field}`] as List<unknown>) ?? []).map((entry, at) =>
      read(entry, [...path, `${prefix}${field}`, at], clusterwide),
    ),
  );
  const ports = (rule.toPorts ?? []).flatMap((portRule, at) => portsOf(portRule, [...path, 'toPorts', at, 'ports']));
  const isPing = (rule.icmps ?? []).length > 0;
  if (ports.length === 0 && (isPing || peers.length === 0)) return undefined;
  return {
    direction,
    path,
    peers: peers.length === 0 ? undefined : peers,
    peersPath: [...path, `${prefix}Endpoints`],
    ports: ports.length === 0 ? undefined : ports,
    portsPath: [...path, 'toPorts'],
    denied,
  };
}

/** Port 0 is every port; a protocol that is left out is every protocol. */
function portsOf(rule: PortRule | null, path: Path): readonly AllowedPort[] {
  return (rule?.ports ?? []).map((value, at) => {
    const text = String(value?.port ?? '0');
    const number = /^\d+$/.test(text) ? Number(text) : undefined;
    const protocol = value?.protocol || 'ANY';
    return {
      path: [...path, at],
      value,
      entry: {
        protocol: protocol === 'TCP' || protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'ANY',
        port: number === 0 ? undefined : (number ?? text),
        endPort: value?.endPort,
      },
    };
  });
}

/** The addresses that a deny rule closes on every port. */
function deniedBy(rule: CiliumRule | null, direction: Direction): readonly Cidr[] {
  if (!rule || (rule.toPorts ?? []).length > 0 || (rule.icmps ?? []).length > 0) return [];
  const prefix = direction === 'ingress' ? 'from' : 'to';
  const sets = ((rule[`${prefix}CIDRSet`] as List<CidrRule>) ?? []).filter(({ except }) => (except ?? []).length === 0);
  const plain = (rule[`${prefix}CIDR`] as List<string>) ?? [];
  return [...plain, ...sets.map(({ cidr }) => cidr)].flatMap((text) => parseCidr(String(text)) ?? []);
}

/** In a policy of a namespace the empty selector is that namespace's pods; elsewhere it is everybody's. */
function isEveryEndpoint(selector: LabelSelector, clusterwide: boolean): boolean {
  return selectsEveryNamespace(selector, namespaceLabels) && isOfAnyNamespace(selector, clusterwide);
}

function isOfAnyNamespace({ matchExpressions }: LabelSelector, clusterwide: boolean): boolean {
  return clusterwide || (matchExpressions ?? []).some(({ key }) => namespaceLabels.includes(key));
}

function peer(path: Path, value: unknown, isCluster: boolean, blocks: readonly AllowedBlock[]): AllowedPeer {
  return { path, value, isCluster, isMostOfCluster: isCluster, blocks, names: [] };
}

/** Only two stars before the first dot stand for several parts of a name. */
function patternOf(name: string): string {
  const [, below = '', rest = ''] = /^\s*(\*\*(?=\.))?(.*)$/s.exec(name) ?? [];
  return `${below}${rest.replace(/\*+/g, '*')}`;
}

function blocksOfSet({ cidr, except }: CidrRule, path: Path): readonly AllowedBlock[] {
  if (cidr === undefined || cidr === null) return [];
  return [{ path, cidr, cidrPath: [...path, 'cidr'], except: except ?? [], excepts: 'except' }];
}
