import type { DeclaredRule } from '../../rule';

export const encryptedSecret = {
  id: 'encrypted-secret',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'A file of secrets is encrypted, and meant for its namespace',
  severity: 'error',
  waivable: false,
  why:
    'A file that SOPS or kubeseal should have encrypted, and that one value was left out of, looks right in every review. What was sealed for another ' +
    'namespace never becomes a Secret, and what was changed after it was encrypted is not decrypted.',
  fix: 'Encrypt the whole of data and stringData with sops, or seal the Secret with kubeseal for the namespace that it is put into.',
} as const satisfies DeclaredRule;
