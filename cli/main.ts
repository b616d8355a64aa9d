import { type Command, type ExitCode, type Terminal, UsageError } from './command';
import { COMMANDS } from './commands';
import { nearest } from './nearest';
import { ownVersion } from './version';

/** Runs `bulwark` with the arguments that follow its name. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    // parseArgs reports what it does not take as a TypeError with a code of its own.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!(error instanceof UsageError) && !code.startsWith('ERR_PARSE_ARGS_')) throw error;
    const name = args[0] ?? '';
    const hint = Object.hasOwn(COMMANDS, name) ? `\n'bulwark ${name} --help' shows what it takes` : '';
    terminal.err(`bulwark: ${(error as Error).message}${hint}\n`);
    return 2;
  }
}

function dispatch(args: readonly string[], terminal: Terminal): ExitCode | Promise<ExitCode> {
  const [word, ...rest] = args;
  if (word === undefined) throw new UsageError(`no command given\n\n${overview()}`.trimEnd());
  if (word === '--version' || word === '-v') {
    terminal.out(`${ownVersion()}\n`);
    return 0;
  }
  if (word === '--help' || word === '-h' || word === 'help') {
    const topic = rest[0];
    terminal.out(topic === undefined ? overview() : find(topic).help);
    return 0;
  }
  const command = find(word);
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(command.help);
    return 0;
  }
  return command.run(rest, terminal);
}

function find(word: string): Command {
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (command !== undefined) return command.load();
  const meant = nearest(word, [...Object.keys(COMMANDS), 'help', '--help', '--version']);
  const hint = meant === undefined ? "'bulwark --help' lists the commands" : `did you mean '${meant}'?`;
  throw new UsageError(`unknown ${word.startsWith('-') ? 'option' : 'command'} '${word}'; ${hint}`);
}

function overview(): string {
  const names = Object.entries(COMMANDS).map(([name, { summary }]): [string, string] => [name, summary]);
  const rows: readonly [string, string][] = [
    ...names,
    ['help <command>', 'what a command takes'],
    ['--version', 'the version of kube-bulwark'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [
    'Usage: bulwark <command> [options]',
    '',
    ...rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`),
    '',
  ].join('\n');
}
