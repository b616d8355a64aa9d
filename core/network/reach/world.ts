import type { Protocol } from '../../manifest/container';
import type { KubernetesObject } from '../../manifest/object';

/** A port that a container of a pod declares. */
export interface DeclaredPort {
  /** By which policies may name it. */
  readonly name?: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A namespace, by which policies select its pods. */
export interface NetworkNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A pod, or all pods of a workload: they are alike to policies. */
export interface NetworkPods {
  /** What they are called in answers; no two the same. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that they have with values that are not known, by what these may be. @default - every label is known */
  readonly labelForms?: Readonly<Record<string, RegExp>>;
  readonly ports: readonly DeclaredPort[];
  /** Their IP addresses. @default - not known: some of {@link NetworkWorld.podCidrs} */
  readonly addresses?: readonly string[];
  /** On the network of the node: to policies they are the node. @default false */
  readonly isOnHost?: boolean;
  /** The node that they run on. @default - not known */
  readonly node?: string;
  /** Several pods, whose traffic among each other is judged like any. @default false: one pod, which always reaches itself */
  readonly isSeveral?: boolean;
}

/** A node, which no policy selects. */
export interface NetworkNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly addresses: readonly string[];
}

/** What decides who reaches whom. */
export interface NetworkWorld {
  /** Those that pods are in and that are not here have no label but their name. */
  readonly namespaces?: readonly NetworkNamespace[];
  readonly pods: readonly NetworkPods[];
  readonly nodes?: readonly NetworkNode[];
  /** Addresses outside of the cluster that are asked about. */
  readonly addresses?: readonly string[];
  /** NetworkPolicies, and those of the cluster's administrator; other objects are passed over. */
  readonly policies: readonly KubernetesObject[];
  /** The namespace of policies that name none. @default 'default' */
  readonly defaultNamespace?: string;
  /** Where pods have their addresses. @default - the private IPv4 networks of RFC 1918 and RFC 6598; of IPv6 it is not known whether they have any */
  readonly podCidrs?: readonly string[];
}

/** The addresses that pods have unless somebody says better. */
export const privateNetworks: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** Where traffic begins or ends. */
export type End =
  | { readonly kind: 'pods'; readonly id: string; readonly pods: NetworkPods }
  | { readonly kind: 'node'; readonly id: string; readonly node: NetworkNode }
  | { readonly kind: 'address'; readonly id: string; readonly address: string };

/**
 * Every end there is: the pods of a namespace stand together, so that a set of them is small.
 * @throws RangeError for two pods of one id
 */
export function endsOf({ pods, nodes = [], addresses = [] }: NetworkWorld): readonly End[] {
  const ends: readonly End[] = [
    ...[...pods]
      .sort((a, b) => (a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : 0))
      .map((each): End => ({ kind: 'pods', id: each.id, pods: each })),
    ...nodes.map((node): End => ({ kind: 'node', id: `node ${node.name}`, node })),
    ...addresses.map((address): End => ({ kind: 'address', id: address, address })),
  ];
  const ids = new Set<string>();
  for (const { id } of ends) {
    if (ids.has(id)) throw new RangeError(`${id} stands twice among the ends: give each a name of its own`);
    ids.add(id);
  }
  return ends;
}
