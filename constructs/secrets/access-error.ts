import { withoutDeclaredSecrets } from '../../core/policy';
import type { SecretFault } from '../../core/secrets/fault';

/** What keeps rights from being made. */
export interface AccessFault extends Pick<SecretFault, 'property' | 'value' | 'message' | 'remedy'> {
  /** The construct that it concerns; undefined for what the collector was given. */
  readonly construct?: string;
}

/** Why no rights were made: everything at once. */
export abstract class AccessError extends Error {
  readonly faults: readonly AccessFault[];

  /** @internal */
  protected constructor(what: string, given: readonly AccessFault[]) {
    const faults = given.map(withoutDeclaredSecrets);
    const lines = faults.map(({ construct, property, value, message, remedy }) => {
      const where = construct === undefined ? property : `${construct}: ${property}`;
      return `  ${where}${value === undefined ? '' : ` = ${JSON.stringify(value)}`}: ${message}; ${remedy}`;
    });
    super(`${what} cannot be made:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}
