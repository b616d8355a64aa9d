/** Everything for which policies cannot be compiled, at once. */
export class PolicyCompileError extends Error {
  override readonly name = 'PolicyCompileError';

  /** @param faults - one sentence each: what is wrong, and what to do */
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
