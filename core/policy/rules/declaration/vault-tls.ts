import type { DeclaredRule } from '../../rule';

export const vaultTls = {
  id: 'vault-tls',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Vault is reached by TLS',
  severity: 'error',
  why:
    'Without TLS the token of the workload and every secret that it reads cross the network in the clear, and whoever answers for Vault ' +
    "decides what the secrets are. Vault's chart comes with tlsDisable: true; it can be waived where a mesh encrypts all that goes there.",
  fix: 'Give Vault a certificate (global.tlsDisable: false in its chart), name it by https://, and the Secret that holds its CA.',
} as const satisfies DeclaredRule;
