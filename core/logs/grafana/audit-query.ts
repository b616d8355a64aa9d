/** Fields of an audit event that queries name, by what they are called there: https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/ */
const auditFields = {
  user: 'user.username',
  impersonated: 'impersonatedUser.username',
  verb: 'verb',
  group: 'objectRef.apiGroup',
  resource: 'objectRef.resource',
  subresource: 'objectRef.subresource',
  namespace: 'objectRef.namespace',
  name: 'objectRef.name',
  uri: 'requestURI',
  source: 'sourceIPs[0]',
  agent: 'userAgent',
  stage: 'stage',
  code: 'responseStatus.code',
  message: 'responseStatus.message',
  enforced: 'annotations["validation.policy.admission.k8s.io/validation_failure"]',
  pod_security: 'annotations["pod-security.kubernetes.io/audit-violations"]',
} as const;

export type AuditField = keyof typeof auditFields;

/** What a query asks of audit events. */
export interface AuditQuery {
  /** Regular expressions that each line matches: searched before anything of it is parsed, which is what makes a query fast. @default - none */
  readonly lines?: readonly string[];
  /** What is taken out of each event, besides user, namespace, code and stage. */
  readonly fields: readonly AuditField[];
  /** Conditions on the fields, in LogQL. */
  readonly where: readonly string[];
  /** Whether requests count that still go on, such as watches and shells; else each counts once, at its end. @default false */
  readonly ongoing?: boolean;
  /** How a line is shown, by its fields in the language of Go's templates. @default - the event itself */
  readonly shown?: string;
}

/** Whom the variables of each dashboard let through. */
const chosen: readonly string[] = ['namespace=~`$namespace`', 'user=~`$user`', 'user!~`$without`'];

/**
 * Events of the audit log that a dashboard asks for, as LogQL. Lines that are no events, or are cut off, are passed over: a query of numbers would fail of one.
 */
export function auditEvents({ lines = [], fields, where, ongoing = false, shown }: AuditQuery): string {
  const taken = [...new Set<AuditField>(['user', 'namespace', 'stage', 'code', ...fields])];
  const json = taken.map((field) => `${field}=\`${auditFields[field]}\``).join(', ');
  // Of a request without valid credentials there is no other event than that of its beginning.
  const ended = ongoing ? 'stage!="RequestReceived"' : '(stage=~"ResponseComplete|Panic" or code="401")';
  return [
    '{log_source="audit"}',
    ...lines.map((pattern) => `|~ \`${pattern}\``),
    `| json ${json}`,
    '| __error__=""',
    ...[ended, ...chosen, ...where].map((condition) => `| ${condition}`),
    ...(shown === undefined ? [] : [`| line_format \`${shown}\``]),
  ].join(' ');
}

/** How often each combination of fields is in the chosen time, the most frequent first. */
export function mostOften(by: readonly string[], events: string, most = 50): string {
  return `topk(${most}, sum by (${by.join(', ')}) (count_over_time(${events} [$__range])))`;
}

/** How many a second, as a line in a graph for each value. */
export function eachSecond(by: readonly string[], events: string): string {
  return `sum by (${by.join(', ')}) (rate(${events} [$__auto]))`;
}

/** How many in each step of a graph. */
export function counted(by: readonly string[], events: string): string {
  return `sum by (${by.join(', ')}) (count_over_time(${events} [$__auto]))`;
}

/** How many of each user in each step of a graph, for those with the most: a cluster has thousands of users. */
export function countedByUser(events: string): string {
  return `topk(20, ${counted(['user'], events)})`;
}

/** Answers, by their status. As texts: of an event without one a comparison of numbers would be an error. */
export const answered = {
  well: 'code=~"[123].."',
  denied: 'code=~"401|403"',
  badly: 'code=~"[45].."',
  failed: 'code=~"5.."',
} as const;

/** What was asked for, and of what: `create pods/exec web-0 in shop`. */
export const what =
  '{{.verb}} {{.resource}}{{if .subresource}}/{{.subresource}}{{end}} {{.name}}{{if .namespace}} in {{.namespace}}{{end}}';

/** The fields that {@link what} shows. */
export const whatFields: readonly AuditField[] = ['verb', 'resource', 'subresource', 'name'];
