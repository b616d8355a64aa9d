import type { DeclaredRule } from '../../rule';

export const metadataEgress = {
  id: 'metadata-egress',
  subject: 'declaration',
  title: 'No declared opening reaches a metadata service',
  severity: 'error',
  why:
    "From the metadata address of a cloud an attacker in a pod takes the node's credentials, with which they " +
    'pull images, read buckets or join the cluster. It can be waived, since a network without such an address ' +
    'loses nothing.',
  fix:
    'Except the metadata addresses from the block, or use the typed cloud identity, which opens its exact ' +
    'address and port.',
} as const satisfies DeclaredRule;
