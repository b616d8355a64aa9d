import type { Authorizer, Grant, HeldRole } from '../authorizer';
import { verbOn } from '../impersonation';
import { isNameless, type ResourceRequest, ruleAllows } from '../policy-rule';
import type { Binding, Role, WrittenRule } from '../read';
import { askerOf, masters } from '../subject';
import type { ActingPlace, Place } from './place';
import type { EscalationWorld } from './world';

/** A rule by which somebody may do something. */
export interface Proof {
  readonly role: Role;
  readonly written: WrittenRule;
  /** Absent where the binding is yet to be made. */
  readonly binding?: Binding;
  /** The object that it is allowed for, where the rule is for some names only. */
  readonly name?: string;
}

/** A rule that somebody has, and where. */
export type HeldRule = Proof & Pick<HeldRole, 'namespace'>;

/** Somebody with rights. */
export interface Holder {
  readonly place: Place;
  /** Whether nothing is refused to them. */
  readonly isAdmin: boolean;
  /** Where they have rights that they do not have everywhere. */
  readonly namespaces: readonly string[];
  readonly roles: readonly HeldRole[];
  /** The rules of these roles. */
  readonly held: readonly HeldRule[];
  /** The names in rules that hold in the namespace, or in the whole cluster: of objects that there are, or that there may be. */
  names(namespace?: string): readonly string[];
  may(request: ResourceRequest): Proof | undefined;
}

/** Who somebody is that has come to a place; undefined where no rights of RBAC come with it. */
export function holderOf(place: Place, world: EscalationWorld): Holder | undefined {
  const { authorizer } = world;
  if (place.kind === 'subject') return subjectHolder(place, authorizer);
  if (place.kind === 'acting') return actingHolder(place, world);
  if (place.kind !== 'role') return undefined;
  const role = authorizer.roles.find(
    ({ kind, name, namespace }) =>
      name === place.role &&
      (kind === 'ClusterRole') === place.isCluster &&
      (place.isCluster || namespace === place.namespace),
  );
  if (role === undefined) return undefined;
  const { namespace } = place;
  const rules = authorizer.rulesOf(role);
  const held = rules.map((written) => ({ role, written, ...(namespace !== undefined && { namespace }) }));
  return {
    place,
    isAdmin: false,
    namespaces: namespace === undefined ? [] : [namespace],
    roles: [{ role, ...(namespace !== undefined && { namespace }) }],
    held,
    names: namesIn(held),
    may: (request) => {
      if (namespace !== undefined && request.namespace !== namespace) return undefined;
      const written = rules.find(({ rule }) => ruleAllows(rule, request));
      return written === undefined ? undefined : { role, written };
    },
  };
}

/** What only somebody with everything may do: stars are for stars alone. */
const everything: ResourceRequest = { verb: '*', group: '*', resource: '*' };

function subjectHolder(place: Extract<Place, { readonly kind: 'subject' }>, authorizer: Authorizer): Holder {
  const asker = askerOf(place.subject);
  const grants = [...authorizer.grants(asker)];
  const may = (request: ResourceRequest): Grant | undefined => {
    const allowance = authorizer.decide(asker, request);
    return allowance === masters ? undefined : allowance;
  };
  const roles = new Map(
    [...authorizer.rolesHeldBy(asker)].map((held) => [`${held.role.kind} ${held.role.name} ${held.namespace}`, held]),
  );
  return {
    place,
    isAdmin: asker.groups.includes(masters) || may(everything) !== undefined,
    namespaces: [...new Set(grants.flatMap(({ namespace }) => namespace ?? []))],
    roles: [...roles.values()],
    held: grants,
    names: namesIn(grants),
    may,
  };
}

/** Verbs of requests. Others are asked of who is acted for alone, such as whether they may bind a role. */
export const requestVerbs: ReadonlySet<string> = new Set([
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
]);

