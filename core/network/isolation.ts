import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { LabelSelector } from '../manifest/pod-common';
import type { Direction } from './allowances';
import type { NetworkPolicyPeer } from './peer';

interface PolicyRule {
  readonly from?: readonly (NetworkPolicyPeer | null)[] | null;
  readonly to?: readonly (NetworkPolicyPeer | null)[] | null;
}

/** What a NetworkPolicy says of whom it is for. */
export interface PolicySpec {
  readonly podSelector?: LabelSelector | null;
  readonly policyTypes?: readonly string[] | null;
  readonly ingress?: readonly (PolicyRule | null)[] | null;
  readonly egress?: readonly (PolicyRule | null)[] | null;
}

/** The spec of a networking.k8s.io NetworkPolicy; undefined for any other object. */
export function policySpecOf({ apiVersion, kind, spec }: KubernetesObject): PolicySpec | undefined {
  if (kind !== 'NetworkPolicy' || apiGroup(apiVersion) !== 'networking.k8s.io') return undefined;
  return (spec ?? {}) as PolicySpec;
}

/** True for a network policy of another kind: whom it guards, only its network plugin knows. */
export function isForeignPolicy({ apiVersion, kind }: KubernetesObject): boolean {
  return /NetworkPolicy$/.test(kind) && apiGroup(apiVersion) !== 'networking.k8s.io';
}

/**
 * The directions that a policy closes for the pods that it selects, but for what its rules let through: where it names none,
 * ingress, and egress if it has rules of that.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
 */
export function isolatedDirections({ policyTypes, egress }: PolicySpec): readonly Direction[] {
  const named = policyTypes ?? [];
  if (named.length === 0) return (egress ?? []).length > 0 ? ['ingress', 'egress'] : ['ingress'];
  return (['ingress', 'egress'] as const).filter((direction) => named.some((type) => type.toLowerCase() === direction));
}
