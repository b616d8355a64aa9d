import type { Answer } from './answer';

/** Each row of the table of scanners' checks with this subject: the rules that answer it, or why none does. */
export const imageRows: Readonly<Record<string, Answer>> = {
  'image-latest': ['image-digest'],
  'image-digest': ['image-digest'],
  'image-pull-policy': 'not taken',
  'image-pull-policy-latest': ['image-digest'],
  'image-allowed-registry': ['image-allowed'],
  'image-forbidden-registry': ['image-allowed'],
  'image-registry-vendor': ['image-allowed'],
  'image-signature-exists': 'not taken',
  'image-signature-verify': 'not taken',
  'image-deprecated-registry': ['image-deprecated-registry'],
  'image-provenance': 'not taken',
};
