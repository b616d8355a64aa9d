/** Something wrong with what was asked of a private registry. Its texts never hold a value that may be secret. */
export interface RegistryFault {
  /** Below the arguments: `authentication.users[0].password`. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
}

/** Thrown with every fault at once, before anything is made. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';

  constructor(readonly faults: readonly RegistryFault[]) {
    const lines = faults.map(({ key, message, remedy }) => `  ${key}: ${message}; ${remedy}`);
    super(`The private registry cannot be made as it is declared:\n${lines.join('\n')}`);
  }
}
