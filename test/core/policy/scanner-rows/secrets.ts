import type { Answer } from './answer';

/** Each row of the table of scanners' checks with this subject: the rules that answer it, or why none does. */
export const secretsRows: Readonly<Record<string, Answer>> = {
  'secret-env-ref': ['secret-in-env'],
  'secret-env-literal': ['secret-literal', 'secret-leak'],
  'secret-configmap': ['secret-in-config'],
  'sensitive-configmap': ['secret-in-config'],
  'external-secret-store': ['secret-in-manifest'],
  'pv-encryption': ['storage-encryption'],
};
