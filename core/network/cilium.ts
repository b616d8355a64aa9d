import type { LabelSelector } from '../manifest/pod-common';
import { type NetworkPolicyPeer, type NetworkPolicyPort, namespaceNameLabel } from './peer';
import type { Opening } from './policy-spec';

/**
 * The spec of a CiliumNetworkPolicy that lets pods reach names. Cilium's DNS proxy must see the questions, so that DNS is opened
 * through it, wherever the cluster has its DNS.
 * @param names the ports of each name; `*` in a name stands for any letters
 * @see https://docs.cilium.io/en/stable/security/policy/language/#dns-based
 */
export function ciliumNamesSpec(
  podSelector: LabelSelector,
  names: ReadonlyMap<string, readonly NetworkPolicyPort[]>,
  dns: readonly Opening[],
) {
  const questions = [...names.keys()].map(nameRule);
  return {
    endpointSelector: podSelector,
    egress: [
      ...dns.flatMap(({ peers, ports }) =>
        peers.map((peer) => ({
          ...endpoints(peer),
          toPorts: [{ ports: ports.map(portRule), rules: { dns: questions } }],
        })),
      ),
      ...[...names].map(([name, ports]) => ({
        toFQDNs: [nameRule(name)],
        toPorts: [{ ports: ports.map(portRule) }],
      })),
    ],
  };
}

/** A peer as Cilium names it: labels of Kubernetes, and the namespace as one of them. */
function endpoints({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer) {
  if (ipBlock) return { toCIDR: [ipBlock.cidr] };
  const namespace = namespaceSelector?.matchLabels?.[namespaceNameLabel];
  const labels = Object.entries(podSelector?.matchLabels ?? {}).map(([key, value]) => [`k8s:${key}`, value] as const);
  return {
    toEndpoints: [
      {
        matchLabels: {
          ...(namespace !== undefined && { 'k8s:io.kubernetes.pod.namespace': namespace }),
          ...Object.fromEntries(labels),
        },
      },
    ],
  };
}

function portRule({ port, endPort, protocol }: NetworkPolicyPort) {
  return { port: String(port), ...(endPort && { endPort }), protocol };
}

function nameRule(name: string): Readonly<Record<string, string>> {
  return name.includes('*') ? { matchPattern: name } : { matchName: name };
}
