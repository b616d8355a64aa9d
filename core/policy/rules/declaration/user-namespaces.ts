import type { DeclaredRule } from '../../rule';

export const userNamespaces = {
  id: 'user-namespaces',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Root in the container is nobody on the node',
  severity: 'info',
  why: 'Without a user namespace, root in the container is root on the node once it breaks out.',
  fix:
    'Declare the capability of the nodes in the target (Linux 6.3, containerd 2 or CRI-O 1.25, volumes that ' +
    'can map ids).',
} as const satisfies DeclaredRule;
