import type { DeclaredRule } from '../../rule';

export const identityUnique = {
  id: 'identity-unique',
  subject: 'declaration',
  answeredBy: 'set',
  title: 'No two objects are the same object',
  severity: 'error',
  waivable: false,
  why:
    'Of two objects with one kind, namespace and name the last one applied wins: a hardened one is silently ' +
    'replaced by the other.',
  fix: 'Rename one of them, or declare it once.',
} as const satisfies DeclaredRule;
