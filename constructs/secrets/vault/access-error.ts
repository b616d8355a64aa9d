import type { SecretFault } from '../../../core/secrets/fault';

/** What keeps policies and roles from being made. */
export interface VaultAccessFault extends Pick<SecretFault, 'property' | 'value' | 'message' | 'remedy'> {
  /** The construct that it concerns; undefined for what VaultAccess was given. */
  readonly construct?: string;
}

/** Why no policies and roles were made: everything at once. */
export class VaultAccessError extends Error {
  override readonly name = 'VaultAccessError';

  constructor(readonly faults: readonly VaultAccessFault[]) {
    const lines = faults.map(({ construct, property, value, message, remedy }) => {
      const where = construct === undefined ? property : `${construct}: ${property}`;
      return `  ${where}${value === undefined ? '' : ` = ${JSON.stringify(value)}`}: ${message}; ${remedy}`;
    });
    super(`VaultAccess cannot be made:\n${lines.join('\n')}`);
  }
}
