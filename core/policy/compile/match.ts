import { groupBy } from '../../group-by';
import { type PodTemplateKinds, PodTemplateKinds as Registry } from '../../manifest/pod-template';
import type { EnforceableRule } from './admission';

/** Objects of which kinds an admission policy is asked about. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly ['*'];
  readonly operations: readonly ['CREATE', 'UPDATE'];
  readonly resources: readonly string[];
}

/** Kinds whose resource is not their plural in lower case. */
const irregular: Readonly<Record<string, string>> = {
  Endpoints: 'endpoints',
  K8sAllowedRepos: 'k8sallowedrepos',
  SecurityContextConstraints: 'securitycontextconstraints',
};

/** The resource of a kind, as requests name it: `networkpolicies` of NetworkPolicy. */
export function resourceOf(kind: string): string {
  const lower = kind.toLowerCase();
  const known = irregular[kind];
  if (known !== undefined) return known;
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return /(s|x|ch)$/.test(lower) ? `${lower}es` : `${lower}s`;
}

/** The kinds that a rule is about, as `group/Kind`. */
export function kindsOf(rule: EnforceableRule, kinds: PodTemplateKinds = Registry.builtIn): readonly string[] {
  return rule.subject === 'pod' ? kinds.all().map(({ group, kind }) => `${group}/${kind}`) : rule.kinds;
}

/**
 * By which requests an object is changed past those to the object itself: a pod's ephemeral containers, and the resources of its containers
 * (Kubernetes 1.33); and the labels and annotations that rules read, which the API server takes from whoever writes a status or finalizes.
 */
const subresources: Readonly<Record<string, readonly string[]>> = {
  '/Pod': ['pods/ephemeralcontainers', 'pods/resize'],
  '/Namespace': ['namespaces/status', 'namespaces/finalize'],
  'networking.k8s.io/Ingress': ['ingresses/status'],
};

/** Whether objects of a kind, as `group/Kind`, are judged by requests past those to the objects themselves, too. */
export function hasSubresources(id: string): boolean {
  return Object.hasOwn(subresources, id);
}

/** The kinds of each group. @param ids as `group/Kind` */
export function byGroup(ids: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = groupBy(ids, (id) => id.slice(0, id.lastIndexOf('/')));
  return new Map([...groups].map(([group, members]) => [group, members.map((id) => id.slice(group.length + 1))]));
}

/** The resources of kinds, one rule a group. */
export function resourceRules(ids: readonly string[]): readonly ResourceRule[] {
  return [...byGroup(ids)].map(([group, kinds]) => ({
    apiGroups: [group],
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE'],
    resources: kinds.flatMap((kind) => [resourceOf(kind), ...(subresources[`${group}/${kind}`] ?? [])]),
  }));
}

/** A selector of namespaces by their names, which the API server itself keeps in a label. */
export function namespaceSelector(exempt: readonly string[]): { readonly namespaceSelector?: object } {
  if (exempt.length === 0) return {};
  const matchExpressions = [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...exempt] }];
  return { namespaceSelector: { matchExpressions } };
}
