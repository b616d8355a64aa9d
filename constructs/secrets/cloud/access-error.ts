import { AccessError, type AccessFault } from '../access-error';

/** What keeps the rights of a cloud from being made. */
export interface CloudAccessFault extends AccessFault {}

/** Why no rights of a cloud were made: everything at once. */
export class CloudAccessError extends AccessError {
  override readonly name = 'CloudAccessError';

  declare readonly faults: readonly CloudAccessFault[];

  constructor(faults: readonly CloudAccessFault[]) {
    super('CloudAccess', faults);
  }
}
