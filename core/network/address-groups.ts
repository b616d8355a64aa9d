import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { type Path, valueAt } from '../manifest/path';
import { isMapping, listOf } from '../manifest/plain';
import type { LabelSelector } from '../manifest/pod-common';
import { calicoSelects } from './calico-selector';
import { selectorMatches } from './selectors';

type Fields = Readonly<Record<string, unknown>>;

/** Addresses that policies open by the name or the labels of an object of their own. */
export interface AddressGroup {
  readonly object: KubernetesObject;
  readonly cidrs: readonly string[];
}

/** Where a policy opens the addresses of groups. */
export interface GroupReference {
  /** Of the entry that names them. */
  readonly path: Path;
  /** Whether it means that group. */
  readonly takes: (group: AddressGroup) => boolean;
  /** What the entry would be with one of their blocks in its place. */
  readonly withBlock: (cidr: string) => Fields;
}

const calicoGroups: ReadonlySet<string> = new Set(['projectcalico.org', 'crd.projectcalico.org']);

const networkSet = { groups: calicoGroups, field: 'nets' };
/** By kind, the API groups that have it, and the field of its addresses. */
const groupKinds: ReadonlyMap<string, { readonly groups: ReadonlySet<string>; readonly field: string }> = new Map([
  ['CiliumCIDRGroup', { groups: new Set(['cilium.io']), field: 'externalCIDRs' }],
  ['GlobalNetworkSet', networkSet],
  ['NetworkSet', networkSet],
]);

/** What an object is as a group of addresses: a CiliumCIDRGroup, a GlobalNetworkSet or NetworkSet of Calico. */
export function addressGroupOf(object: KubernetesObject): AddressGroup | undefined {
  const kind = groupKinds.get(object.kind);
  if (!kind?.groups.has(apiGroup(object.apiVersion))) return undefined;
  const listed = listOf(valueAt(object, ['spec', kind.field]));
  return { object, cidrs: listed.filter((each): each is string => typeof each === 'string') };
}

/** Where an egress rule of a policy of Cilium or Calico opens groups of addresses. */
export function groupReferencesIn(policy: KubernetesObject): readonly GroupReference[] {
  const group = apiGroup(policy.apiVersion);
  if (group === 'cilium.io') return ciliumReferences(policy);
  return calicoGroups.has(group) ? calicoReferences(policy) : [];
}

/** @see https://docs.cilium.io/en/stable/network/kubernetes/policy/#ciliumcidrgroup */
function ciliumReferences(policy: KubernetesObject): readonly GroupReference[] {
  if (policy.kind !== 'CiliumNetworkPolicy' && policy.kind !== 'CiliumClusterwideNetworkPolicy') return [];
  const specs: readonly Path[] = [['spec'], ...listOf(policy.specs).map((_, i) => ['specs', i])];
  return specs.flatMap((spec) =>
    listOf(valueAt(policy, [...spec, 'egress'])).flatMap((_, rule) => {
      const set: Path = [...spec, 'egress', rule, 'toCIDRSet'];
      return listOf(valueAt(policy, set)).flatMap((entry, i): readonly GroupReference[] => {
        if (!isMapping(entry)) return [];
        const { cidrGroupRef: name, cidrGroupSelector: selector, ...rest } = entry;
        if (!name && !isMapping(selector)) return [];
        const takes = ({ object }: AddressGroup): boolean =>
          object.kind === 'CiliumCIDRGroup' &&
          (name
            ? object.metadata?.name === name
            : selectorMatches(selector as LabelSelector, object.metadata?.labels ?? {}));
        return [{ path: [...set, i], takes, withBlock: (cidr) => ({ ...rest, cidr }) }];
      });
    }),
  );
}

/**
 * Of what selects sets by their labels: those of no namespace in a global policy or by `global()`, the others in the policy's own or by `all()`.
 * @see https://docs.tigera.io/calico/latest/reference/resources/globalnetworkset
 */
function calicoReferences(policy: KubernetesObject): readonly GroupReference[] {
  const isGlobal = policy.kind === 'GlobalNetworkPolicy';
  if (!isGlobal && policy.kind !== 'NetworkPolicy') return [];
  return listOf(valueAt(policy, ['spec', 'egress'])).flatMap((rule, i): readonly GroupReference[] => {
    const destination = isMapping(rule) && rule.action === 'Allow' ? rule.destination : undefined;
    if (!isMapping(destination)) return [];
    const { selector, namespaceSelector, ...rest } = destination;
    if (typeof selector !== 'string' && typeof namespaceSelector !== 'string') return [];
    // With both, only what is in both is meant.
    if (listOf(destination.nets).length > 0) return [];
    const ofCluster = namespaceSelector === 'global()' || (isGlobal && !namespaceSelector);
    const takes = ({ object }: AddressGroup): boolean =>
      (object.kind === 'GlobalNetworkSet'
        ? ofCluster
        : object.kind === 'NetworkSet' &&
          (namespaceSelector === 'all()' ||
            (!namespaceSelector && (isGlobal || object.metadata?.namespace === policy.metadata?.namespace)))) &&
      (typeof selector !== 'string' || calicoSelects(selector, object.metadata?.labels ?? {}));
    return [{ path: ['spec', 'egress', i, 'destination'], takes, withBlock: (cidr) => ({ ...rest, nets: [cidr] }) }];
  });
}
