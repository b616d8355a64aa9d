/** How much is logged of a request: nothing; who asked what, and what became of it; the body that was sent too; and what was answered. */
export const auditLevels = ['None', 'Metadata', 'Request', 'RequestResponse'] as const;
export type AuditLevel = (typeof auditLevels)[number];

/** When an event is written: on arrival; once a watch has begun; at the end; when the API server panics. */
export const auditStages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const;
export type AuditStage = (typeof auditStages)[number];

/** What the API server makes of the method of a request for a resource. */
export const resourceVerbs = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
] as const;

/** The methods of HTTP in lower case, which are the verbs of requests for anything else. */
export const pathVerbs = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const;

export type AuditVerb = (typeof resourceVerbs)[number] | (typeof pathVerbs)[number];

/** Resources of an API group. */
export interface AuditResources {
  /** `apps`; `''` for Kubernetes' core, `'*'` for every group. */
  readonly group: string;
  /** `pods`, `pods/exec`, `*` with subresources, `pods/*`, `*` + `/scale`. @default - all of the group */
  readonly resources?: readonly string[];
  /** Names of objects. A create has none, and neither has a list. @default - every name */
  readonly resourceNames?: readonly string[];
}

/**
 * A rule of an audit policy: every field narrows it. `nonResourceURLs` cannot stand beside `resources` and `namespaces`; a rule with neither
 * is for everything.
 * @see https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-PolicyRule
 */
export interface AuditRule {
  readonly level: AuditLevel;
  /** Names of users, in full. @default - every user */
  readonly users?: readonly string[];
  /** Groups of users, of which one is enough. @default - every user */
  readonly userGroups?: readonly string[];
  /** @default - every verb */
  readonly verbs?: readonly AuditVerb[];
  /** @default - every resource */
  readonly resources?: readonly AuditResources[];
  /** Namespaces; `''` for what is in none. @default - every namespace */
  readonly namespaces?: readonly string[];
  /** Paths that are no resources, such as `/metrics` and `/healthz*`. */
  readonly nonResourceURLs?: readonly string[];
  /** Stages without events, beside the policy's own. @default - none */
  readonly omitStages?: readonly AuditStage[];
  /** Whether bodies are logged without `metadata.managedFields`. @default - as the policy says */
  readonly omitManagedFields?: boolean;
}

/** A whole policy. The first rule that matches a request decides; a request that none matches is not logged. */
export interface AuditPolicySpec {
  readonly rules: readonly AuditRule[];
  /** Stages without events. @default - none */
  readonly omitStages?: readonly AuditStage[];
  /** @default false */
  readonly omitManagedFields?: boolean;
}

/** A request as the audit policy sees it: of an impersonated one, by the user who sent it. */
export interface AuditRequest {
  /** Absent where authentication failed; a request without credentials is `system:anonymous`, in `system:unauthenticated`. */
  readonly user?: { readonly name: string; readonly groups?: readonly string[] };
  readonly verb: string;
  /** Absent for paths that are no resources. */
  readonly resource?: {
    /** @default '' */
    readonly group?: string;
    readonly resource: string;
    /** @default '' */
    readonly subresource?: string;
    /** Of the object; a create has none. @default '' */
    readonly name?: string;
    /** @default '' */
    readonly namespace?: string;
  };
  /** For paths that are no resources. */
  readonly path?: string;
}
