import type { OptionTable } from './options';

/** Where a command writes, and what it may ask of the place it runs in. */
export interface Terminal {
  /** The result, on standard output. */
  readonly out: (text: string) => void;
  /** Problems and progress, on standard error. */
  readonly err: (text: string) => void;
  /** True where a person reads standard output, and wants colours. @default false */
  readonly colour?: boolean;
  /** True where a person reads standard error, so that progress may be shown there. @default false */
  readonly interactive?: boolean;
  /** Standard input. @default - empty */
  readonly input?: AsyncIterable<Uint8Array>;
}

/** 0: done. 1: done, and the answer is no (a finding, a difference). 2: not done, or not all: a wrong command line, unreadable input. */
export type ExitCode = 0 | 1 | 2;

/** A command of `bulwark`: one file in `commands/`, and one line in `commands/index.ts`. */
export interface Command {
  /** The whole text of `bulwark <command> --help`. */
  readonly help: string;
  readonly options: OptionTable;
  /** The words that it takes beside its options. @default - files and folders */
  readonly words?: readonly string[];
  /**
   * @param args - what follows the name of the command.
   * @throws UsageError for arguments that it does not take.
   */
  readonly run: (args: readonly string[], terminal: Terminal) => ExitCode | Promise<ExitCode>;
}

/** A command as it is listed. */
export interface CommandEntry {
  /** What it does, in one line, for `bulwark --help`. */
  readonly summary: string;
  /** The command itself: it is loaded when it is called, so that a small one is fast. */
  readonly load: () => Command;
}

/** A command line that cannot be understood: the process writes the message to standard error and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError where a command that takes options alone is given something else */
export function refuseOperands(command: string, [first]: readonly string[]): void {
  if (first !== undefined) throw new UsageError(`bulwark ${command} takes nothing but options, and '${first}' is none`);
}
