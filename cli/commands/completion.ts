import { type Command, type CommandEntry, UsageError } from '../command';
import { nearest } from '../nearest';
import { describeOptions, parseOptions } from '../options';

/** What the shells need to know of a command. */
type Completed = Pick<Command, 'options' | 'words'>;

const shells = { bash, zsh, fish } as const;

/** `bulwark completion <shell>`: a script that completes the command lines of all commands. */
export function completionOf(commands: Readonly<Record<string, CommandEntry>>): Command {
  return {
    help: [
      'Usage: bulwark completion bash|zsh|fish',
      '',
      'Prints a script that completes command lines of bulwark:',
      '',
      '  bash  source <(bulwark completion bash)',
      '  zsh   source <(bulwark completion zsh)',
      '  fish  bulwark completion fish | source',
      '',
      describeOptions({}),
    ].join('\n'),
    options: {},
    words: Object.keys(shells),
    run: (args, { out }) => {
      const [shell = '', ...more] = parseOptions({}, args).operands;
      if (!Object.hasOwn(shells, shell) || more.length > 0) {
        const meant = nearest(shell, Object.keys(shells));
        throw new UsageError(`name a shell: bash, zsh or fish${meant === undefined ? '' : `; did you mean ${meant}?`}`);
      }
      const completed = Object.entries(commands).map(([name, { load }]): [string, Completed] => [name, load()]);
      const help: Completed = { options: {}, words: Object.keys(commands) };
      out(shells[shell as keyof typeof shells](Object.fromEntries([...completed, ['help', help]])));
      return 0;
    },
  };
}

function flags({ options }: Completed): string {
  return [...Object.keys(options), 'help'].map((name) => `--${name}`).join(' ');
}

function bash(all: Readonly<Record<string, Completed>>): string {
  // Two commands may take other values for one option.
  const values = new Map<string, string>();
  for (const [command, { options }] of Object.entries(all))
    for (const [name, { allowed }] of Object.entries(options))
      if (allowed) values.set(`"${command} --${name}"`, allowed.join(' '));
  return `_bulwark() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${Object.keys(all).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${[...values].map(([name, words]) => `    ${name}) COMPREPLY=($(compgen -W "${words}" -- "$current")); return ;;`).join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${Object.entries(all)
  .map(
    ([name, command]) =>
      `    ${name}) COMPREPLY=($(compgen -W "${[flags(command), ...(command.words ?? [])].join(' ')}" -- "$current")) ;;`,
  )
  .join('\n')}
  esac
}
complete -o default -F _bulwark bulwark
`;
}

function zsh(all: Readonly<Record<string, Completed>>): string {
  return `#compdef bulwark
autoload -U +X bashcompinit && bashcompinit
${bash(all)}`;
}

function fish(all: Readonly<Record<string, Completed>>): string {
  const lines = ['complete -c bulwark -e'];
  const names = Object.keys(all).join(' ');
  lines.push(`complete -c bulwark -n "not __fish_seen_subcommand_from ${names}" -f -a "${names}"`);
  for (const [name, { options, words }] of Object.entries(all)) {
    const when = `complete -c bulwark -n "__fish_seen_subcommand_from ${name}"`;
    if (words) lines.push(`${when} -f${words.length === 0 ? '' : ` -a "${words.join(' ')}"`}`);
    for (const [option, { type, what, allowed }] of Object.entries(options)) {
      const takes = type === 'boolean' ? '' : allowed ? ` -x -a "${allowed.join(' ')}"` : ' -r';
      lines.push(`${when} -l ${option}${takes} -d '${what.replaceAll("'", "\\'")}'`);
    }
  }
  return `${lines.join('\n')}\n`;
}
