import { AccessError, type AccessFault } from '../access-error';

/** What keeps policies and roles from being made. */
export interface VaultAccessFault extends AccessFault {}

/** Why no policies and roles were made: everything at once. */
export class VaultAccessError extends AccessError {
  override readonly name = 'VaultAccessError';

  declare readonly faults: readonly VaultAccessFault[];

  constructor(faults: readonly VaultAccessFault[]) {
    super('VaultAccess', faults);
  }
}
