import type { LabelSelector } from '../manifest/pod-common';
import type { NetworkPolicyPort } from './peer';

/**
 * The spec of a NetworkPolicy of Calico Enterprise (projectcalico.org/v3) that lets pods reach names: the addresses that the DNS servers which it trusts, the
 * cluster's own unless it is told otherwise, have answered with. DNS itself is opened by the workload's own policy. It stands in the tier of Kubernetes' policies, where
 * what any policy allows is allowed.
 * @param names the ports of each name; `*` in a name stands for one part and more
 * @see https://docs.tigera.io/calico-enterprise/latest/network-policy/domain-based-policy
 */
export function calicoNamesSpec(podSelector: LabelSelector, names: ReadonlyMap<string, readonly NetworkPolicyPort[]>) {
  return {
    tier: 'default',
    selector: Object.entries(podSelector.matchLabels ?? {})
      .map(([key, value]) => `${key} == '${value}'`)
      .join(' && '),
    types: ['Egress'],
    egress: [...names].flatMap(([name, ports]) =>
      ports.map(({ port, endPort, protocol = 'TCP' }) => ({
        action: 'Allow',
        protocol,
        destination: { domains: [name], ports: [endPort === undefined ? port : `${port}:${endPort}`] },
      })),
    ),
  };
}
