import { rbacGroup } from '../read';
import { type Ask, type Holder, namespacesOf, type Proof, proofOf } from './holder';
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
  const writes = proofOf(holder, cluster);
  if (writes !== undefined)
    for (const [name, proof] of bindable(holder, world, 'clusterroles'))
      yield { to: toRole(name, true), how: `binds itself to ClusterRole ${name}`, by: [writes, proof] };
  for (const [namespace, own] of namespacesOf(holder, world, { ...cluster, resources: ['rolebindings'] }))
    for (const resource of ['clusterroles', 'roles'] as const)
      for (const [name, proof] of bindable(holder, world, resource, namespace)) {
        const isCluster = resource === 'clusterroles';
        if (isCluster || world.authorizer.roles.some((role) => role.namespace === namespace && role.name === name))
          yield {
            to: toRole(name, isCluster, namespace),
            how: `binds itself to ${isCluster ? 'ClusterRole' : 'Role'} ${name} in ${namespace}`,
            by: [own, proof],
          };
      }
};

/** The roles that somebody may bind: the strongest where they are not named. */
function* bindable(
  holder: Holder,
  { authorizer }: EscalationWorld,
  resource: 'clusterroles' | 'roles',
  namespace?: string,
): Generator<readonly [string, Proof]> {
  const ask: Ask = { verbs: ['bind'], group: rbacGroup, resources: [resource] };
  const place = namespace === undefined ? {} : { namespace };
  const names = new Set([
    admin,
    ...holder.roles.flatMap(({ role }) => authorizer.rulesOf(role).flatMap(({ rule }) => rule.resourceNames ?? [])),
  ]);
  for (const name of names) {
    const proof = proofOf(holder, ask, { name, ...place });
    if (proof !== undefined) yield [name, proof];
  }
}

function toRole(role: string, isCluster: boolean, namespace?: string): Place {
  if (role === admin && isCluster && namespace === undefined) return clusterAdmin;
  return { kind: 'role', role, isCluster, ...(namespace !== undefined && { namespace }) };
}

/** Writes any rule into a role that it has. */
export const escalatesRoles: Power = function* (holder) {
  for (const { role, namespace } of holder.roles) {
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

const admissionGroup = 'admissionregistration.k8s.io';

/** Changes what others write on its way into the cluster: the next binding or pod that an administrator makes is its own. */
export const changesRequests: Power = function* (holder) {
  const webhooks = proofOf(holder, {
    verbs: change,
    group: admissionGroup,
    resources: ['mutatingwebhookconfigurations'],
  });
  if (webhooks !== undefined)
    yield { to: clusterAdmin, how: 'changes by a webhook what administrators write', by: [webhooks] };
  const policies = proofOf(holder, { verbs: change, group: admissionGroup, resources: ['mutatingadmissionpolicies'] });
  const bindings = proofOf(holder, {
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
