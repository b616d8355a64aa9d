import type { AuditLevel, AuditPolicySpec, AuditRequest, AuditResources, AuditRule, AuditStage } from './rule';

/** What a policy says of a request. */
export interface AuditDecision {
  readonly level: AuditLevel;
  /** The index of the rule that decides; absent where none matches. */
  readonly rule?: number;
  readonly omitStages: readonly AuditStage[];
  readonly omitManagedFields: boolean;
}

/** What is logged of a request, as the API server decides it: by the first rule that matches. */
export function auditDecision(policy: AuditPolicySpec, request: AuditRequest): AuditDecision {
  const { rules, omitStages = [], omitManagedFields = false } = policy;
  const index = rules.findIndex((rule) => ruleMatches(rule, request));
  const rule = rules[index];
  if (rule === undefined) return { level: 'None', omitStages, omitManagedFields };
  return {
    level: rule.level,
    rule: index,
    omitStages: [...new Set([...omitStages, ...(rule.omitStages ?? [])])],
    omitManagedFields: rule.omitManagedFields ?? omitManagedFields,
  };
}

/** The level that a request is logged at. */
export function levelOf(policy: AuditPolicySpec, request: AuditRequest): AuditLevel {
  return auditDecision(policy, request).level;
}

/** An empty list says as little as none. */
function given<T>(list: readonly T[] | undefined): list is readonly T[] {
  return list !== undefined && list.length > 0;
}

/** Whether a rule is for a request. @see k8s.io/apiserver/pkg/audit/policy/checker.go */
export function ruleMatches(rule: AuditRule, { user, verb, resource, path = '' }: AuditRequest): boolean {
  if (given(rule.users) && (user === undefined || !rule.users.includes(user.name))) return false;
  if (given(rule.userGroups) && !user?.groups?.some((group) => rule.userGroups?.includes(group))) return false;
  if (given(rule.verbs) && !rule.verbs.some((known) => known === verb)) return false;
  if (given(rule.namespaces) || given(rule.resources)) {
    if (resource === undefined) return false;
    if (given(rule.namespaces) && !rule.namespaces.includes(resource.namespace ?? '')) return false;
    return !given(rule.resources) || rule.resources.some((entry) => resourcesMatch(entry, resource));
  }
  if (!given(rule.nonResourceURLs)) return true;
  return resource === undefined && rule.nonResourceURLs.some((spec) => pathMatches(spec, path));
}

function resourcesMatch(entry: AuditResources, asked: NonNullable<AuditRequest['resource']>): boolean {
  const { group = '', resource, subresource = '', name = '' } = asked;
  if (entry.group !== '*' && entry.group !== group) return false;
  if (!given(entry.resources)) return true;
  if (given(entry.resourceNames) && !entry.resourceNames.includes(name)) return false;
  return entry.resources.some((pattern) => resourceMatches(pattern, resource, subresource));
}

/** Whether a pattern such as `pods/*` is for a resource and subresource: `pods/*` is for `pods` as well, `pods` is not for `pods/log`. */
export function resourceMatches(pattern: string, resource: string, subresource: string): boolean {
  if (pattern === '*' || pattern === (subresource === '' ? resource : `${resource}/${subresource}`)) return true;
  if (subresource !== '' && pattern.startsWith('*/') && pattern.slice(2) === subresource) return true;
  return pattern.endsWith('/*') && pattern.slice(0, -2) === resource;
}

/** Whether a path of a rule, which may end with `*`, is for a path. */
export function pathMatches(spec: string, path: string): boolean {
  if (spec === '*' || spec === path) return true;
  return spec.endsWith('*') && path.startsWith(spec.replace(/\*+$/, ''));
}
