/** What is wrong with the declaration of a secret, or was put right in it. */
export interface SecretFault {
  /** Below the declaration of the mount: `path`, `template`. */
  readonly property: string;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
  /** `info` for what was put right. @default 'error' */
  readonly severity?: 'error' | 'warning' | 'info';
  /** @default 'secret-mount' */
  readonly rule?: 'secret-mount' | 'secret-wildcard' | 'vault-tls';
}
