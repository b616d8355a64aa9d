/** Something wrong with what was asked of a log pipeline. Its texts never hold a value that may be secret. */
export interface LogsFault {
  /** Below the settings: `retention.audit`, `redaction.custom[0].pattern`. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
}

/** Thrown with every fault at once, before anything is made. */
export class LogsError extends Error {
  override readonly name = 'LogsError';

  constructor(readonly faults: readonly LogsFault[]) {
    const lines = faults.map(({ key, message, remedy }) => `  ${key}: ${message}; ${remedy}`);
    super(`The log pipeline cannot be made as it is declared:\n${lines.join('\n')}`);
  }
}
