import type { DeclaredRule } from '../../rule';

export const apiServerEndpoints = {
  id: 'api-server-endpoints',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Access to the API server needs its addresses',
  severity: 'error',
  why:
    'NetworkPolicies are applied after the address of the "kubernetes" Service is replaced by those of the API ' +
    'servers. Without these the opening would be every address on 443 and 6443, and lets data out anywhere; it ' +
    'can be waived where the network plugin opens the API server by itself.',
  fix:
    'Declare the addresses of the API servers in the target, as `kubectl get endpointslices -n default -l ' +
    'kubernetes.io/service-name=kubernetes` shows them.',
} as const satisfies DeclaredRule;
