import type { DeclaredRule } from '../../rule';

export const portValid = {
  id: 'port-valid',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Ports are ports that Kubernetes takes',
  severity: 'error',
  waivable: false,
  why:
    'A workload whose port is refused is not applied; a port name that is cut or doubled sends traffic where ' +
    'it was not meant to go.',
  fix:
    'Use a number from 1 to 65535, and a name of at most 15 lower-case letters, digits and dashes with a ' +
    'letter among them.',
} as const satisfies DeclaredRule;