function actingHolder(place: ActingPlace, world: EscalationWorld): Holder | undefined {
  const by = holderOf(place.by, world);
  if (by === undefined) return undefined;
  const as = subjectHolder({ kind: 'subject', subject: place.as }, world.authorizer);
  return {
    place,
    isAdmin: false,
    namespaces: [...new Set([...by.namespaces, ...as.namespaces])],
    roles: [],
    held: [],
    names: (namespace) => [...new Set([...by.names(namespace), ...as.names(namespace)])],
    may: (request) => {
      // Nobody acts as somebody on behalf of somebody else.
      if (request.verb.startsWith('impersonate')) return undefined;
      const theirs = as.may(request);
      if (theirs === undefined || !requestVerbs.has(request.verb)) return theirs;
      const own = by.may({ ...request, verb: verbOn(place.mode, request.verb) });
      if (own === undefined) return undefined;
      return isForNames(own) ? own : theirs;
    },
  };
}

function isForNames({ written }: Proof): boolean {
  return (written.rule.resourceNames ?? []).length > 0;
}

function namesIn(held: readonly Pick<HeldRule, 'written' | 'namespace'>[]): Holder['names'] {
  const byNamespace = new Map<string | undefined, Set<string>>();
  for (const { written, namespace } of held)
    for (const name of written.rule.resourceNames ?? [])
      byNamespace.set(namespace, (byNamespace.get(namespace) ?? new Set()).add(name));
  return (namespace) => [...new Set([undefined, namespace].flatMap((place) => [...(byNamespace.get(place) ?? [])]))];
}

/** What is asked for, in whatever namespace. */
export interface Ask {
  readonly verbs: readonly string[];
  /** @default '' - the core group */
  readonly group?: string;
  readonly resources: readonly string[];
}

/** The first rule that allows one of the verbs on one of the resources. */
export function proofOf(
  holder: Holder,
  { verbs, group = '', resources }: Ask,
  { name, ...place }: Pick<ResourceRequest, 'namespace' | 'name'> = {},
): Proof | undefined {
  for (const resource of resources)
    for (const verb of verbs) {
      const isNamed = name !== undefined && !isNameless({ verb, resource });
      const proof = holder.may({ verb, group, resource, ...place, ...(isNamed && { name }) });
      if (proof === undefined) continue;
      return isNamed && isForNames(proof) ? { ...proof, name } : proof;
    }
  return undefined;
}

/** The rule that allows it for whatever object; without one, those that allow it for an object of a name, each with the name. */
export function* proofsOf(
  holder: Holder,
  ask: Ask,
  place: Pick<ResourceRequest, 'namespace'> = {},
  isMeant: (name: string) => boolean = () => true,
): Generator<Proof> {
  const whole = proofOf(holder, ask, place);
  if (whole !== undefined) {
    yield whole;
    return;
  }
  for (const name of holder.names(place.namespace).filter(isMeant)) {
    const proof = proofOf(holder, ask, { ...place, name });
    if (proof !== undefined) yield proof;
  }
}

/** The first of {@link proofsOf}. */
export function someProofOf(...asked: Parameters<typeof proofsOf>): Proof | undefined {
  for (const proof of proofsOf(...asked)) return proof;
  return undefined;
}

/** Each namespace in which it is allowed for whatever object, or for one of a name, with the rule. */
export function* namespacesOf(holder: Holder, world: EscalationWorld, ask: Ask): Generator<readonly [string, Proof]> {
  const isEverywhere = someProofOf(holder, ask) !== undefined;
  for (const namespace of isEverywhere ? world.namespaces : holder.namespaces)
    for (const proof of proofsOf(holder, ask, { namespace })) yield [namespace, proof];
}

/** Each of these things for which it is allowed by name, in its namespace. */
export function* namedOf<T extends { readonly namespace?: string; readonly name: string }>(
  holder: Holder,
  things: Iterable<T>,
  ask: Ask,
): Generator<readonly [T, Proof]> {
  const everywhere = proofOf(holder, ask);
  for (const thing of things) {
    const { namespace, name } = thing;
    const proof = everywhere ?? proofOf(holder, ask, { name, ...(namespace !== undefined && { namespace }) });
    if (proof !== undefined) yield [thing, proof];
  }
}
