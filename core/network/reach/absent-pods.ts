import { namespaceNameLabel } from '../peer';
import { isEmptySelector, selectorTakes } from '../selectors';
import type { PodsSelection, ReachPolicy } from './read-policy';
import type { NetworkPods } from './world';

/**
 * Pods that policies name by namespace and labels, and that are not here: a gateway, the cluster's DNS. They stand for whoever has these
 * labels, such as `kube-system/[k8s-app=kube-dns]`.
 */
export function absentPods(policies: readonly ReachPolicy[], here: readonly NetworkPods[]): readonly NetworkPods[] {
  const found = new Map<string, NetworkPods>();
  for (const { rules } of policies)
    for (const { peers = [] } of rules)
      for (const peer of peers) {
        const absent = peer.kind === 'pods' ? exactly(peer) : undefined;
        if (absent === undefined || found.has(absent.id)) continue;
        const isHere = (pods: NetworkPods) =>
          pods.namespace === absent.namespace && selectorTakes({ matchLabels: absent.labels }, pods) !== 'no';
        if (!here.some(isHere)) found.set(absent.id, absent);
      }
  return [...found.values()];
}

/** Pods that have just what is asked; undefined where there are several ways to be among them. */
function exactly({ namespaces, pods }: PodsSelection): NetworkPods | undefined {
  const namespace = 'name' in namespaces ? namespaces.name : namespaces.selector?.matchLabels?.[namespaceNameLabel];
  if (namespace === undefined || isEmptySelector(pods) || (pods?.matchExpressions ?? []).length > 0) return undefined;
  const labels = pods?.matchLabels ?? {};
  const shown = Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key]}`);
  return { id: `${namespace}/[${shown.join(',')}]`, namespace, labels, ports: [], isSeveral: true };
}
