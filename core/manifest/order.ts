import { homesOf } from './homes';
import { formatIdentity, type Identity, identityOf } from './identity';
import type { KubernetesObject } from './object';

/**
 * The tiers in which objects are applied, as `group/Kind`: what an object needs to exist stands in a tier before its own.
 * Kinds that no tier names come after the workloads, and admission comes last: a webhook or policy that refuses what it does
 * not know yet must not stand in the way of the objects that it is delivered with.
 */
const TIERS: readonly (readonly string[])[] = [
  ['apiextensions.k8s.io/CustomResourceDefinition'],
  ['/Namespace'],
  ['/ResourceQuota', '/LimitRange'],
  ['scheduling.k8s.io/PriorityClass', 'node.k8s.io/RuntimeClass'],
  ['/ServiceAccount'],
  ['rbac.authorization.k8s.io/ClusterRole', 'rbac.authorization.k8s.io/Role'],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', 'rbac.authorization.k8s.io/RoleBinding'],
  ['/ConfigMap', '/Secret', 'secrets-store.csi.x-k8s.io/SecretProviderClass'],
  ['networking.k8s.io/NetworkPolicy'],
  ['/Service', '/Endpoints', 'discovery.k8s.io/EndpointSlice'],
  ['storage.k8s.io/StorageClass', 'storage.k8s.io/CSIDriver', 'storage.k8s.io/VolumeAttributesClass'],
  ['/PersistentVolume'],
  ['/PersistentVolumeClaim'],
  [
    '/Pod',
    '/ReplicationController',
    'apps/DaemonSet',
    'apps/Deployment',
    'apps/ReplicaSet',
    'apps/StatefulSet',
    'batch/CronJob',
    'batch/Job',
  ],
  [],
  [
    'admissionregistration.k8s.io/MutatingAdmissionPolicy',
    'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
    'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
    'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  ],
];

const RANKS: ReadonlyMap<string, number> = new Map(
  TIERS.flatMap((kinds, rank) => kinds.map((kind): [string, number] => [kind, rank])),
);
const NETWORK_POLICY_RANK = TIERS.findIndex((kinds) => kinds.includes('networking.k8s.io/NetworkPolicy'));
const REST_RANK = TIERS.findIndex((kinds) => kinds.length === 0);

/** The tier of a kind. Network policies of every group (Cilium, Calico, ClusterNetworkPolicy) precede the pods they guard. */
function rankOf(group: string, kind: string): number {
  return RANKS.get(`${group}/${kind}`) ?? (kind.endsWith('NetworkPolicy') ? NETWORK_POLICY_RANK : REST_RANK);
}

/** Objects that wait for each other, so that no order of applying them exists. */
export class DependencyCycleError extends Error {
  override readonly name = 'DependencyCycleError';

  /** @param members - the objects of the cycle: each depends on the next, the last on the first. */
  constructor(readonly members: readonly Identity[]) {
    const names = members.map(formatIdentity);
    super(
      members.length === 1
        ? `${names[0]} depends on itself; remove that dependency`
        : `dependencies form a cycle: ${[...names, names[0]].join(' -> ')}; remove one of them ` +
            '(a connection between workloads needs none: Kubernetes starts them in any order)',
    );
  }
}

/** A dependency that points at no object. */
export class UnknownDependencyError extends RangeError {
  override readonly name = 'UnknownDependencyError';

  constructor(
    readonly position: number,
    count: number,
  ) {
    super(
      `a dependency names position ${position} in a list of ${count} objects; name the positions of two of its objects`,
    );
  }
}

/**
 * Puts objects into the order in which to apply them: by tier (CustomResourceDefinitions, Namespaces, quotas and limits, priority
 * and runtime classes, ServiceAccounts, RBAC, configuration, network policies, Services, storage, workloads, the rest, admission),
 * then by namespace, kind, name and group. The order they come in matters only where all of that is equal.
 *
 * An object with an explicit dependency that sorts later moves to just after it; everything else keeps its place. An object never
 * precedes its own Namespace or the CustomResourceDefinition of its kind, whatever moves. Linear in objects and dependencies after the sort.
 *
 * @param dependencies - position in `objects` -> positions that must be applied before it.
 * @throws DependencyCycleError where no order exists; UnknownDependencyError for a position that is not in `objects`.
 */
export function orderObjects(
  objects: readonly KubernetesObject[],
  dependencies?: ReadonlyMap<number, readonly number[]>,
): KubernetesObject[] {
  const identities = objects.map((object) => identityOf(object));
  const sorted = sortedPositions(identities);
  const positions =
    dependencies === undefined || holds(sorted, dependencies)
      ? sorted
      : delayed(sorted, prerequisites(objects, identities, dependencies), identities);
  const ordered: KubernetesObject[] = [];
  for (const position of positions) {
    const object = objects[position];
    if (object !== undefined) ordered.push(object);
  }
  return ordered;
}

function sortedPositions(identities: readonly Identity[]): number[] {
  const keyed = identities.map(({ group, kind, namespace, name }, position) => ({
    position,
    rank: rankOf(group, kind),
    key: `${namespace ?? ''}\0${kind}\0${name}\0${group}`,
  }));
  keyed.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ position }) => position);
}

