import { type PolicyRule, personaRules } from '../namespace/personas';

/** What somebody may do with a workload, or with all of a namespace; `debug` is putting a container into a running pod. */
export type AccessVerb = 'read' | 'read-logs' | 'restart' | 'scale' | 'port-forward' | 'exec' | 'debug';

/** A rule of a Role that may be for named objects alone. */
export interface NamingRule extends PolicyRule {
  /** @default - every object of the namespace */
  readonly resourceNames?: readonly string[];
}

/** An object, as roles name it. */
export interface NamedObject {
  readonly group: string;
  /** In the plural. */
  readonly resource: string;
  readonly name: string;
}

/** A workload, as roles name it. */
export interface NamedWorkload {
  readonly self: NamedObject;
  /** Everything it is made of, but for what may hold secrets. */
  readonly objects: readonly NamedObject[];
  /** The names of its pods; undefined stands for every pod of the namespace. */
  readonly pods: readonly string[] | undefined;
}

const read = ['get', 'list', 'watch'] as const;
/** A session: before 1.35 the API server lets `get` open one too, and clients that come by WebSocket ask for it. */
const open = ['create', 'get'] as const;

/** Rights on pods, which who reaches one has to find first. */
const onPods: Readonly<Partial<Record<AccessVerb, readonly PolicyRule[]>>> = {
  read: [],
  'read-logs': [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }],
  restart: [
    { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
    { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  ],
  'port-forward': [{ apiGroups: [''], resources: ['pods/portforward'], verbs: open }],
  exec: [{ apiGroups: [''], resources: ['pods/exec'], verbs: open }],
  // What `kubectl debug` asks for: the container put into the pod, its terminal, and its log where that comes too late.
  debug: [
    { apiGroups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['patch'] },
    { apiGroups: [''], resources: ['pods/attach'], verbs: open },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  ],
};

const scaled: readonly PolicyRule[] = [
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: read },
  {
    apiGroups: ['apps'],
    resources: ['deployments/scale', 'statefulsets/scale'],
    verbs: ['get', 'patch', 'update'],
  },
];

/** Whether a verb is about the pods of a workload and about nothing else of it. */
export function isOnPods(verb: AccessVerb): boolean {
  return verb !== 'read' && onPods[verb] !== undefined;
}

/** The rules by which a verb is granted on everything in a namespace. Secrets are in none of them. */
export function rulesInNamespace(verb: AccessVerb): readonly NamingRule[] {
  if (verb === 'read') return personaRules.viewer;
  return verb === 'scale' ? scaled : podRules(verb, undefined);
}

/**
 * The rules by which a verb is granted on one workload, by the names of its objects: `list` and `watch` are then asked with
 * `--field-selector metadata.name=…`, which is what `kubectl get <name>` and `kubectl rollout status` do.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function rulesOnWorkload(verb: AccessVerb, { self, objects, pods }: NamedWorkload): readonly NamingRule[] {
  if (verb === 'read') {
    const ofObjects = objects.map(({ group, resource, name }) => rule(group, resource, read, [name]));
    return [...ofObjects, ...podRules(verb, pods)];
  }
  if (verb !== 'scale') return podRules(verb, pods);
  const { group, resource, name } = self;
  return [rule(group, resource, read, [name]), rule(group, `${resource}/scale`, ['get', 'patch', 'update'], [name])];
}

function podRules(verb: AccessVerb, names: readonly string[] | undefined): readonly NamingRule[] {
  // An empty list of names is none to RBAC: the rule would be for every pod.
  if (names?.length === 0) return [];
  return [rule('', 'pods', read), ...(onPods[verb] ?? [])].map((each) =>
    names === undefined ? each : { ...each, resourceNames: names },
  );
}

function rule(group: string, resource: string, verbs: readonly string[], names?: readonly string[]): NamingRule {
  return { apiGroups: [group], resources: [resource], verbs, ...(names && { resourceNames: names }) };
}

/** The same rights in fewer rules: those that differ in names alone become one. */
export function merged(rules: readonly NamingRule[]): readonly NamingRule[] {
  const byRights = new Map<string, NamingRule>();
  for (const each of rules) {
    const { resourceNames, ...rights } = each;
    const key = JSON.stringify([rights.apiGroups, rights.resources, rights.verbs, resourceNames === undefined]);
    const known = byRights.get(key);
    const names = resourceNames && [...new Set([...(known?.resourceNames ?? []), ...resourceNames])].sort();
    byRights.set(key, names === undefined ? rights : { ...rights, resourceNames: names });
  }
  return [...byRights.values()];
}
