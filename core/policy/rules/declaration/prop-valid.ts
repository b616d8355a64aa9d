import type { DeclaredRule } from '../../rule';

export const propValid = {
  id: 'prop-valid',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Every required prop is given, and every prop is of its type',
  severity: 'error',
  waivable: false,
  why:
    'In plain JavaScript, or past the compiler, a prop may be missing or hold anything. What would be made of it ' +
    'is not what its author meant, and a protection that was asked for could be missing.',
  fix: 'Give the prop as the message says; in TypeScript the compiler sees it before.',
} as const satisfies DeclaredRule;
