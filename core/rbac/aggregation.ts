import { selectorMatches } from '../network/selectors';
import type { Role, WrittenRule } from './read';

/**
 * The rules of every ClusterRole as the cluster has them: where one aggregates others, the controller of aggregation writes their rules over
 * its own. Roles that take in each other keep what they were written with, since it depends on the order in which the controller comes to them:
 * here they have all of it.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function aggregated(roles: readonly Role[]): ReadonlyMap<Role, readonly WrittenRule[]> {
  const taken = new Map(
    roles
      .filter(({ selectors }) => selectors.length > 0)
      .map((role) => [role, roles.filter((other) => other !== role && selects(role, other))]),
  );
  const reached = new Map([...taken.keys()].map((role) => [role, reachedFrom(role, taken)]));
  const keepsOwn = (role: Role): boolean => !taken.has(role) || (reached.get(role)?.has(role) ?? false);
  return new Map(
    [...reached].map(([role, others]) => [role, [...others].filter(keepsOwn).flatMap(({ rules }) => rules)]),
  );
}

function selects({ selectors }: Role, { labels }: Role): boolean {
  return selectors.some((selector) => selectorMatches(selector, labels));
}

function reachedFrom(role: Role, taken: ReadonlyMap<Role, readonly Role[]>): ReadonlySet<Role> {
  const reached = new Set<Role>(taken.get(role));
  for (const each of reached) for (const next of taken.get(each) ?? []) reached.add(next);
  return reached;
}
