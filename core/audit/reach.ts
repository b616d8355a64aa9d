import { pathMatches, resourceMatches } from './evaluate';
import type { AuditRequest, AuditRule } from './rule';

/**
 * A set of requests: each field narrows it to a few values, or does not. A rule is several of them, one for each resource that it names, and
 * two where it is for resources and paths alike.
 */
export interface RequestSet {
  readonly kind: 'resource' | 'path';
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly group?: string;
  readonly pattern?: string;
  readonly names?: readonly string[];
  readonly paths?: readonly string[];
}

/** The requests that a rule is for. */
export function requestSets(rule: AuditRule): readonly RequestSet[] {
  const { users, userGroups, verbs, namespaces } = rule;
  const who = { users: narrow(users), userGroups: narrow(userGroups), verbs: narrow(verbs) };
  const paths = narrow(rule.nonResourceURLs);
  const resources = narrow(rule.resources);
  const onlyResources = resources !== undefined || narrow(namespaces) !== undefined;
  const ofResources = (resources ?? [{ group: '*' }]).flatMap(({ group, resources: patterns, resourceNames }) =>
    (narrow(patterns) ?? [undefined]).map(
      (pattern): RequestSet => ({
        kind: 'resource',
        ...who,
        namespaces: narrow(namespaces),
        group: group === '*' ? undefined : group,
        pattern,
        names: pattern === undefined ? undefined : narrow(resourceNames),
      }),
    ),
  );
  if (onlyResources) return ofResources;
  const ofPaths: RequestSet = { kind: 'path', ...who, paths };
  return paths === undefined ? [...ofResources, ofPaths] : [ofPaths];
}

function narrow<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

/** Something that is asked for and that no rule names: a stand-in for everything else. */
const OTHER = 'some-other-one';

/** What no path of a rule goes on with: a character that no URL has. */
const BEYOND = '\uE000';

/** One property of requests: the values that have to be tried, and which of them a set takes. */
interface Dimension<T> {
  readonly values: readonly T[];
  takes(set: RequestSet, value: T): boolean;
  into(request: Draft, value: T): void;
}

interface Draft {
  user?: AuditRequest['user'];
  verb: string;
  resource?: { group: string; resource: string; subresource: string; name: string; namespace: string };
  path?: string;
}

/** {@link reach} */
export interface ReachOptions {
  /** Whether requests count whose authentication failed. @default true */
  readonly unauthenticated?: boolean;
}

/**
 * A request that lies in all `wanted` sets and in none of those `taken` before; undefined where there is none. Exact: every property is tried
 * with every value that any set names and with one that none does, except that who asks is taken to be in the groups that Kubernetes gives them.
 */
export function reach(
  taken: readonly RequestSet[],
  wanted: readonly [RequestSet, ...RequestSet[]],
  { unauthenticated = true }: ReachOptions = {},
): AuditRequest | undefined {
  const { kind } = wanted[0];
  if (wanted.some((set) => wanted.some((other) => !mayMeet(set, other)))) return undefined;
  const rivals = taken.filter((set) => wanted.every((other) => mayMeet(set, other)));
  const named = [...rivals, ...wanted];
  const dimensions = [
    people(named, wanted, unauthenticated),
    verbs(named),
    ...(kind === 'path' ? [paths(named)] : [namespaces(named), groups(named), resources(named), names(named)]),
  ] as readonly Dimension<unknown>[];
  const choices = dimensions.map((dimension) => choicesOf(dimension, rivals, wanted));
  if (choices.some((of) => of.length === 0)) return undefined;
  const found = search(choices, (1n << BigInt(rivals.length)) - 1n);
  if (found === undefined) return undefined;
  const draft: Draft = { verb: '' };
  if (kind === 'resource') draft.resource = { group: '', resource: '', subresource: '', name: '', namespace: '' };
  found.forEach((value, i) => {
    dimensions[i]?.into(draft, value);
  });
  return draft;
}

/** A value, and by a bit each the rivals that take it. */
interface Choice {
  readonly value: unknown;
  readonly mask: bigint;
}

/** The values that all wanted sets take, without those that leave more rivals than another one does. */
function choicesOf(
  { values, takes }: Dimension<unknown>,
  rivals: readonly RequestSet[],
  wanted: readonly RequestSet[],
): readonly Choice[] {
  const byMask = new Map<bigint, Choice>();
  for (const value of values) {
    if (!wanted.every((set) => takes(set, value))) continue;
    let mask = 0n;
    rivals.forEach((set, i) => {
      if (takes(set, value)) mask |= 1n << BigInt(i);
    });
    if (!byMask.has(mask)) byMask.set(mask, { value, mask });
  }
  const all = [...byMask.values()];
  return all.filter(({ mask }) => !all.some((other) => other.mask !== mask && (other.mask & mask) === other.mask));
}

/** A value of each property such that no rival takes all of them. */
function search(choices: readonly (readonly Choice[])[], rivals: bigint): readonly unknown[] | undefined {
  const dead = new Set<string>();
  const step = (depth: number, alive: bigint): readonly unknown[] | undefined => {
    if (depth === choices.length) return alive === 0n ? [] : undefined;
    const key = `${depth} ${alive}`;
    if (dead.has(key)) return undefined;
    for (const { value, mask } of choices[depth] ?? []) {
      const rest = step(depth + 1, alive & mask);
      if (rest !== undefined) return [value, ...rest];
    }
    dead.add(key);
    return undefined;
  };
  return step(0, rivals);
}

