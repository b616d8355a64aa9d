import type { Path } from '../../manifest/path';
import type { LabelSelector } from '../../manifest/pod-common';
import { type Cidr, parseCidr } from '../cidr';
import type { PortEntry } from '../port-set';
import { isEmptySelector, selectsEveryNamespace, selectsMostPods } from '../selectors';
import { type Allowance, type AllowedPeer, type AllowedPort, nameOfParts } from './allowance';

type List<T> = readonly T[] | null | undefined;

/** A peer of v1alpha1 or of v1alpha2. */
export interface AdminPeer {
  readonly namespaces?: LabelSelector | null;
  readonly pods?: {
    readonly namespaceSelector?: LabelSelector | null;
    readonly podSelector?: LabelSelector | null;
  } | null;
  readonly networks?: List<string>;
  readonly nodes?: LabelSelector | null;
  readonly domainNames?: List<string>;
}

interface NumberOrRange {
  readonly number?: number | null;
  readonly range?: { readonly start: number; readonly end: number } | null;
}

/** A port of v1alpha1 or of v1alpha2. */
interface AdminPort {
  readonly portNumber?: { readonly protocol?: PortEntry['protocol']; readonly port: number } | null;
  readonly portRange?: {
    readonly protocol?: PortEntry['protocol'];
    readonly start: number;
    readonly end: number;
  } | null;
  readonly namedPort?: string | null;
  readonly destinationNamedPort?: string | null;
  readonly tcp?: { readonly destinationPort?: NumberOrRange | null } | null;
  readonly udp?: { readonly destinationPort?: NumberOrRange | null } | null;
  readonly sctp?: { readonly destinationPort?: NumberOrRange | null } | null;
}

/** A rule of v1alpha1 or of v1alpha2. */
export interface AdminRule {
  readonly action?: string | null;
  readonly from?: List<AdminPeer>;
  readonly to?: List<AdminPeer>;
  readonly ports?: List<AdminPort>;
  readonly protocols?: List<AdminPort>;
}

/** What there is in a spec of v1alpha1 or of v1alpha2. */
export interface AdminSpec {
  /** `Admin` or `Baseline`, of a ClusterNetworkPolicy. */
  readonly tier?: string | null;
  readonly priority?: number | null;
  readonly subject?: Pick<AdminPeer, 'namespaces' | 'pods'> | null;
  readonly ingress?: List<AdminRule>;
  readonly egress?: List<AdminRule>;
}

/** Where rules name their peers. */
export const adminDirections = [
  { direction: 'ingress', key: 'from' },
  { direction: 'egress', key: 'to' },
] as const;

/** `Allow` in v1alpha1, `Accept` in v1alpha2. */
const allows: readonly unknown[] = ['Allow', 'Accept'];

/**
 * What a policy of a cluster's administrator lets through: AdminNetworkPolicy and BaselineAdminNetworkPolicy
 * (policy.networking.k8s.io/v1alpha1), ClusterNetworkPolicy (v1alpha2). Its rules hold in their order; one that passes
 * leaves the decision to the NetworkPolicies, and lets nobody through by itself.
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 */
export function adminAllowances(spec: unknown): readonly Allowance[] {
  const lists = (spec ?? {}) as AdminSpec;
  return adminDirections.flatMap(({ direction, key }) => {
    const denied: Cidr[] = [];
    return (lists[direction] ?? []).flatMap((rule, index): readonly Allowance[] => {
      const path = ['spec', direction, index];
      const { key: portsKey, list: ports } = adminPorts(rule);
      const peers = rule?.[key] ?? [];
      if (rule?.action === 'Deny' && !ports?.length) denied.push(...peers.flatMap(networksOf));
      // Without a peer it matches nothing, and the API server refuses it.
      if (!allows.includes(rule?.action) || peers.length === 0) return [];
      return [
        {
          direction,
          path,
          peers: peers.map((peer, at) => allowedPeer(peer ?? {}, [...path, key, at])),
          peersPath: [...path, key],
          ports: ports?.length
            ? ports.map((entry, at) => allowedPort(entry ?? {}, [...path, portsKey, at]))
            : undefined,
          portsPath: [...path, portsKey],
          denied: [...denied],
        },
      ];
    });
  });
}

function networksOf(peer: AdminPeer | null): readonly Cidr[] {
  return (peer?.networks ?? []).flatMap((text) => parseCidr(String(text)) ?? []);
}

function allowedPeer(value: AdminPeer, path: Path): AllowedPeer {
  const { namespaces, pods, networks, domainNames } = value;
  return {
    path,
    value,
    isCluster:
      (!!namespaces && selectsEveryNamespace(namespaces)) ||
      (!!pods && selectsEveryNamespace(pods.namespaceSelector ?? {}) && isEmptySelector(pods.podSelector)),
    isMostOfCluster:
      (!!namespaces && selectsMostPods(namespaces)) ||
      (!!pods && selectsMostPods(pods.namespaceSelector ?? {}, pods.podSelector)),
    blocks: (networks ?? []).map((cidr, index) => {
      const at = [...path, 'networks', index];
      return { path: at, cidr, cidrPath: at, except: [], excepts: 'deny' };
    }),
    names: (domainNames ?? []).map((name, index) => nameOfParts(String(name), [...path, 'domainNames', index])),
  };
}

function allowedPort(value: AdminPort, path: Path): AllowedPort {
  return { path, value, entry: portEntry(value) };
}

/** Where a rule names its ports: `ports` in v1alpha1, `protocols` in v1alpha2. */
function adminPorts(rule: AdminRule | null) {
  const key = rule?.protocols ? 'protocols' : 'ports';
  return { key, list: rule?.[key] };
}

/** The ports that a rule is for; undefined for every port. */
export function adminPortEntries(rule: AdminRule | null): readonly PortEntry[] | undefined {
  const { list } = adminPorts(rule);
  return list?.length ? list.map((entry) => portEntry(entry ?? {})) : undefined;
}

function portEntry({ portNumber, portRange, namedPort, destinationNamedPort, tcp, udp, sctp }: AdminPort): PortEntry {
  if (portNumber) return { protocol: portNumber.protocol, port: portNumber.port };
  if (portRange) return { protocol: portRange.protocol, port: portRange.start, endPort: portRange.end };
  if (tcp) return { protocol: 'TCP', ...numbersOf(tcp.destinationPort) };
  if (udp) return { protocol: 'UDP', ...numbersOf(udp.destinationPort) };
  if (sctp) return { protocol: 'SCTP', ...numbersOf(sctp.destinationPort) };
  return { protocol: 'ANY', port: namedPort ?? destinationNamedPort };
}

function numbersOf(at: NumberOrRange | null | undefined): Pick<PortEntry, 'port' | 'endPort'> {
  if (at?.range) return { port: at.range.start, endPort: at.range.end };
  return { port: at?.number };
}
