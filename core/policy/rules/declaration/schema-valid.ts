import type { DeclaredRule } from '../../rule';

export const schemaValid = {
  id: 'schema-valid',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Fields exist, and have values of their type',
  severity: 'error',
  why:
    'A field that Kubernetes does not know is dropped or refused: runAsNonroot leaves the pod running as root, resourceName a Role reading every Secret, ' +
    'while the manifest reads as if they did not. It is asked of kinds of Kubernetes itself, in the version of the target. In a chart that others ' +
    'write, where what is dropped does no harm, it can be waived.',
  fix: 'Correct the name or the value of the field.',
} as const satisfies DeclaredRule;
