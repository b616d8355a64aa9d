import type { DeclaredRule } from '../../rule';

export const meshPlaintext = {
  id: 'mesh-plaintext',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'What is sent between workloads of a service mesh is encrypted',
  severity: 'error',
  why:
    'On a port without mutual TLS whoever sits on the way, in the network or on a node, reads and changes what is' +
    ' sent, and the server does not know who its client is: only NetworkPolicies, which know addresses, keep ' +
    'others out. It can be waived for a client that cannot be in the mesh.',
  fix: 'Put the client into the mesh, or speak TLS on the port and say why and until when by an exception.',
} as const satisfies DeclaredRule;
