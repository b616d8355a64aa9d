import type * as kplus from 'cdk8s-plus-28';
import type { LabelSelector, LabelSelectorOperator, LabelSelectorRequirement } from '../../core/manifest/pod-common';
import { type NetworkPolicyPeer, namespaceNameLabel } from '../../core/network/peer';
import { settle } from './settle';

/** What cdk8s-plus' LabelSelector holds. Its own rendering drops labels that are all empty, which selects everything. */
interface LabelSelectorInternals {
  readonly expressions: readonly kplus.LabelExpression[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether a value can stand in a NetworkPolicy of cdk8s-plus: its workloads and selectors can, and so can ours. */
export function isKplusPeer(value: unknown): value is kplus.INetworkPolicyPeer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'toNetworkPolicyPeerConfig' in value &&
    typeof value.toNetworkPolicyPeerConfig === 'function'
  );
}

/**
 * Whom a cdk8s-plus peer or selector means, as a NetworkPolicy holds it: a workload, Pods, a Namespace, Namespaces or an IP block.
 * Without a namespace it means pods of the policy's own.
 *
 * @throws TypeError if it names neither pods nor addresses, or both
 * @throws RangeError if it selects namespaces by an empty list of names
 */
export function peerOf(peer: kplus.INetworkPolicyPeer | kplus.IPodSelector): NetworkPolicyPeer {
  const { ipBlock, podSelector }: kplus.NetworkPolicyPeerConfig = isKplusPeer(peer)
    ? peer.toNetworkPolicyPeerConfig()
    : { podSelector: peer.toPodSelectorConfig() };
  if (ipBlock && !podSelector) return { ipBlock: convertBlock(ipBlock) };
  if (podSelector && !ipBlock) {
    const namespaceSelector = podSelector.namespaces && convertNamespaces(peer.node.path, podSelector.namespaces);
    return {
      ...(namespaceSelector && { namespaceSelector }),
      podSelector: convertSelector(podSelector.labelSelector),
    };
  }
  const fault = ipBlock ? 'names both pods and addresses' : 'names neither pods nor addresses';
  throw new TypeError(
    `${peer.node.path}: this peer ${fault}; toNetworkPolicyPeerConfig() must give one of podSelector and ipBlock`,
  );
}

function convertBlock({ cidr, except }: kplus.NetworkPolicyIpBlock) {
  return settle({ cidr, ...(except && { except: [...except] }) });
}

function convertNamespaces(
  path: string,
  { names, labelSelector }: kplus.NamespaceSelectorConfig,
): LabelSelector | undefined {
  const selector = labelSelector && convertSelector(labelSelector);
  if (!names) return selector;
  const values = [...new Set(settle(names))];
  const [first] = values;
  if (first === undefined) {
    throw new RangeError(
      `${path}: names: [] selects no namespace, and a rule without peers lets everyone in; name one, or leave names out`,
    );
  }
  const labels = selector?.matchLabels ?? {};
  if (values.length === 1 && !(namespaceNameLabel in labels)) {
    return { ...selector, matchLabels: { ...labels, [namespaceNameLabel]: first } };
  }
  const named: LabelSelectorRequirement = { key: namespaceNameLabel, operator: 'In', values };
  return { ...selector, matchExpressions: [...(selector?.matchExpressions ?? []), named] };
}

function convertSelector(selector: kplus.LabelSelector): LabelSelector {
  const { labels, expressions } = selector as unknown as LabelSelectorInternals;
  const matchLabels = settle(labels);
  const matchExpressions = expressions.map(({ key, operator, values }) => ({
    key,
    operator: operator as LabelSelectorOperator,
    ...(values && { values: [...values] }),
  }));
  return {
    ...(matchExpressions.length > 0 && { matchExpressions }),
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
  };
}