/** Whether the tiers alone already put everything after what it waits for, as they mostly do. */
function holds(sorted: readonly number[], dependencies: ReadonlyMap<number, readonly number[]>): boolean {
  const place = placesOf(sorted);
  const at = (position: number): number => {
    const found = place[position];
    if (found === undefined) throw new UnknownDependencyError(position, sorted.length);
    return found;
  };
  let all = true;
  for (const [position, targets] of dependencies) {
    const own = at(position);
    for (const target of targets) all = at(target) < own && all;
  }
  return all;
}

/** Position in the list -> index in the sorted list. */
function placesOf(sorted: readonly number[]): number[] {
  const place = new Array<number>(sorted.length).fill(0);
  sorted.forEach((position, index) => {
    place[position] = index;
  });
  return place;
}

/** What each object waits for: the explicit dependencies, its Namespace, and the definition of its kind. */
function prerequisites(
  objects: readonly KubernetesObject[],
  identities: readonly Identity[],
  dependencies: ReadonlyMap<number, readonly number[]>,
): readonly (readonly number[])[] {
  return homesOf(objects, identities).map((homes, position) => [...homes, ...(dependencies.get(position) ?? [])]);
}

/**
 * A stable topological sort: each object takes the place of the latest of itself and all it waits for, and a depth-first walk
 * over the sorted objects settles who comes first within one place.
 */
function delayed(
  sorted: readonly number[],
  waitsFor: readonly (readonly number[])[],
  identities: readonly Identity[],
): number[] {
  const place = placesOf(sorted);
  const sharing: number[][] = sorted.map(() => []);
  const state = new Uint8Array(sorted.length); // 0 not met, 1 on the walk, 2 settled
  const walk: { readonly position: number; next: number }[] = [];

  for (const root of sorted) {
    if (state[root] !== 0) continue;
    state[root] = 1;
    walk.push({ position: root, next: 0 });
    for (let top = walk.at(-1); top !== undefined; top = walk.at(-1)) {
      const { position } = top;
      const target = waitsFor[position]?.[top.next++];
      if (target === undefined) {
        state[position] = 2;
        sharing[place[position] ?? 0]?.push(position);
        walk.pop();
        const waiting = walk.at(-1)?.position;
        if (waiting !== undefined) place[waiting] = Math.max(place[waiting] ?? 0, place[position] ?? 0);
      } else if (state[target] === 2) {
        place[position] = Math.max(place[position] ?? 0, place[target] ?? 0);
      } else if (state[target] === 1) {
        const start = walk.findIndex((step) => step.position === target);
        throw new DependencyCycleError(
          walk.slice(start).flatMap((step) => {
            const identity = identities[step.position];
            return identity === undefined ? [] : [identity];
          }),
        );
      } else {
        state[target] = 1;
        walk.push({ position: target, next: 0 });
      }
    }
  }
  return sharing.flat();
}
