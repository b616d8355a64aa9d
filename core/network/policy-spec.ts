import type { LabelSelector } from '../manifest/pod-common';
import type { NetworkPolicyPeer, NetworkPolicyPort } from './peer';

/** Peers that may be reached, or may reach, on ports. Never without ports: that would open every port. */
export interface Opening {
  readonly peers: readonly [NetworkPolicyPeer, ...NetworkPolicyPeer[]];
  readonly ports: readonly [NetworkPolicyPort, ...NetworkPolicyPort[]];
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

function groupByPorts(openings: readonly Opening[]) {
  const groups = new Map<string, { ports: readonly NetworkPolicyPort[]; peers: Map<string, NetworkPolicyPeer> }>();
  for (const opening of openings) {
    const { key, ports } = portsOf(opening.ports);
    let group = groups.get(key);
    if (!group) {
      group = { ports, peers: new Map() };
      groups.set(key, group);
    }
    for (const peer of opening.peers) group.peers.set(keyOf(peer), peer);
  }
  return sorted(groups).map(({ ports, peers }) => ({ ports, peers: sorted(peers) }));
}

/** The ports, each once and in order, and a key that is the same for the same ports. */
function portsOf(ports: Opening['ports']): { readonly key: string; readonly ports: readonly NetworkPolicyPort[] } {
  if (ports.length === 1) return { key: keyOf(ports[0]), ports };
  const byKey = new Map(ports.map((port) => [keyOf(port), port]));
  return { key: [...byKey.keys()].sort().join(), ports: sorted(byKey) };
}

const keys = new WeakMap<object, string>();

/** The same for equal data. Remembered, since the DNS of a cluster stands in every workload's policy. */
function keyOf(part: NetworkPolicyPeer | NetworkPolicyPort): string {
  let key = keys.get(part);
  if (key === undefined) {
    key = JSON.stringify(part);
    keys.set(part, key);
  }
  return key;
}

/** The values in the order of their keys. */
function sorted<T>(byKey: ReadonlyMap<string, T>): readonly T[] {
  if (byKey.size <= 1) return [...byKey.values()];
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
}
