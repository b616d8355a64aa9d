import type { DeclaredRule } from '../../rule';

export const fqdnPolicy = {
  id: 'fqdn-policy',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Openings by name need a network plugin that knows names',
  severity: 'error',
  waivable: false,
  why:
    'A NetworkPolicy knows addresses only. An opening by name that became "any address" would let an attacker ' +
    'carry data anywhere; one that was dropped would break the workload.',
  fix:
    'Declare a network plugin that has policies by name (Cilium, Calico Enterprise) in the ' +
    'target, or open a CIDR.',
} as const satisfies DeclaredRule;
