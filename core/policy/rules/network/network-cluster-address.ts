import type { ClusterTarget } from '../../../cluster/target';
import { type AllowedBlock, suspectAllowancesIn } from '../../../network/allowances';
import { cidrContains, parseCidr } from '../../../network/cidr';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { NONE } from '../../rule';

/** What the target says of addresses that are the cluster's own, and need no selector: the API server and DNS. */
function isDeclared(cidr: unknown, { apiServer, dns }: ClusterTarget): boolean {
  return (
    apiServer.cidrs.some((known) => known === cidr) ||
    dns.some(({ peers }) => peers.some(({ ipBlock }) => ipBlock?.cidr === cidr))
  );
}

function judge({ cidr, path }: AllowedBlock, target: ClusterTarget): Violation | undefined {
  const block = parseCidr(String(cidr));
  if (block === undefined || isDeclared(cidr, target)) return undefined;
  const within = (ranges: readonly string[]) =>
    ranges.find((range) =>
      [range].flatMap((text) => parseCidr(text) ?? []).some((outer) => cidrContains(outer, block)),
    );
  const remedy = 'name the pods, by a podSelector with a namespaceSelector';
  const services = within(target.serviceCidrs);
  if (services !== undefined) {
    return {
      path,
      value: cidr,
      message: `${cidr} is in ${services}, the addresses of Services: policies see the pods behind a Service, so that it opens nothing`,
      remedy,
    };
  }
  const pods = within(target.podCidrs);
  if (pods === undefined) return undefined;
  return {
    path,
    value: cidr,
    message: `${cidr} is in ${pods}, the addresses of pods: not every network plugin matches pods by address, and the next pod has another`,
    remedy,
  };
}

/** Code, since the blocks of several kinds of policies are read as sets of addresses, with what the target declares left out. */
export const networkClusterAddress = {
  id: 'network-cluster-address',
  subject: 'object',
  kinds: [
    'networking.k8s.io/NetworkPolicy',
    'cilium.io/CiliumNetworkPolicy',
    'cilium.io/CiliumClusterwideNetworkPolicy',
  ],
  title: 'Pods and Services are not named by address',
  severity: 'warning',
  why:
    'An address block in a network policy is for what is outside of the cluster. An address of a pod passes on to whatever pod has it next, ' +
    'and one of a Service matches nothing, until somebody opens more to make it work.',
  fix: 'Name the pods, by a podSelector with a namespaceSelector (in TypeScript: connectTo, exposeTo). It looks at targets that declare podCidrs and serviceCidrs.',
  check: (object, { target }) => {
    if (target.podCidrs.length === 0 && target.serviceCidrs.length === 0) return NONE;
    const rules = suspectAllowancesIn(object);
    if (rules.length === 0) return NONE;
    const blocks = rules.flatMap(({ peers = [] }) => peers.flatMap((peer) => peer.blocks));
    return blocks.flatMap((block) => judge(block, target) ?? []);
  },
} as const satisfies ObjectRule;
