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
    const ports = [...new Map(opening.ports.map((port) => [JSON.stringify(port), port]))].sort(byKey);
    const key = ports.map(([text]) => text).join();
    let group = groups.get(key);
    if (!group) {
      group = { ports: ports.map(([, port]) => port), peers: new Map() };
      groups.set(key, group);
    }
    for (const peer of opening.peers) group.peers.set(JSON.stringify(peer), peer);
  }
  return [...groups]
    .sort(byKey)
    .map(([, { ports, peers }]) => ({ ports, peers: [...peers].sort(byKey).map(([, peer]) => peer) }));
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
