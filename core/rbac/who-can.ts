import { compareText } from '../compare-text';
import type { Authorizer, Grant } from './authorizer';
import { type AccessRequest, isNameless, type PolicyRule, type ResourceRequest, ruleAllows } from './policy-rule';
import { isClusterScoped } from './resources';
import { formatSubject } from './subject';

/** Somebody who may do what is asked, by one rule. */
export interface WhoCanRow {
  readonly grant: Grant;
  /** Only objects of these names; empty for all of them. */
  readonly names: readonly string[];
}

export interface WhoCanOptions {
  /** Whether what Kubernetes' own bindings grant is among the answers. @default false */
  readonly hasStanding?: boolean;
}

/**
 * Who may do it by their own name, with the rule, wherever it is allowed: in the namespace of the request, or in any where it names none. Who may do it
 * for objects of some names only is among them, unless the request names another.
 */
export function whoCan(
  authorizer: Authorizer,
  request: AccessRequest,
  { hasStanding = false }: WhoCanOptions = {},
): readonly WhoCanRow[] {
  return authorizer.subjects
    .flatMap((subject) => [...authorizer.ownGrants(subject)])
    .filter(({ binding }) => hasStanding || !authorizer.isStanding(binding))
    .filter(({ namespace }) => isPlaceOf(request, namespace))
    .flatMap((grant): readonly WhoCanRow[] => {
      const { rule } = grant.written;
      if (ruleAllows(rule, request)) return [{ grant, names: 'name' in request ? [] : (rule.resourceNames ?? []) }];
      return isForSome(rule, request) ? [{ grant, names: rule.resourceNames ?? [] }] : [];
    })
    .sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

function isPlaceOf(request: AccessRequest, namespace: string | undefined): boolean {
  if (namespace === undefined) return true;
  if ('path' in request || !isAskedInNamespaces(request)) return false;
  return request.namespace === undefined || request.namespace === namespace;
}

/**
 * Whether the API server may know a namespace of such a request: of one for a Namespace that has a name, it is that one, and to bind a ClusterRole is
 * asked in the namespace of the binding.
 */
function isAskedInNamespaces(request: ResourceRequest): boolean {
  if (request.verb === 'bind' || !isClusterScoped(request)) return true;
  return request.group === '' && /^namespaces(?:\/|$)/.test(request.resource) && !isNameless(request);
}

/** Whether the rule allows it for objects of the names that the rule has, where the request leaves open for which. */
function isForSome(rule: PolicyRule, request: AccessRequest): boolean {
  if ('path' in request || request.name !== undefined) return false;
  if (isNameless(request)) return false;
  return (rule.resourceNames ?? []).some((name) => ruleAllows(rule, { ...request, name }));
}

function keyOf({ grant: { subject, namespace = '' } }: WhoCanRow): string {
  return `${formatSubject(subject)} ${namespace}`;
}
