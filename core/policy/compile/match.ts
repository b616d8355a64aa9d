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
 * Changed by requests of their own, past the pod's: its ephemeral containers, and the resources of its containers (Kubernetes 1.33).
 */
const partsOfPods = ['pods/ephemeralcontainers', 'pods/resize'];

/** The resources of kinds, one rule a group. */
export function resourceRules(kinds: readonly string[]): readonly ResourceRule[] {
  const groups = new Map<string, string[]>();
  for (const id of kinds) {
    const slash = id.lastIndexOf('/');
    const [group, kind] = [id.slice(0, slash), id.slice(slash + 1)];
    const resources = groups.get(group) ?? [];
    resources.push(resourceOf(kind), ...(id === '/Pod' ? partsOfPods : []));
    groups.set(group, resources);
  }
  return [...groups].map(([group, resources]) => ({
    apiGroups: [group],
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE'],
    resources,
  }));
}

/** A selector of namespaces by their names, which the API server itself keeps in a label. */
export function namespaceSelector(exempt: readonly string[]): { readonly namespaceSelector?: object } {
  if (exempt.length === 0) return {};
  const matchExpressions = [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...exempt] }];
  return { namespaceSelector: { matchExpressions } };
}
