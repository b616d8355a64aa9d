import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { isMapping } from '../manifest/plain';
import type { LabelSelector } from '../manifest/pod-common';
import type { Direction } from './allowances';
import type { NetworkPolicyPeer } from './peer';

/** Whom a NetworkPolicy is for, and whom it lets through. What is of no shape that Kubernetes takes is left out. */
export interface Isolation {
  /** Undefined for every pod. */
  readonly podSelector: LabelSelector | undefined;
  /** What it closes for the pods that it selects, but for what its rules let through. */
  readonly directions: readonly Direction[];
  readonly peers: readonly { readonly peer: NetworkPolicyPeer; readonly path: Path }[];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const selectorOf = (value: unknown): LabelSelector | undefined => (isMapping(value) ? value : undefined);

/**
 * What a networking.k8s.io NetworkPolicy isolates; undefined for any other object. Where it names no policyTypes, that is ingress,
 * and egress if it has rules of that.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
 */
export function isolationOf({ apiVersion, kind, spec }: KubernetesObject): Isolation | undefined {
  if (kind !== 'NetworkPolicy' || apiGroup(apiVersion) !== 'networking.k8s.io') return undefined;
  if (!isMapping(spec)) return undefined;
  const types = listOf(spec.policyTypes);
  const implied = listOf(spec.egress).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  const named = types.length === 0 ? implied : types;
  return {
    podSelector: selectorOf(spec.podSelector),
    directions: [
      ...(named.includes('Ingress') ? (['ingress'] as const) : []),
      ...(named.includes('Egress') ? (['egress'] as const) : []),
    ],
    peers: [...peersOf(spec, 'ingress', 'from'), ...peersOf(spec, 'egress', 'to')],
  };
}

function peersOf(
  spec: Readonly<Record<string, unknown>>,
  direction: Direction,
  key: 'from' | 'to',
): Isolation['peers'] {
  return listOf(spec[direction]).flatMap((rule, index) =>
    listOf(isMapping(rule) ? rule[key] : undefined).flatMap((peer, at) => {
      if (!isMapping(peer)) return [];
      const { podSelector, namespaceSelector } = peer;
      const selectors = { podSelector: selectorOf(podSelector), namespaceSelector: selectorOf(namespaceSelector) };
      const given = Object.entries(selectors).filter(([, selector]) => selector !== undefined);
      return { peer: Object.fromEntries(given), path: ['spec', direction, index, key, at] };
    }),
  );
}

/** True for a network policy of another kind: whom it guards, only its network plugin knows. */
export function isForeignPolicy({ apiVersion, kind }: KubernetesObject): boolean {
  return /NetworkPolicy$/.test(kind) && apiGroup(apiVersion) !== 'networking.k8s.io';
}