/** False where it is plain that no request is in both: most rules name other groups. */
function mayMeet(a: RequestSet, b: RequestSet): boolean {
  return (
    a.kind === b.kind &&
    (a.group === undefined || b.group === undefined || a.group === b.group) &&
    (isWide(a.pattern) || isWide(b.pattern) || a.pattern === b.pattern) &&
    overlap(a.verbs, b.verbs) &&
    overlap(a.users, b.users) &&
    overlap(a.namespaces, b.namespaces) &&
    overlap(a.names, b.names)
  );
}

function isWide(pattern: string | undefined): boolean {
  return pattern === undefined || pattern.includes('*');
}

function overlap(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some((item) => b.includes(item));
}

function constants(sets: readonly RequestSet[], of: (set: RequestSet) => readonly string[] | undefined): string[] {
  return [...new Set(sets.flatMap((set) => of(set) ?? []))];
}

const isOneOf = (list: readonly string[] | undefined, value: string): boolean =>
  list === undefined || list.includes(value);

function verbs(named: readonly RequestSet[]): Dimension<string> {
  return {
    values: [...constants(named, (set) => set.verbs), OTHER],
    takes: (set, verb) => isOneOf(set.verbs, verb),
    into: (draft, verb) => {
      draft.verb = verb;
    },
  };
}

function namespaces(named: readonly RequestSet[]): Dimension<string> {
  return {
    values: [...constants(named, (set) => set.namespaces), OTHER, ''],
    takes: (set, namespace) => isOneOf(set.namespaces, namespace),
    into: ({ resource }, namespace) => {
      if (resource) resource.namespace = namespace;
    },
  };
}

function groups(named: readonly RequestSet[]): Dimension<string> {
  return {
    values: [...constants(named, ({ group }) => (group === undefined ? undefined : [group])), `${OTHER}.example.com`],
    takes: (set, group) => set.group === undefined || set.group === group,
    into: ({ resource }, group) => {
      if (resource) resource.group = group;
    },
  };
}

function resources(named: readonly RequestSet[]): Dimension<readonly [string, string]> {
  const patterns = constants(named, ({ pattern }) => (pattern === undefined ? undefined : [pattern]));
  const parts = patterns.map((pattern) => pattern.split('/'));
  const roots = new Set([...parts.map(([root = '']) => root).filter((root) => root !== '*'), OTHER]);
  const below = new Set([...parts.flatMap(([, sub]) => (sub === undefined || sub === '*' ? [] : [sub])), '', OTHER]);
  return {
    values: [...roots].flatMap((root) => [...below].map((sub) => [root, sub] as const)),
    takes: ({ pattern }, [root, sub]) => pattern === undefined || resourceMatches(pattern, root, sub),
    into: ({ resource }, [root, sub]) => {
      if (resource) Object.assign(resource, { resource: root, subresource: sub });
    },
  };
}

function names(named: readonly RequestSet[]): Dimension<string> {
  return {
    values: [...constants(named, (set) => set.names), OTHER],
    takes: (set, name) => isOneOf(set.names, name),
    into: ({ resource }, name) => {
      if (resource) resource.name = name;
    },
  };
}

/** Of a path with a `*`: what is before it, and something below that. */
function paths(named: readonly RequestSet[]): Dimension<string> {
  const specs = constants(named, (set) => set.paths);
  const values = specs.flatMap((spec) => {
    const start = spec.replace(/\*+$/, '');
    return start === spec ? [spec] : [start, `${start}${BEYOND}`];
  });
  return {
    values: [...new Set([...values, `/${BEYOND}`])],
    takes: (set, path) => set.paths === undefined || set.paths.some((spec) => pathMatches(spec, path)),
    into: (draft, path) => {
      draft.path = path;
    },
  };
}

const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';

/** The fewest groups that each asker is in, since more of them can only bring more rules that take the request. */
function people(
  named: readonly RequestSet[],
  wanted: readonly RequestSet[],
  unauthenticated: boolean,
): Dimension<AuditRequest['user']> {
  const users = [...constants(named, (set) => set.users), OTHER].filter((name) => name !== 'system:anonymous');
  const asked = constants(wanted, (set) => set.userGroups);
  // Each wanted set may need a group of its own.
  const choices = subsets(asked, wanted.filter((set) => set.userGroups !== undefined).length);
  const known = users.flatMap((name) =>
    choices.filter((of) => !of.includes(UNAUTHENTICATED)).map((of) => ({ name, groups: impliedGroups(name, of) })),
  );
  const anonymous = { name: 'system:anonymous', groups: [UNAUTHENTICATED] };
  return {
    values: [...known, anonymous, ...(unauthenticated ? [undefined] : [])],
    takes: ({ users: only, userGroups }, user) =>
      (only === undefined || (user !== undefined && only.includes(user.name))) &&
      (userGroups === undefined || (user?.groups?.some((group) => userGroups.includes(group)) ?? false)),
    into: (draft, user) => {
      draft.user = user;
    },
  };
}

function subsets(list: readonly string[], most: number): readonly (readonly string[])[] {
  if (most === 0) return [[]];
  const smaller = subsets(list, most - 1);
  return [
    ...smaller,
    ...smaller.flatMap((some) => list.filter((item) => !some.includes(item)).map((item) => [...some, item])),
  ];
}

/** The groups that Kubernetes itself gives to who has this name and is in these groups. */
function impliedGroups(name: string, groups: readonly string[]): readonly string[] {
  const all = new Set([...groups, AUTHENTICATED]);
  const [, namespace] = /^system:serviceaccount:([^:]+):/.exec(name) ?? [];
  if (namespace !== undefined) all.add(`system:serviceaccounts:${namespace}`);
  if (name.startsWith('system:node:')) all.add('system:nodes');
  if ([...all].some((group) => group.startsWith('system:serviceaccounts:'))) all.add('system:serviceaccounts');
  return [...all];
}
