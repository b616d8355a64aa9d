import type { KubernetesObject } from '../manifest/object';
import { aggregated } from './aggregation';
import { type AccessRequest, ruleAllows } from './policy-rule';
import { type Binding, bindingOf, type Role, roleOf, type WrittenRule } from './read';
import { standingObjects } from './standing';
import { type Asker, askerOf, canonical, keysOf, masters, type Subject, subjectKey } from './subject';

/** A rule that somebody has, by which binding. */
export interface Grant {
  readonly subject: Subject;
  readonly binding: Binding;
  readonly role: Role;
  readonly written: WrittenRule;
  /** Where it is for; absent where it is for the whole cluster. */
  readonly namespace?: string;
}

export interface AuthorizerOptions {
  /** The namespace of objects that name none. @default 'default' */
  readonly defaultNamespace?: string;
  /** Whether the roles and bindings that Kubernetes makes by itself are there, unless others of their names are given. @default true */
  readonly hasStanding?: boolean;
}

/** Why a request is allowed: by a grant, or since who asks passes every check. */
export type Allowance = Grant | typeof masters;

/** A role that somebody has, and where. */
export interface HeldRole {
  readonly role: Role;
  /** Absent for the whole cluster. */
  readonly namespace?: string;
}

interface Grants {
  readonly roles: HeldRole[];
  readonly everywhere: Grant[];
  readonly byNamespace: Map<string, Grant[]>;
}

/**
 * The API server's RBAC authorizer over roles and bindings as plain data. It says what RBAC allows; other authorizers of a cluster (Node, webhooks)
 * may allow more.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class Authorizer {
  readonly bindings: readonly Binding[];
  readonly roles: readonly Role[];
  /** Whoever a binding names, in the order of bindings. */
  readonly subjects: readonly Subject[];
  readonly #standing: ReadonlySet<KubernetesObject>;
  readonly #rulesOf: (role: Role) => readonly WrittenRule[];
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #grants = new Map<string, Grants>();

  /** @param objects of any kind; of two with one name, the later counts, as it would once both are applied */
  constructor(objects: readonly KubernetesObject[], options: AuthorizerOptions = {}) {
    const { defaultNamespace = 'default', hasStanding = true } = options;
    const standing = hasStanding ? standingObjects() : [];
    this.#standing = new Set(standing);
    const roles = new Map<string, Role>();
    const bindings = new Map<string, Binding>();
    for (const object of [...standing, ...objects]) {
      const role = roleOf(object, defaultNamespace);
      if (role !== undefined) roles.set(keyOf(role), role);
      const binding = bindingOf(object, defaultNamespace);
      if (binding !== undefined) bindings.set(keyOf(binding), binding);
    }
    this.#roles = roles;
    this.roles = [...roles.values()];
    this.bindings = [...bindings.values()];
    const byAggregation = aggregated(this.roles.filter(({ kind }) => kind === 'ClusterRole'));
    this.#rulesOf = (role) => byAggregation.get(role) ?? role.rules;
    const subjects = new Map<string, Subject>();
    for (const binding of this.bindings) {
      for (const subject of binding.subjects)
        if (!subjects.has(subjectKey(subject))) subjects.set(subjectKey(subject), canonical(subject));
      this.#index(binding);
    }
    this.subjects = [...subjects.values()];
  }

  /** Whether Kubernetes makes the role or binding by itself, and nothing that was given takes its place. */
  isStanding({ object }: Role | Binding): boolean {
    return this.#standing.has(object);
  }

  /** The role that a binding binds; undefined where there is none. */
  roleOf({ roleRef, namespace, kind }: Binding): Role | undefined {
    if (roleRef.kind === 'ClusterRole') return this.#roles.get(keyOf(roleRef));
    return roleRef.kind === 'Role' && kind === 'RoleBinding'
      ? this.#roles.get(keyOf({ ...roleRef, ...(namespace !== undefined && { namespace }) }))
      : undefined;
  }

  /** The rules of a role as the cluster has them, aggregated ones included. */
  rulesOf(role: Role): readonly WrittenRule[] {
    return this.#rulesOf(role);
  }

  /** What bindings grant to a subject by its name, and not to a group that it is in. */
  *ownGrants(subject: Subject): Generator<Grant> {
    const grants = this.#grants.get(subjectKey(subject));
    if (grants === undefined) return;
    yield* grants.everywhere;
    for (const own of grants.byNamespace.values()) yield* own;
  }

  /** Everything that is granted to who asks, in all namespaces. */
  *grants(asker: Asker): Generator<Grant> {
    for (const key of keysOf(asker)) {
      const grants = this.#grants.get(key);
      if (grants === undefined) continue;
      yield* grants.everywhere;
      for (const own of grants.byNamespace.values()) yield* own;
    }
  }

  /** The roles that who asks is bound to, those without a rule included. */
  *rolesHeldBy(asker: Asker): Generator<HeldRole> {
    for (const key of keysOf(asker)) yield* this.#grants.get(key)?.roles ?? [];
  }

  /** Why who asks may do it; undefined where RBAC does not allow it. */
  decide(asker: Asker, request: AccessRequest): Allowance | undefined {
    for (const allowance of this.allowances(asker, request)) return allowance;
    return undefined;
  }

  /** Everything that allows it. */
  *allowances(asker: Asker, request: AccessRequest): Generator<Allowance> {
    if (asker.groups.includes(masters)) yield masters;
    for (const key of keysOf(asker)) yield* this.#allowing(key, request);
  }

  /** Every subject of bindings that may do it by its own name, with what allows it; members of a group are in the group. */
  *whoCan(request: AccessRequest): Generator<{ readonly subject: Subject; readonly by: readonly Grant[] }> {
    for (const subject of this.subjects) {
      const by = [...this.#allowing(subjectKey(subject), request)];
      if (by.length > 0) yield { subject, by };
    }
  }

  /** Whether a subject may do it, in its groups too. */
  can(subject: Subject, request: AccessRequest): boolean {
    return this.decide(askerOf(subject), request) !== undefined;
  }

  *#allowing(key: string, request: AccessRequest): Generator<Grant> {
    const grants = this.#grants.get(key);
    if (grants === undefined) return;
    for (const grant of grants.everywhere) if (ruleAllows(grant.written.rule, request)) yield grant;
    const namespace = 'path' in request ? undefined : request.namespace;
    if (namespace === undefined) return;
    for (const grant of grants.byNamespace.get(namespace) ?? [])
      if (ruleAllows(grant.written.rule, request)) yield grant;
  }

  #index(binding: Binding): void {
    const role = this.roleOf(binding);
    if (role === undefined) return;
    const { namespace } = binding;
    const seen = new Set<string>();
    for (const subject of binding.subjects) {
      const key = subjectKey(subject);
      if (seen.has(key)) continue;
      seen.add(key);
      const grants: Grants = this.#grants.get(key) ?? { roles: [], everywhere: [], byNamespace: new Map() };
      this.#grants.set(key, grants);
      grants.roles.push({ role, ...(namespace !== undefined && { namespace }) });
      const made = this.#rulesOf(role).map((written) => ({
        subject,
        binding,
        role,
        written,
        ...(namespace !== undefined && { namespace }),
      }));
      if (namespace === undefined) {
        grants.everywhere.push(...made);
        continue;
      }
      const own = grants.byNamespace.get(namespace);
      if (own === undefined) grants.byNamespace.set(namespace, made);
      else own.push(...made);
    }
  }
}

function keyOf({
  kind,
  namespace = '',
  name,
}: {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}): string {
  return `${kind} ${namespace}/${name}`;
}
