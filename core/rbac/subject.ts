/** The kinds of subjects that a binding may be for. */
export const subjectKinds = ['User', 'Group', 'ServiceAccount'] as const;

export type SubjectKind = (typeof subjectKinds)[number];

/** Somebody whom bindings may name. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
  /** Of a ServiceAccount. */
  readonly namespace?: string;
}

/** Who asks, as the API server knows them once they are authenticated. */
export interface Asker {
  /** @default - not known: a member of the groups, whoever it is */
  readonly user?: string;
  readonly groups: readonly string[];
}

/** The group that passes every check of the API server, whatever roles say. */
export const masters = 'system:masters';

const accountUser = 'system:serviceaccount:';
const anonymous = { user: 'system:anonymous', group: 'system:unauthenticated' };
const authenticated = 'system:authenticated';
const accounts = 'system:serviceaccounts';

/** The ServiceAccount of a name in a namespace. */
export function serviceAccount(namespace: string, name: string): Subject {
  return { kind: 'ServiceAccount', namespace, name };
}

/** One form for one somebody: a user with the user name of a ServiceAccount is that ServiceAccount. */
export function canonical(subject: Subject): Subject {
  if (subject.kind !== 'User' || !subject.name.startsWith(accountUser)) return subject;
  const [namespace, name, ...more] = subject.name.slice(accountUser.length).split(':');
  return namespace && name && more.length === 0 ? serviceAccount(namespace, name) : subject;
}

/** As messages show them: `ServiceAccount shop/job`, `User jane`, `Group system:masters`. */
export function formatSubject({ kind, namespace, name }: Subject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Equal for the same somebody. Bindings are found by it. */
export function subjectKey({ kind, namespace = '', name }: Subject): string {
  return kind === 'Group' ? `g ${name}` : `u ${kind === 'User' ? name : `${accountUser}${namespace}:${name}`}`;
}

/**
 * Who a subject is to the API server, with the groups that it adds by itself. A user has no other group, since nothing in a cluster says which
 * they are; a group stands for a member of it, of whom nothing else is known.
 */
export function askerOf(subject: Subject): Asker {
  const { kind, name, namespace = '' } = canonical(subject);
  if (kind === 'ServiceAccount')
    return {
      user: `${accountUser}${namespace}:${name}`,
      groups: [accounts, `${accounts}:${namespace}`, authenticated],
    };
  if (kind === 'User') return { user: name, groups: [name === anonymous.user ? anonymous.group : authenticated] };
  if (name === anonymous.group) return { user: anonymous.user, groups: [name] };
  if (name.startsWith(`${accounts}:`)) return { groups: [name, accounts, authenticated] };
  return { groups: [...new Set([name, authenticated])] };
}

/** The keys of all subjects that stand for who asks. */
export function keysOf({ user, groups }: Asker): readonly string[] {
  return [...(user === undefined ? [] : [`u ${user}`]), ...new Set(groups.map((group) => `g ${group}`))];
}
