/**
 * Who reaches whom, a second time and another way: one connection at a time, everything known, straight from the documentation. Slow,
 * and shares nothing with what it judges.
 */
import type { KubernetesObject } from '../../../../core/manifest/object';
import type { DeclaredPort, NetworkNode, NetworkPods, NetworkWorld } from '../../../../core/network/reach';

// biome-ignore lint/suspicious/noExplicitAny: it reads what it is given, without the types of what it judges
type Plain = Record<string, any>;

/** An end of which everything is known. */
export type KnownEnd =
  | {
      readonly kind: 'pod';
      readonly pod: NetworkPods;
      readonly addresses: readonly string[];
      readonly node: NetworkNode | undefined;
    }
  | { readonly kind: 'node'; readonly node: NetworkNode; readonly addresses: readonly string[] }
  | { readonly kind: 'address'; readonly addresses: readonly string[] };

const bits = (address: string): string => {
  if (!address.includes(':'))
    return `4${address
      .split('.')
      .map((each) => Number(each).toString(2).padStart(8, '0'))
      .join('')}`;
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string) => text.split(':').filter(Boolean);
  const zeros = Array(8 - groups(head).length - groups(tail).length).fill('0');
  const all = address.includes('::') ? [...groups(head), ...zeros, ...groups(tail)] : groups(address);
  return `6${all.map((each) => Number.parseInt(each, 16).toString(2).padStart(16, '0')).join('')}`;
};

const isIn = (address: string, cidr: string): boolean => {
  const [block = '', prefix] = cidr.split('/');
  return bits(address).startsWith(bits(block).slice(0, Number(prefix) + 1));
};

function meets(selector: Plain | undefined | null, labels: Readonly<Record<string, string>>): boolean {
  const has = (key: string) => Object.hasOwn(labels, key);
  const pairs = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => has(key) && labels[key] === value);
  return (
    pairs &&
    (selector?.matchExpressions ?? []).every(({ key, operator, values }: Plain) => {
      if (operator === 'In') return has(key) && values.includes(labels[key]);
      if (operator === 'NotIn') return !(has(key) && values.includes(labels[key]));
      return operator === 'Exists' ? has(key) : !has(key);
    })
  );
}

export interface Connection {
  readonly world: NetworkWorld;
  readonly from: KnownEnd;
  readonly to: KnownEnd;
  readonly port: number;
  readonly protocol: string;
}

const ownPorts = (end: KnownEnd): readonly DeclaredPort[] => (end.kind === 'pod' ? end.pod.ports : []);
const isPodOfNetwork = (end: KnownEnd): end is KnownEnd & { kind: 'pod' } => end.kind === 'pod' && !end.pod.isOnHost;
const nodeOf = (end: KnownEnd) => (end.kind === 'address' ? undefined : end.node);

function namespaceLabels(world: NetworkWorld, name: string): Record<string, string> {
  const found = (world.namespaces ?? []).find((each) => each.name === name);
  return { ...found?.labels, 'kubernetes.io/metadata.name': name };
}

/** Whether some family of addresses lets the connection through. */
export function naiveAllows(connection: Connection): boolean {
  const { from, to } = connection;
  if (from.kind === 'pod' && to.kind === 'pod' && from.pod.id === to.pod.id) return true;
  const hosts = [from, to].some((end) => end.kind === 'node' || (end.kind === 'pod' && end.pod.isOnHost));
  if (from === to) return true;
  if (hosts && nodeOf(from) !== undefined && nodeOf(from)?.name === nodeOf(to)?.name) return true;
  return [4, 6].some((family) => {
    const ofFamily = (end: KnownEnd): KnownEnd => ({
      ...end,
      addresses: end.addresses.filter((each) => each.includes(':') === (family === 6)),
    });
    const [a, b] = [ofFamily(from), ofFamily(to)];
    if (a.addresses.length === 0 || b.addresses.length === 0) return false;
    return side({ ...connection, from: a, to: b }, 'egress') && side({ ...connection, from: a, to: b }, 'ingress');
  });
}

