import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { isAbsent, isMapping, listOf, mappingOf } from '../manifest/plain';
import type { LabelSelector } from '../manifest/pod-common';
import type { Direction } from './allowances';
import type { NetworkPolicyPeer } from './peer';
import { isNetworkPolicy } from './policy-spec';

/** Whom a NetworkPolicy is for, and whom it lets through. What is of no shape that Kubernetes takes is left out. */
export interface Isolation {
  /** Undefined for every pod. */
  readonly podSelector: LabelSelector | undefined;
  /** What it closes for the pods that it selects, but for what its rules let through. */
  readonly directions: readonly Direction[];
  /** Where its rules let somebody through; of no use to pods in the directions that it does not close. */
  readonly opened: readonly Direction[];
  readonly rules: readonly RuleOfPolicy[];
}

/** A rule of a NetworkPolicy. */
export interface RuleOfPolicy {
  readonly direction: Direction;
  /** Which of the rules of its direction it is, from 0. */
  readonly index: number;
  /** As they are written; none for every port. */
  readonly ports: readonly unknown[];
  /** None for everybody. */
  readonly peers: readonly PeerOfPolicy[];
}

/** One whom a rule of a NetworkPolicy lets through, and where it says so. */
export interface PeerOfPolicy {
  readonly peer: NetworkPolicyPeer;
  readonly path: Path;
}

const directions: readonly Direction[] = ['ingress', 'egress'];
const typeOf = { ingress: 'Ingress', egress: 'Egress' } as const satisfies Readonly<Record<Direction, string>>;
const ingressOnly: readonly string[] = ['Ingress'];
const bothTypes: readonly string[] = ['Ingress', 'Egress'];

const selectorOf = (value: unknown): LabelSelector | undefined => (isMapping(value) ? value : undefined);

/**
 * What a networking.k8s.io NetworkPolicy isolates; undefined for any other object. Where it names no policyTypes, that is ingress,
 * and egress if it has rules of that.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
 */
export function isolationOf(object: KubernetesObject): Isolation | undefined {
  if (!isNetworkPolicy(object)) return undefined;
  const { spec: written } = object;
  // The API server takes one that says nothing: it is for every pod of its namespace.
  const spec = isAbsent(written) ? {} : written;
  if (!isMapping(spec)) return undefined;
  const types = listOf(spec.policyTypes);
  const implied = listOf(spec.egress).length > 0 ? bothTypes : ingressOnly;
  const named = types.length === 0 ? implied : types;
  const rules: RuleOfPolicy[] = [];
  addRules(rules, spec, 'ingress', 'from');
  addRules(rules, spec, 'egress', 'to');
  return {
    podSelector: selectorOf(spec.podSelector),
    directions: directions.filter((direction) => named.includes(typeOf[direction])),
    opened: directions.filter((direction) => listOf(spec[direction]).length > 0),
    rules,
  };
}

function addRules(
  found: RuleOfPolicy[],
  spec: Readonly<Record<string, unknown>>,
  direction: Direction,
  key: 'from' | 'to',
): void {
  const written = listOf(spec[direction]);
  for (let index = 0; index < written.length; index++) {
    const each = written[index];
    const rule = mappingOf(each);
    const peers: PeerOfPolicy[] = [];
    const named = listOf(rule[key]);
    for (let at = 0; at < named.length; at++) {
      const peer = named[at];
      if (!isMapping(peer)) continue;
      const podSelector = selectorOf(peer.podSelector);
      const namespaceSelector = selectorOf(peer.namespaceSelector);
      peers.push({
        peer: { ...(podSelector && { podSelector }), ...(namespaceSelector && { namespaceSelector }) },
        path: ['spec', direction, index, key, at],
      });
    }
    found.push({ direction, index, ports: listOf(rule.ports), peers });
  }
}

/** True for a network policy of another kind: whom it guards, only its network plugin knows. */
export function isForeignPolicy({ apiVersion, kind }: KubernetesObject): boolean {
  return /NetworkPolicy$/.test(kind) && apiGroup(apiVersion) !== 'networking.k8s.io';
}
