import type { DeclaredRule } from '../../rule';

export const exceptionUnused = {
  id: 'exception-unused',
  subject: 'declaration',
  answeredBy: 'evaluation',
  title: 'Every exception waives something',
  severity: 'warning',
  why: 'An exception that waives nothing any more waits for the next mistake and waives that.',
  fix: 'Remove the exception, or correct its rule, its container or the construct it is declared on.',
} as const satisfies DeclaredRule;
