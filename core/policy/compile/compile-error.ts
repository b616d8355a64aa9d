/** Something for which policies cannot be compiled. */
export interface PolicyFault {
  /** The option that it is about: `engine`, `exceptions[0]`. */
  readonly property: string;
  readonly message: string;
  readonly remedy: string;
}

/** What to know of policies that can be compiled. */
export type PolicyWarning = PolicyFault;

/** Everything for which policies cannot be compiled, at once. */
export class PolicyCompileError extends Error {
  override readonly name = 'PolicyCompileError';

  constructor(readonly faults: readonly PolicyFault[]) {
    super(faults.map(({ property, message, remedy }) => `${property}: ${message}; ${remedy}`).join('\n'));
  }
}
