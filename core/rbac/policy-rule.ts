/** A rule of a Role or ClusterRole (rbac.authorization.k8s.io/v1). */
export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  /** Resources, and subresources such as `pods/exec`; `*` is all of both, and a star before `/scale` that subresource of every resource. */
  readonly resources?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resourceNames?: readonly string[];
  /** Paths; one that ends in `*` is all that begin as it does. */
  readonly nonResourceURLs?: readonly string[];
}

/** A request for an object, or for all objects of a kind. */
export interface ResourceRequest {
  readonly verb: string;
  /** API group; the empty string is the core group. */
  readonly group: string;
  /** In the plural, with its subresource: `pods`, `pods/exec`. */
  readonly resource: string;
  /** @default - the whole cluster, or an object outside of namespaces */
  readonly namespace?: string;
  /** @default - none: all objects, or one that is yet to be made */
  readonly name?: string;
}

/** A request for a path that is no resource: `/healthz`. */
export interface PathRequest {
  readonly verb: string;
  readonly path: string;
}

/** What a request asks the authorizer. */
export type AccessRequest = ResourceRequest | PathRequest;

/**
 * Whether a rule allows a request, as the API server's RBAC authorizer has it. `pods/*` is the subresource of that name, and so nothing.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/v1/evaluation_helpers.go
 */
export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  if (!holds(rule.verbs, request.verb)) return false;
  if ('path' in request) return (rule.nonResourceURLs ?? []).some((url) => pathMatches(url, request.path));
  return (
    holds(rule.apiGroups, request.group) &&
    resourceMatches(rule.resources, request.resource) &&
    nameMatches(rule.resourceNames, request.name ?? '')
  );
}

/** Whether a rule allows a request for every object, or for one of a name. */
export function ruleAllowsSome(rule: PolicyRule, request: Omit<ResourceRequest, 'name'>): boolean {
  return [undefined, ...(rule.resourceNames ?? [])].some((name) =>
    ruleAllows(rule, { ...request, ...(name && { name }) }),
  );
}

const nameless: ReadonlySet<string> = new Set(['create', 'deletecollection']);

/** Whether the API server knows no name of such requests, so that a rule with names never allows them. */
export function isNameless({ verb, resource }: Pick<ResourceRequest, 'verb' | 'resource'>): boolean {
  return nameless.has(verb) && !resource.includes('/');
}

function holds(list: readonly string[] | undefined, asked: string): boolean {
  return list !== undefined && (list.includes(asked) || list.includes('*'));
}

/** Whether resources of a rule, stars included, have a resource among them. */
export function resourceMatches(resources: readonly string[] | undefined, asked: string): boolean {
  if (resources === undefined) return false;
  if (holds(resources, asked)) return true;
  const slash = asked.indexOf('/');
  return slash !== -1 && slash < asked.length - 1 && resources.includes(`*${asked.slice(slash)}`);
}

function nameMatches(names: readonly string[] | undefined, asked: string): boolean {
  return names === undefined || names.length === 0 || names.includes(asked);
}

/** Whether the URL of a rule, with or without a star at its end, takes in a path. */
export function pathMatches(url: string, path: string): boolean {
  return url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, '')));
}
