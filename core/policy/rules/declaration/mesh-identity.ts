import type { DeclaredRule } from '../../rule';

export const meshIdentity = {
  id: 'mesh-identity',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Whoever comes in by mutual TLS is known',
  severity: 'error',
  why:
    'A service mesh lets in by identity. A client that has none, or shares one with another that may do less, is ' +
    'either kept out or let in as somebody else: whoever takes over the weaker of two workloads with one ' +
    'ServiceAccount has what the stronger one may. It can be waived for a workload that has to stay out of the mesh.',
  fix: 'Put both sides into the mesh, each with a ServiceAccount of its own, or open the one port for those without an identity by allowPlaintext.',
} as const satisfies DeclaredRule;
