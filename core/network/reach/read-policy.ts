import { apiGroup, formatIdentity, identityOf } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import type { Path } from '../../manifest/path';
import { isMapping } from '../../manifest/plain';
import type { LabelSelector } from '../../manifest/pod-common';
import type { Direction } from '../allowances';
import { type AdminPeer, type AdminSpec, adminDirections, adminPortEntries } from '../allowances/admin';
import { networkPolicyAllowances } from '../allowances/kubernetes';
import { isolationOf } from '../isolation';
import type { NetworkPolicyPeer } from '../peer';
import type { PortEntry } from '../port-set';

/** The order in which policies decide: each tier is asked about what the one before it left open. */
export type Tier = 'admin' | 'namespace' | 'baseline';

/** What a rule does with traffic that it is for. `pass` leaves it to the next tier. */
export type Action = 'allow' | 'deny' | 'pass';

/** Pods of the cluster that a policy speaks of. */
export interface PodsSelection {
  /** A name, or a selector of namespaces; an absent selector is every namespace. */
  readonly namespaces: { readonly name: string } | { readonly selector: LabelSelector | undefined };
  /** Undefined for every pod. */
  readonly pods: LabelSelector | undefined;
}

/** Whom a rule is for. */
export type PolicyPeer =
  | ({ readonly kind: 'pods' } & PodsSelection)
  | { readonly kind: 'block'; readonly cidr: unknown; readonly except: readonly unknown[] }
  | { readonly kind: 'nodes'; readonly selector: LabelSelector }
  /** Names of hosts: which addresses they have, nobody here knows. */
  | { readonly kind: 'names' }
  /** What means nobody: Kubernetes refuses it, or another version of it knows more. */
  | { readonly kind: 'nobody' };

/** A rule of a policy. */
export interface PolicyRule {
  readonly direction: Direction;
  readonly action: Action;
  /** From the root of the policy. */
  readonly path: Path;
  /** Undefined for everybody. */
  readonly peers: readonly PolicyPeer[] | undefined;
  /** Undefined for every port. */
  readonly ports: readonly PortEntry[] | undefined;
}

/** A policy that decides who reaches whom. */
export interface ReachPolicy {
  readonly object: KubernetesObject;
  /** As messages show it: `NetworkPolicy.networking.k8s.io shop/api`. */
  readonly name: string;
  readonly tier: Tier;
  /** Among those of its tier: the least is asked first. */
  readonly priority: number;
  /** The pods that it is for. */
  readonly subject: PodsSelection;
  /** The directions in which its pods are closed but for what rules allow. */
  readonly closes: readonly Direction[];
  readonly rules: readonly PolicyRule[];
}

/**
 * What a policy says; undefined for an object that is none of the kinds that are understood: NetworkPolicy of networking.k8s.io,
 * AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy of policy.networking.k8s.io.
 * @param defaultNamespace that of a policy that names none
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 */
export function readPolicy(object: KubernetesObject, defaultNamespace: string): ReachPolicy | undefined {
  const tier = tierOf(object);
  if (tier === undefined) return undefined;
  return tier === 'namespace' ? namespacePolicy(object, defaultNamespace) : adminPolicy(object, tier);
}

const adminTiers: Readonly<Record<string, (spec: AdminSpec) => Exclude<Tier, 'namespace'>>> = {
  AdminNetworkPolicy: () => 'admin',
  BaselineAdminNetworkPolicy: () => 'baseline',
  ClusterNetworkPolicy: ({ tier }) => (tier === 'Baseline' ? 'baseline' : 'admin'),
};

function tierOf({ apiVersion, kind, spec }: KubernetesObject): Tier | undefined {
  const group = apiGroup(apiVersion);
  if (group === 'networking.k8s.io') return kind === 'NetworkPolicy' ? 'namespace' : undefined;
  if (!isMapping(spec)) return undefined;
  if (group !== 'policy.networking.k8s.io' || !Object.hasOwn(adminTiers, kind)) return undefined;
  return adminTiers[kind]?.(spec as AdminSpec);
}

function namespacePolicy(object: KubernetesObject, defaultNamespace: string): ReachPolicy | undefined {
  const isolation = isolationOf(object);
  if (isolation === undefined) return undefined;
  const namespace = object.metadata?.namespace || defaultNamespace;
  return {
    object,
    name: formatIdentity(identityOf(object)),
    tier: 'namespace',
    priority: 0,
    subject: { namespaces: { name: namespace }, pods: isolation.podSelector },
    closes: isolation.directions,
    rules: networkPolicyAllowances(object.spec).map(({ direction, path, peers, ports }) => ({
      direction,
      action: 'allow',
      path,
      peers: peers?.map(({ value }) => namespacePeer(value as NetworkPolicyPeer, namespace)),
      ports: ports?.map(({ entry }) => entry),
    })),
  };
}

function namespacePeer({ ipBlock, namespaceSelector, podSelector }: NetworkPolicyPeer, own: string): PolicyPeer {
  if (ipBlock) return { kind: 'block', cidr: ipBlock.cidr, except: ipBlock.except ?? [] };
  if (!namespaceSelector && !podSelector) return { kind: 'nobody' };
  const namespaces = namespaceSelector ? { selector: namespaceSelector } : { name: own };
  return { kind: 'pods', namespaces, pods: podSelector ?? undefined };
}

const actions: Readonly<Record<string, Action>> = { Allow: 'allow', Accept: 'allow', Deny: 'deny', Pass: 'pass' };

function adminPolicy(object: KubernetesObject, tier: Exclude<Tier, 'namespace'>): ReachPolicy | undefined {
  const spec = object.spec as AdminSpec;
  const [subject] = podsPeers(spec.subject ?? {});
  if (subject === undefined) return undefined;
  return {
    object,
    name: formatIdentity(identityOf(object)),
    tier,
    priority: spec.priority ?? 0,
    subject,
    closes: [],
    rules: adminDirections.flatMap(({ direction, key }) =>
      (spec[direction] ?? []).flatMap((rule, index): readonly PolicyRule[] => {
        const action = Object.hasOwn(actions, rule?.action ?? '') ? actions[rule?.action ?? ''] : undefined;
        if (action === undefined) return [];
        const peers = (rule?.[key] ?? []).flatMap((peer) => adminPeers(peer ?? {}));
        return [{ direction, action, path: ['spec', direction, index], peers, ports: adminPortEntries(rule) }];
      }),
    ),
  };
}

function podsPeers({ namespaces, pods }: Pick<AdminPeer, 'namespaces' | 'pods'>): readonly PodsSelection[] {
  return [
    ...(namespaces ? [{ namespaces: { selector: namespaces }, pods: undefined }] : []),
    ...(pods
      ? [{ namespaces: { selector: pods.namespaceSelector ?? undefined }, pods: pods.podSelector ?? undefined }]
      : []),
  ];
}

function adminPeers(peer: AdminPeer): readonly PolicyPeer[] {
  return [
    ...podsPeers(peer).map((each) => ({ kind: 'pods', ...each }) as const),
    ...(peer.networks ?? []).map((cidr) => ({ kind: 'block', cidr, except: [] }) as const),
    ...(peer.nodes ? [{ kind: 'nodes', selector: peer.nodes } as const] : []),
    ...(peer.domainNames?.length ? [{ kind: 'names' } as const] : []),
  ];
}
