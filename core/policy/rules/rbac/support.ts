import type { KubernetesObject } from '../../../manifest/object';
import type { Violation } from '../../finding';
import { isAbsent, NONE } from '../support';

/** A rule of a Role or ClusterRole (rbac.authorization.k8s.io/v1). */
export interface PolicyRule {
  readonly apiGroups?: readonly string[] | null;
  readonly resources?: readonly string[] | null;
  readonly verbs?: readonly string[] | null;
  readonly resourceNames?: readonly string[] | null;
  readonly nonResourceURLs?: readonly string[] | null;
}

/** The kinds that hold rules. */
export const roleKinds = ['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole'] as const;

/** A check of each rule of a role. */
export function eachPolicyRule(
  judge: (rule: PolicyRule, index: number) => readonly Violation[],
): (object: KubernetesObject) => readonly Violation[] {
  return ({ rules }) => {
    if (!Array.isArray(rules)) return NONE;
    return rules.flatMap((rule: PolicyRule | null, index) => (isAbsent(rule) ? [] : judge(rule, index)));
  };
}

function has(entries: readonly string[] | null | undefined, wanted: string): boolean {
  return !isAbsent(entries) && (entries.includes(wanted) || entries.includes('*'));
}

/** A resource, or a subresource such as `pods/exec`. */
export interface GrantedResource {
  readonly group: string;
  readonly resource: string;
}

/** Whether the rule speaks of the resource, as the API server's RBAC authorizer reads it: a star is all, and a star before `/exec` is exec of all. */
export function coversResource(rule: PolicyRule, { group, resource }: GrantedResource): boolean {
  if (!has(rule.apiGroups, group)) return false;
  if (has(rule.resources, resource)) return true;
  const slash = resource.indexOf('/');
  return slash !== -1 && !isAbsent(rule.resources) && rule.resources.includes(`*${resource.slice(slash)}`);
}

/** The verbs of `wanted` that the rule grants. */
export function grantedVerbs({ verbs }: PolicyRule, wanted: readonly string[]): readonly string[] {
  return wanted.filter((verb) => has(verbs, verb));
}
