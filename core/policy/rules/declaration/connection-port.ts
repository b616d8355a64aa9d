import type { DeclaredRule } from '../../rule';

export const connectionPort = {
  id: 'connection-port',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Connections end at ports that exist',
  severity: 'error',
  waivable: false,
  why:
    'A policy for a port that nobody serves opens what the next container on it happens to be, and keeps ' +
    'closed what was meant.',
  fix: 'Connect to a port that the other workload declares, or declare the port there.',
} as const satisfies DeclaredRule;
