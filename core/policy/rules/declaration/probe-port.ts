import type { DeclaredRule } from '../../rule';

export const probePort = {
  id: 'probe-port',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Probes ask a port that the container has',
  severity: 'error',
  waivable: false,
  why:
    'A probe that asks a port nobody serves fails for ever (or, of another container, says nothing about this ' +
    'one), so that the workload never gets traffic or keeps it while broken. Nobody serves a name that the container ' +
    'declares no port by.',
  fix: 'Declare the port, name one in the probe, or use a command.',
} as const satisfies DeclaredRule;
