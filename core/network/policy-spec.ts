import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { LabelSelector } from '../manifest/pod-common';
import type { NetworkPolicyPeer, NetworkPolicyPort } from './peer';

/** Peers that may be reached, or may reach, on ports. Never without ports: that would open every port. */
export interface Opening {
  readonly peers: readonly [NetworkPolicyPeer, ...NetworkPolicyPeer[]];
  readonly ports: readonly [NetworkPolicyPort, ...NetworkPolicyPort[]];
}

/** Whether it is a policy of Kubernetes' own; plugins have kinds of that name in groups of theirs. */
export function isNetworkPolicy({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'NetworkPolicy' && apiGroup(apiVersion) === 'networking.k8s.io';
}

/** The spec of a networking.k8s.io/v1 NetworkPolicy. */
export interface NetworkPolicySpec {
  readonly podSelector: LabelSelector;
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly {
    readonly from: readonly NetworkPolicyPeer[];
    readonly ports: readonly NetworkPolicyPort[];
  }[];
  readonly egress?: readonly {
    readonly to: readonly NetworkPolicyPeer[];
    readonly ports: readonly NetworkPolicyPort[];
  }[];
}

/**
 * The policy of the selected pods: closed both ways but for the openings. Openings of the same ports share a rule, each peer
 * stands in it once, and the order in which they were declared does not matter.
 */
export function networkPolicySpec(
  podSelector: LabelSelector,
  openings: { readonly ingress: readonly Opening[]; readonly egress: readonly Opening[] },
): NetworkPolicySpec {
  const ingress = groupByPorts(openings.ingress).map(({ peers, ports }) => ({ from: peers, ports }));
  const egress = groupByPorts(openings.egress).map(({ peers, ports }) => ({ to: peers, ports }));
  return {
    podSelector,
    policyTypes: ['Ingress', 'Egress'],
    ...(ingress.length > 0 && { ingress }),
    ...(egress.length > 0 && { egress }),
  };
}

interface PortGroup {
  readonly ports: readonly NetworkPolicyPort[];
  readonly peers: readonly NetworkPolicyPeer[];
}

function groupByPorts(openings: readonly Opening[]): readonly PortGroup[] {
  const [first] = openings;
  if (first === undefined) return [];
  if (openings.length === 1) return [{ ports: portsOf(first.ports).ports, peers: distinct(first.peers) }];
  return grouped(openings);
}

function grouped(openings: readonly Opening[]): readonly PortGroup[] {
  const groups = new Map<string, PortGroup>();
  openings.forEach((opening) => {
    const { key, ports } = portsOf(opening.ports);
    const group = groups.get(key);
    groups.set(key, { ports, peers: group ? [...group.peers, ...opening.peers] : opening.peers });
  });
  return sorted(groups).map(({ ports, peers }) => ({ ports, peers: distinct(peers) }));
}

interface PortList {
  /** The same for the same ports. */
  readonly key: string;
  /** Each once and in order. */
  readonly ports: readonly NetworkPolicyPort[];
}

const portLists = new WeakMap<Opening['ports'], PortList>();

/** Remembered, since the DNS of a cluster stands in every workload's policy, and a connection in two. */
function portsOf(ports: Opening['ports']): PortList {
  let known = portLists.get(ports);
  if (known === undefined) {
    const byKey = keyed(ports);
    known = { key: [...byKey.keys()].sort().join(), ports: sorted(byKey) };
    portLists.set(ports, known);
  }
  return known;
}

/** Each once and in order. */
function distinct<T>(parts: readonly T[]): readonly T[] {
  return parts.length === 1 ? parts : sorted(keyed(parts));
}

/** By a key that is the same for equal data. */
function keyed<T>(parts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(parts.map((part) => [JSON.stringify(part), part]));
}

/** The values in the order of their keys. */
function sorted<T>(byKey: ReadonlyMap<string, T>): readonly T[] {
  if (byKey.size <= 1) return [...byKey.values()];
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}
