import type { DeclaredRule } from '../../rule';

export const namespaceNetworkIsolation = {
  id: 'namespace-network-isolation',
  subject: 'declaration',
  title: 'Every workload is in a namespace that denies by default',
  severity: 'warning',
  why:
    "A workload's own policy guards the workload, but pods that come into the namespace by other ways are open " +
    'both ways, and an attacker in one of them moves on from there. It can be waived, since another repository ' +
    'may own the default deny.',
  fix: 'Add a NetworkPolicy that selects every pod and opens nothing, or put the workload into a LockedNamespace, which has one.',
} as const satisfies DeclaredRule;
