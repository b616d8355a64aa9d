/** The signals that a process can be asked to read its files again with, or to end. */
export const changeSignals = ['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGUSR1', 'SIGUSR2', 'SIGQUIT'] as const;

export type ChangeSignal = (typeof changeSignals)[number];

/** What happens once a secret has changed. Without any of it, the file is new and nobody is told. */
export type OnChange = RestartOnChange | SignalOnChange | CommandOnChange;

/** Restarts the workload, for an application that reads its files once. */
export class RestartOnChange {
  readonly kind = 'restart';

  /**
   * @param process the name of the program, as `ps` shows it, for the delivery `agent`: it ends it, and the kubelet starts the container
   *   again. The operator rolls the workload, and needs no name.
   */
  static of(process?: string): RestartOnChange {
    return new RestartOnChange(process);
  }

  private constructor(readonly process: string | undefined) {}
}

/** Sends the program a signal, for an application that reads its files again when it gets one. */
export class SignalOnChange {
  readonly kind = 'signal';

  /** @param process the name of the program, as `ps` shows it */
  static of(signal: ChangeSignal, process: string): SignalOnChange {
    return new SignalOnChange(signal, process);
  }

  private constructor(
    readonly signal: ChangeSignal,
    readonly process: string,
  ) {}
}

/** Runs a command in the agent's container, after it has written the file. */
export class CommandOnChange {
  readonly kind = 'command';

  /** @param command the program and its arguments: no shell reads it */
  static of(...command: readonly [string, ...string[]]): CommandOnChange {
    return new CommandOnChange(command);
  }

  private constructor(readonly command: readonly string[]) {}
}

/**
 * The names that a signal can find a program by: those that no shell reads as anything else. The kernel cuts names to 15 characters, so
 * that a longer one is found by no one.
 */
export const processName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/;

/**
 * The command that the agent runs; undefined where there is none. It never fails: before the program runs there is none to tell. Vault's
 * image has BusyBox, whose `pkill -x` compares the name with all of the first argument, so that it finds neither `/app/orders` nor a program
 * that writes its own title, as Redis and nginx do; its `killall` knows the kernel's name as well. The image on UBI has no `killall`, and a
 * `pkill` that compares the kernel's name.
 */
export function changeCommand(onChange: OnChange | undefined): string | undefined {
  if (onChange === undefined) return undefined;
  if (onChange.kind === 'command') return onChange.command.map(shellQuoted).join(' ');
  const { process } = onChange;
  const signal = (onChange.kind === 'restart' ? 'SIGTERM' : onChange.signal).slice('SIG'.length);
  return `killall -q -${signal} ${process} || pkill -${signal} -x ${process} || true`;
}

function shellQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
