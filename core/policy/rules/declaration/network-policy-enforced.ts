import type { DeclaredRule } from '../../rule';

export const networkPolicyEnforced = {
  id: 'network-policy-enforced',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'The network plugin enforces NetworkPolicy',
  severity: 'warning',
  why:
    'The API server takes a NetworkPolicy from everybody, and a network plugin that enforces none ignores it: whatever the manifests say, an ' +
    'attacker in any pod reaches every other, and the metadata service.',
  fix: 'Run a network plugin that enforces NetworkPolicy (Cilium, Calico, Canal next to Flannel), and declare it in the target.',
} as const satisfies DeclaredRule;
