import { apiKinds } from './api-kinds';

/** Cluster-scoped kinds of well-known APIs that Kubernetes' own project publishes, but no API server has built in. */
const published: ReadonlySet<string> = new Set([
  // https://network-policy-api.sigs.k8s.io/
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'policy.networking.k8s.io/ClusterNetworkPolicy',
  // https://gateway-api.sigs.k8s.io/
  'gateway.networking.k8s.io/GatewayClass',
]);

/**
 * Whether objects of a kind live outside of namespaces. A kind that nobody has declared is taken for a namespaced one,
 * as most custom resources are.
 * @param group - `''` for the core group.
 * @param extra - Further cluster-scoped kinds, as `group/Kind`: those of CustomResourceDefinitions with `scope:
 * Cluster`.
 */
export function isClusterScoped(group: string, kind: string, extra?: ReadonlySet<string> | readonly string[]): boolean {
  const builtIn = Object.hasOwn(apiKinds, group) ? apiKinds[group] : undefined;
  if (builtIn && Object.hasOwn(builtIn, kind)) return builtIn[kind]?.scope === 'Cluster';
  const id = `${group}/${kind}`;
  return published.has(id) || (extra instanceof Set ? extra.has(id) : Array.isArray(extra) && extra.includes(id));
}
