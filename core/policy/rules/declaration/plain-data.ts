import type { DeclaredRule } from '../../rule';

export const plainData = {
  id: 'plain-data',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Objects are plain data',
  severity: 'error',
  waivable: false,
  why:
    'YAML has no way to write a function, a bigint, a cycle or an undefined item of a list: what reached the cluster would be something ' +
    'else than what was declared.',
  fix: 'Give texts, numbers, booleans, lists and plain objects.',
} as const satisfies DeclaredRule;
