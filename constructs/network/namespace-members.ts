import { NamespaceScope } from '../namespace/namespace-scope';
import type { SecureWorkload } from '../workload/workload';

interface Members {
  readonly workloads: SecureWorkload[];
  readonly visits: ((workload: SecureWorkload) => void)[];
}

const known = new WeakMap<NamespaceScope, Members>();

function membersOf(scope: NamespaceScope): Members {
  let members = known.get(scope);
  if (members === undefined) {
    members = { workloads: [], visits: [] };
    known.set(scope, members);
  }
  return members;
}

/** Says of a workload that it is there. */
export function joinNamespace(workload: SecureWorkload): void {
  const scope = NamespaceScope.find(workload);
  if (scope === undefined) return;
  const { workloads, visits } = membersOf(scope);
  workloads.push(workload);
  for (const visit of visits) visit(workload);
}

/** Calls for each workload of ours in a namespace, and for each that is made there later. */
export function forEachWorkloadIn(scope: NamespaceScope, visit: (workload: SecureWorkload) => void): void {
  const { workloads, visits } = membersOf(scope);
  visits.push(visit);
  for (const workload of workloads) visit(workload);
}
