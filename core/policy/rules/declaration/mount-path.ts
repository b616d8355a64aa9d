import type { DeclaredRule } from '../../rule';

export const mountPath = {
  id: 'mount-path',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Volumes are mounted at paths of their own',
  severity: 'error',
  waivable: false,
  why:
    'Of two volumes at one path only one is seen: a writable one can hide the read-only files, the certificate ' +
    'or the secret that was meant to be there.',
  fix: 'Mount each volume at an absolute path below /, without "..", that no other volume has.',
} as const satisfies DeclaredRule;
