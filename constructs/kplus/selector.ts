import type * as kplus from 'cdk8s-plus-28';
import { loadKplus } from './load';

/**
 * Pods by label, as cdk8s-plus' Service, Ingress and NetworkPolicy ask for them: what a workload's `toPodSelectorConfig()`
 * returns. No labels mean every pod.
 *
 * @param namespace where the pods are; undefined for the namespace of the object that selects them
 * @throws RangeError where every label is empty: cdk8s-plus-28 drops such labels, and would select every pod
 */
export function podSelectorConfig(
  labels: Readonly<Record<string, string>>,
  namespace: string | undefined,
): kplus.PodSelectorConfig {
  const values = Object.values(labels);
  if (values.length > 0 && values.every((value) => value === '')) {
    throw new RangeError(
      `selector ${JSON.stringify(labels)}: cdk8s-plus-28 drops labels that are all empty and selects every pod; give one of them a value`,
    );
  }
  return {
    labelSelector: loadKplus().LabelSelector.of({ labels: { ...labels } }),
    ...(namespace !== undefined && { namespaces: { names: [namespace] } }),
  };
}

/**
 * The same as a peer of cdk8s-plus' NetworkPolicy: what a workload's `toNetworkPolicyPeerConfig()` returns.
 *
 * @throws RangeError as {@link podSelectorConfig}
 */
export function networkPolicyPeerConfig(
  labels: Readonly<Record<string, string>>,
  namespace: string | undefined,
): kplus.NetworkPolicyPeerConfig {
  return { podSelector: podSelectorConfig(labels, namespace) };
}
