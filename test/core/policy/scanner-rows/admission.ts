import type { Answer } from './answer';

/** Each row of the table of scanners' checks with this subject: the rules that answer it, or why none does. */
export const admissionRows: Readonly<Record<string, Answer>> = {
  'validating-webhook-review': ['webhook-url', 'webhook-secrets'],
  'mutating-webhook-review': ['webhook-url', 'webhook-secrets'],
  'gatekeeper-repo-prefix': ['gatekeeper-repo-prefix'],
  'psp-enabled': 'not taken',
  'psp-legacy': 'not taken',
};
