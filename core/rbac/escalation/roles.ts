import { type Role, rbacGroup } from '../read';
import { type Ask, type Holder, namespacesOf, type Proof, proofOf, proofsOf, someProofOf } from './holder';
import { clusterAdmin, type Place } from './place';
import type { Power } from './step';
import type { EscalationWorld } from './world';

const change = ['create', 'update', 'patch'];
const admin = 'cluster-admin';

/**
 * Binds itself to roles. To write bindings is not enough: the API server lets nobody bind a role with rights that they do not have, unless they
 * have the verb `bind` on it.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
 */
export const bindsRoles: Power = function* (holder, world) {
  const cluster: Ask = { verbs: change, group: rbacGroup, resources: ['clusterrolebindings'] };
  for (const writes of proofsOf(holder, cluster))
    for (const [name, proof] of bindable(holder, world, 'ClusterRole', writes))
      yield { to: toRole(name, true), how: `binds itself to ClusterRole ${name}`, by: [writes, proof] };
  for (const [namespace, own] of namespacesOf(holder, world, { ...cluster, resources: ['rolebindings'] }))
    for (const kind of ['ClusterRole', 'Role'] as const)
      for (const [name, proof] of bindable(holder, world, kind, own, namespace)) {
        const isCluster = kind === 'ClusterRole';
        if (isCluster || world.authorizer.roles.some((role) => role.namespace === namespace && role.name === name))
          yield {
            to: toRole(name, isCluster, namespace),
            how: `binds itself to ${kind} ${name} in ${namespace}`,
            by: [own, proof],
          };
      }
};

/** The roles that somebody may bind by what lets them write bindings: the strongest where they are not named. */
function* bindable(
  holder: Holder,
  { authorizer }: EscalationWorld,
  kind: Role['kind'],
  writes: Proof,
  namespace?: string,
): Generator<readonly [string, Proof]> {
  const ask: Ask = { verbs: ['bind'], group: rbacGroup, resources: [kind === 'Role' ? 'roles' : 'clusterroles'] };
  const place = namespace === undefined ? {} : { namespace };
  // What a binding binds never changes: who may write one that is there has its role, and no other.
  const kept =
    writes.name === undefined
      ? undefined
      : authorizer.bindings.filter((binding) => binding.name === writes.name && binding.namespace === namespace);
  const names = kept?.filter(({ roleRef }) => roleRef.kind === kind).map(({ roleRef }) => roleRef.name);
  for (const name of new Set(names ?? [admin, ...holder.names(namespace)])) {
    const proof = proofOf(holder, ask, { name, ...place });
    if (proof !== undefined) yield [name, proof];
  }
}

function toRole(role: string, isCluster: boolean, namespace?: string): Place {
  if (role === admin && isCluster && namespace === undefined) return clusterAdmin;
  return { kind: 'role', role, isCluster, ...(namespace !== undefined && { namespace }) };
}

/** Writes any rule into a role that it has, or into one that such a role takes in. */
export const escalatesRoles: Power = function* (holder) {
  const intoAny = rulesInto(holder);
  for (const { role, namespace } of holder.roles) {
    if (role.selectors.length > 0 && intoAny !== undefined)
      yield {
        to: toRole(admin, true, namespace),
        how: `writes every right into a ClusterRole that ${role.kind} ${role.name} takes in, which it has`,
        by: intoAny,
      };
    const isCluster = role.kind === 'ClusterRole';
    const resources = [isCluster ? 'clusterroles' : 'roles'];
    const at = { name: role.name, ...(role.namespace !== undefined && { namespace: role.namespace }) };
    const writes = proofOf(holder, { verbs: ['update', 'patch'], group: rbacGroup, resources }, at);
    const escalates = proofOf(holder, { verbs: ['escalate'], group: rbacGroup, resources }, at);
    if (writes === undefined || escalates === undefined) continue;
    yield {
      to: toRole(admin, true, namespace),
      how: `writes every right into ${role.kind} ${role.name}, which it has`,
      by: [writes, escalates],
    };
  }
};

/** What lets somebody write any rule and any label into some ClusterRole: a new one, or one that is there. */
function rulesInto(holder: Holder): readonly Proof[] | undefined {
  const resources = ['clusterroles'];
  for (const name of [undefined, ...holder.names()]) {
    // A role that is yet to be made has no name for the API server.
    const verbs = name === undefined ? change : change.slice(1);
    const at = name === undefined ? {} : { name };
    const writes = proofOf(holder, { verbs, group: rbacGroup, resources }, at);
    const escalates = proofOf(holder, { verbs: ['escalate'], group: rbacGroup, resources }, at);
    if (writes !== undefined && escalates !== undefined) return [writes, escalates];
  }
  return undefined;
}

const admissionGroup = 'admissionregistration.k8s.io';

/** Changes what others write on its way into the cluster: the next binding or pod that an administrator makes is its own. */
export const changesRequests: Power = function* (holder) {
  const webhooks = someProofOf(holder, {
    verbs: change,
    group: admissionGroup,
    resources: ['mutatingwebhookconfigurations'],
  });
  if (webhooks !== undefined)
    yield { to: clusterAdmin, how: 'changes by a webhook what administrators write', by: [webhooks] };
  const policies = someProofOf(holder, {
    verbs: change,
    group: admissionGroup,
    resources: ['mutatingadmissionpolicies'],
  });
  const bindings = someProofOf(holder, {
    verbs: change,
    group: admissionGroup,
    resources: ['mutatingadmissionpolicybindings'],
  });
  if (policies !== undefined && bindings !== undefined)
    yield {
      to: clusterAdmin,
      how: 'changes by an admission policy what administrators write',
      by: [policies, bindings],
    };
};
