import type { DeclaredRule } from '../../rule';

export const connectionCut = {
  id: 'connection-cut',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'No patch cuts a connection that is declared',
  severity: 'warning',
  why:
    'A connection that is declared, listed and not there fails in the cluster only, where somebody in a hurry opens ' +
    'more than was needed.',
  fix: 'Leave the opening in the patch, or take back the declaration: connectTo, exposeTo, egressTo.',
} as const satisfies DeclaredRule;
