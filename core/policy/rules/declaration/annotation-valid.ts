import type { DeclaredRule } from '../../rule';

export const annotationValid = {
  id: 'annotation-valid',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Annotations are annotations that Kubernetes takes',
  severity: 'error',
  waivable: false,
  why:
    'An object with an annotation that is refused is not applied: a number or a yes without quotes is enough. What was to come with it, a policy or a ' +
    'restriction, is missing then.',
  fix:
    'Write values as texts, in quotes where YAML would read something else, and names of at most 63 letters, digits, dashes, underscores and dots, ' +
    'after a DNS name and a slash where there is one; 256 KiB together.',
} as const satisfies DeclaredRule;