function side(connection: Connection, direction: 'ingress' | 'egress'): boolean {
  const { world } = connection;
  const subject = direction === 'ingress' ? connection.to : connection.from;
  if (!isPodOfNetwork(subject)) return true;
  const { namespace, labels } = subject.pod;
  const isSubject = ({ subject: of }: Plain) =>
    of.namespaces
      ? meets(of.namespaces, namespaceLabels(world, namespace))
      : meets(of.pods.namespaceSelector, namespaceLabels(world, namespace)) && meets(of.pods.podSelector, labels);
  const specs = (kinds: readonly string[]) =>
    world.policies.filter(({ kind }) => kinds.includes(kind)).map((object) => [object, object.spec as Plain] as const);

  const inTier = (tier: string, kinds: readonly string[]) =>
    specs(kinds)
      .filter(([{ kind }, spec]) => (kind !== 'ClusterNetworkPolicy' || spec.tier === tier) && isSubject(spec))
      .sort(([, a], [, b]) => (a.priority ?? 0) - (b.priority ?? 0))
      .flatMap(([, spec]) => (spec[direction] ?? []) as Plain[]);
  const firstOf = (rules: readonly Plain[]) => rules.find((rule) => adminMatches(connection, direction, rule))?.action;

  const admin = firstOf(inTier('Admin', ['AdminNetworkPolicy', 'ClusterNetworkPolicy']));
  if (admin === 'Allow' || admin === 'Accept') return true;
  if (admin === 'Deny') return false;
  const own = specs(['NetworkPolicy']).filter(([{ metadata }, spec]) => {
    const types = spec.policyTypes ?? (spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']);
    return (
      (metadata?.namespace ?? 'default') === namespace &&
      meets(spec.podSelector, labels) &&
      types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
    );
  });
  if (own.length > 0)
    return own.some(([object, spec]) =>
      ((spec[direction] ?? []) as Plain[]).some((rule) => ruleMatches(connection, direction, rule, object)),
    );
  return firstOf(inTier('Baseline', ['BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])) !== 'Deny';
}

function portMatches({ to, port, protocol }: Connection, wanted: Plain): boolean {
  if ((wanted.protocol ?? 'TCP') !== protocol) return false;
  if (wanted.port === undefined) return true;
  if (typeof wanted.port === 'string')
    return ownPorts(to).some((each) => each.name === wanted.port && each.port === port && each.protocol === protocol);
  return port >= wanted.port && port <= (wanted.endPort ?? wanted.port);
}

function ruleMatches(connection: Connection, direction: string, rule: Plain, { metadata }: KubernetesObject): boolean {
  const { world } = connection;
  const other = direction === 'ingress' ? connection.from : connection.to;
  const peers: Plain[] = (direction === 'ingress' ? rule.from : rule.to) ?? [];
  const isPeer = ({ ipBlock, podSelector, namespaceSelector }: Plain) => {
    if (ipBlock)
      return other.addresses.some(
        (address) => isIn(address, ipBlock.cidr) && !(ipBlock.except ?? []).some((part: string) => isIn(address, part)),
      );
    if (!isPodOfNetwork(other)) return false;
    const { namespace, labels } = other.pod;
    if (!namespaceSelector && namespace !== (metadata?.namespace ?? 'default')) return false;
    return meets(namespaceSelector, namespaceLabels(world, namespace)) && meets(podSelector, labels);
  };
  const ports: Plain[] = rule.ports ?? [];
  return (
    (peers.length === 0 || peers.some(isPeer)) &&
    (ports.length === 0 || ports.some((each) => portMatches(connection, each)))
  );
}

function adminMatches(connection: Connection, direction: string, rule: Plain): boolean {
  const { world, to, port, protocol } = connection;
  const other = direction === 'ingress' ? connection.from : connection.to;
  const isPeer = ({ namespaces, pods, networks, nodes }: Plain) => {
    if (networks) return networks.some((cidr: string) => other.addresses.some((address) => isIn(address, cidr)));
    if (nodes) {
      const isNode = other.kind === 'node' || (other.kind === 'pod' && other.pod.isOnHost);
      return isNode && other.node !== undefined && meets(nodes, other.node.labels);
    }
    if (!isPodOfNetwork(other)) return false;
    const own = namespaceLabels(world, other.pod.namespace);
    return namespaces
      ? meets(namespaces, own)
      : meets(pods.namespaceSelector, own) && meets(pods.podSelector, other.pod.labels);
  };
  const isPort = (wanted: Plain): boolean => {
    const name = wanted.namedPort ?? wanted.destinationNamedPort;
    if (name)
      return ownPorts(to).some((each) => each.name === name && each.port === port && each.protocol === protocol);
    if (wanted.portNumber) return portMatches(connection, wanted.portNumber);
    if (wanted.portRange) {
      const { protocol: of, start, end } = wanted.portRange;
      return portMatches(connection, { protocol: of, port: start, endPort: end });
    }
    const kind = ['tcp', 'udp', 'sctp'].find((each) => wanted[each]) ?? '';
    const at = wanted[kind].destinationPort;
    if (kind.toUpperCase() !== protocol) return false;
    return !at || (at.range ? port >= at.range.start && port <= at.range.end : port === at.number);
  };
  const ports: Plain[] = rule.ports ?? rule.protocols ?? [];
  const peers: Plain[] = (direction === 'ingress' ? rule.from : rule.to) ?? [];
  return peers.some(isPeer) && (ports.length === 0 || ports.some(isPort));
}
