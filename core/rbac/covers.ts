import type { PolicyRule } from './policy-rule';
import { pathMatches, resourceMatches } from './policy-rule';

/** A single right: one verb on one resource or path, as it is written, stars included. */
export type Right = ResourceRight | PathRight;

/** {@link Right} */
export interface ResourceRight {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** @default - every object */
  readonly name?: string;
  /** @default - the whole cluster */
  readonly namespace?: string;
}

/** {@link Right} */
export interface PathRight {
  readonly verb: string;
  readonly path: string;
}

/** The rights that a rule is made of. */
export function* rightsOf(
  { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule,
  namespace?: string,
): Generator<Right> {
  const place = namespace === undefined ? {} : { namespace };
  for (const verb of new Set(verbs)) {
    for (const path of new Set(nonResourceURLs)) if (namespace === undefined) yield { verb, path };
    for (const group of new Set(apiGroups))
      for (const resource of new Set(resources)) {
        if (resourceNames.length === 0) yield { verb, group, resource, ...place };
        for (const name of new Set(resourceNames)) yield { verb, group, resource, name, ...place };
      }
  }
}

/**
 * Whether a rule has all of a right, as the API server asks it before somebody grants what they have.
 * @see https://github.com/kubernetes/component-helpers/blob/master/auth/rbac/validation/policy_comparator.go
 */
export function ruleCovers(rule: PolicyRule, namespace: string | undefined, right: Right): boolean {
  const { verbs = [], apiGroups = [], resources, resourceNames = [], nonResourceURLs = [] } = rule;
  if (!verbs.includes('*') && !verbs.includes(right.verb)) return false;
  if ('path' in right) return namespace === undefined && nonResourceURLs.some((url) => pathMatches(url, right.path));
  return (
    (namespace === undefined || namespace === right.namespace) &&
    (apiGroups.includes('*') || apiGroups.includes(right.group)) &&
    resourceMatches(resources, right.resource) &&
    (resourceNames.length === 0 || (right.name !== undefined && resourceNames.includes(right.name)))
  );
}
