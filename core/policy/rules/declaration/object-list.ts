import type { DeclaredRule } from '../../rule';

export const objectList = {
  id: 'object-list',
  subject: 'declaration',
  answeredBy: 'object',
  alwaysAsked: true,
  title: 'An object is one object',
  severity: 'error',
  waivable: false,
  why:
    'To kubectl whatever has a list of items is a list of objects, and it applies each of them: a privileged pod in there ' +
    'would pass every rule unseen.',
  fix: 'Declare each of the items as an object of its own.',
} as const satisfies DeclaredRule;
