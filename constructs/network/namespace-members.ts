import type { Platform } from '../app/platform';
import { platformOf } from '../app/platform-of';
import type { NamespaceScope } from '../namespace/namespace-scope';
import type { SecureWorkload } from '../workload/workload';

interface Members {
  readonly workloads: SecureWorkload[];
  readonly visits: ((workload: SecureWorkload) => void)[];
}

/** By the name of the namespace: several constructs may stand for one, and a plain Chart may name it. */
const known = new WeakMap<Platform, Map<string, Members>>();

function membersOf(platform: Platform, namespace: string): Members {
  const all = known.get(platform) ?? new Map<string, Members>();
  known.set(platform, all);
  const members = all.get(namespace) ?? { workloads: [], visits: [] };
  all.set(namespace, members);
  return members;
}

/** Says of a workload that it is there. */
export function joinNamespace(workload: SecureWorkload): void {
  if (workload.namespace === undefined) return;
  const { workloads, visits } = membersOf(platformOf(workload), workload.namespace);
  workloads.push(workload);
  for (const visit of visits) visit(workload);
}

/** Calls for each workload of ours in a namespace, and for each that is made there later. */
export function forEachWorkloadIn(scope: NamespaceScope, visit: (workload: SecureWorkload) => void): void {
  const { workloads, visits } = membersOf(platformOf(scope), scope.namespaceName);
  visits.push(visit);
  for (const workload of workloads) visit(workload);
}
