import type { KubernetesObject } from '../../manifest/object';
import type { Path } from '../../manifest/path';
import { isMapping } from '../../manifest/plain';
import { DEEPEST, isNamedSecretValue } from './named-secrets';
import { isLiteral, isSecretByName } from './settings';

/** How a program is given a password by an option whose name does not say so. */
interface Login {
  /** Options whose value is the next word. */
  readonly next?: RegExp;
  /** Options whose value follows in the same word. */
  readonly attached?: RegExp;
  /** Whether the value is a user and a password, a colon between them. */
  readonly isPair?: boolean;
}

const mysql: Login = { attached: /^-p(?=.)/ };
const mongo: Login = { next: /^-p$/ };
const redis: Login = { next: /^-a$/ };

const logins: ReadonlyMap<string, Login> = new Map([
  ...['mysql', 'mysqladmin', 'mysqldump', 'mysqlcheck', 'mysqlimport', 'mysqlshow'].map(
    (name) => [name, mysql] as const,
  ),
  ...['mariadb', 'mariadb-admin', 'mariadb-dump', 'mariadb-check'].map((name) => [name, mysql] as const),
  ...['mongo', 'mongosh', 'mongodump', 'mongorestore', 'mongoexport', 'mongoimport'].map(
    (name) => [name, mongo] as const,
  ),
  ...['redis-cli', 'valkey-cli', 'keydb-cli'].map((name) => [name, redis] as const),
  ['openssl', { attached: /^pass:(?=.)/ }],
  ['sshpass', { next: /^-p$/, attached: /^-p(?=.)/ }],
  [
    'curl',
    {
      next: /^(?:-[A-Za-z]*[uU]|--user|--proxy-user)$/,
      attached: /^(?:-[uU](?=.*:)|--(?:proxy-)?user=)/,
      isPair: true,
    },
  ],
]);

/** What a command line may hold that is worth a closer look. */
export const mayTakeSecret = new RegExp(
  `pass|pwd|secret|token|key|cred|auth|(?:^|[^a-z])(?:${[...logins.keys()].join('|')})(?:[^a-z]|$)`,
  'i',
);

/** A flag by itself: `--db-password`, `-token`. */
const flag = /^-{1,2}([A-Za-z][\w.-]{0,127})$/;

/** Why a word of a command is a secret by the words before it; undefined where it is none. */
function secretInWord(word: string, before: string | undefined, login: Login | undefined): string | undefined {
  const { next, attached, isPair = false } = login ?? {};
  const given =
    before !== undefined && next?.test(before) ? word : attached?.test(word) ? word.replace(attached, '') : undefined;
  if (given === undefined) return undefined;
  const secret = isPair ? (/:(.*)$/s.exec(given)?.[1] ?? '') : given;
  return isLiteral(secret) ? 'is a password by the option that it is given by' : undefined;
}

/** Flags that take a secret, whatever their names end in, by themselves or with it. */
const ofSecret = /^-{1,2}(?:requirepass|masterauth|dev-root-token-id)(?:=(.*))?$/s;

/** Why a word is the value of a flag that is called as secrets are. */
function secretByFlag(word: string, before: string | undefined, isSecret: typeof isSecretByName): string | undefined {
  const [, name] = flag.exec(before ?? '') ?? [];
  if (isLiteral(ofSecret.exec(word)?.[1] ?? '')) return `sets ${word.replace(/=.*$/s, '')}, a secret`;
  if (
    before !== undefined &&
    ofSecret.test(before) &&
    !before.includes('=') &&
    !word.startsWith('-') &&
    isLiteral(word)
  )
    return `has the value of ${before}, a secret`;
  if (name === undefined || word.startsWith('-')) return undefined;
  return isSecret(name, word) && isLiteral(word) ? `has the value of ${before}, a secret by its name` : undefined;
}

/** A longer argument is a file, and no line that somebody wrote. */
const LONGEST = 65_536;

/** The commands of a line of a shell, each in words without their quotes. */
function commandsIn(line: string): readonly (readonly string[])[] {
  if (line.length > LONGEST) return [];
  return line
    .replace(/\\\r?\n/g, ' ')
    .split(/[\n;|&()`]+/)
    .filter((command) => !/^\s*#/.test(command))
    .map((command) => (command.match(/"[^"]*"|'[^']*'|[^\s"']+(?:"[^"]*"|'[^']*')?/g) ?? []).map(asWord));
}

/** Without its quotes, and in one piece: what is quoted is asked about by itself. */
const asWord = (word: string): string => word.replace(/["']/g, '').replace(/\s+/g, '_');

const programIn = (word: string): Login | undefined => logins.get(word.slice(word.lastIndexOf('/') + 1));

/**
 * Why an argument is taken to hold a secret, by the words around it, for each that is; by their places.
 * @param isSecret whether a flag of that name, with that value, is one. @default - by its name
 */
export function secretArguments(
  command: readonly string[],
  isSecret: typeof isSecretByName = isSecretByName,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let login: Login | undefined;
  for (const [i, word] of command.entries()) {
    const before = command[i - 1];
    const because = secretInLine(word) ?? secretInWord(word, before, login) ?? secretByFlag(word, before, isSecret);
    if (because !== undefined) found.set(i, because);
    login = programIn(word) ?? login;
  }
  return found;
}

/** Why a text is taken to be a line of a shell with a secret in it. */
export function secretInLine(line: string): string | undefined {
  if (!/\s/.test(line) || !mayTakeSecret.test(line)) return undefined;
  for (const command of commandsIn(line)) {
    // Scripts have words for other things, too: `--initial-cluster-token etcd-cluster`.
    const [because] = secretArguments(command, isNamedSecretValue).values();
    if (because !== undefined) return because;
  }
  return undefined;
}

/** A command somewhere in an object: a container's with its arguments, a probe's, a hook's. */
export interface CommandIn {
  readonly words: readonly { readonly text: string; readonly path: Path }[];
}

/** Every command in an object, whatever its kind. */
export function commandsOf(object: KubernetesObject): readonly CommandIn[] {
  const found: CommandIn[] = [];
  const walk = (node: object, path: Path): void => {
    if (path.length > DEEPEST) return;
    if (isMapping(node) && (Array.isArray(node.command) || Array.isArray(node.args))) {
      const words = (['command', 'args'] as const).flatMap((field) => textsIn(node[field], [...path, field]));
      if (words.length > 0) found.push({ words });
    }
    for (const [key, value] of Object.entries(node))
      if (typeof value === 'object' && value !== null) walk(value, [...path, Array.isArray(node) ? Number(key) : key]);
  };
  walk(object, []);
  return found;
}

function textsIn(list: unknown, path: Path): CommandIn['words'] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((text: unknown, i) => (typeof text === 'string' ? [{ text, path: [...path, i] }] : []));
}
