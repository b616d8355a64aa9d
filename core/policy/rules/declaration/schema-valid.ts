import type { DeclaredRule } from '../../rule';

export const schemaValid = {
  id: 'schema-valid',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Fields exist, and have values of their type',
  severity: 'error',
  waivable: false,
  why:
    'A field that Kubernetes does not know is dropped or refused: runAsNonroot in a patch leaves the pod running as root while the manifest ' +
    'reads as if it did not.',
  fix: 'Correct the name or the value of the field.',
} as const satisfies DeclaredRule;
