/** Where a command writes. */
export interface Terminal {
  /** The result, on standard output. */
  readonly out: (text: string) => void;
  /** Problems, on standard error. */
  readonly err: (text: string) => void;
}

/** 0: done. 1: done, and the answer is no (a finding, a difference). 2: not done, because the command line is wrong. */
export type ExitCode = 0 | 1 | 2;

/** A command of `bulwark`: one file in `commands/`, and one line in `commands/index.ts`. */
export interface Command {
  /** What it does, in one line, for `bulwark --help`. */
  readonly summary: string;
  /** The whole text of `bulwark <command> --help`. */
  readonly help: string;
  /**
   * @param args - what follows the name of the command.
   * @throws UsageError for arguments that it does not take.
   */
  readonly run: (args: readonly string[], terminal: Terminal) => ExitCode | Promise<ExitCode>;
}

/** A command line that cannot be understood: the process writes the message to standard error and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
