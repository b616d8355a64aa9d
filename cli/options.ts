import { parseArgs } from 'node:util';
import { UsageError } from './command';
import { nearest } from './nearest';

/** What the options of a command are called, what they take, and what they do: for help, completion and docs alike. */
export interface OptionInfo {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for its value in help. */
  readonly value?: string;
  readonly what: string;
  /** All that it takes, if it does not take any text. */
  readonly allowed?: readonly string[];
}

/** The options of a command, by their names without dashes. */
export type OptionTable = Readonly<Record<string, OptionInfo>>;

/** What a command line says, by the table of a command's options. */
export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]?: Value<T[K]> };

type Value<O extends OptionInfo> = O['type'] extends 'boolean'
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : string;

/**
 * Reads a command line by the table of a command's options.
 * @throws UsageError for an option that is not there, with the nearest one, and for a value that an option does not take.
 */
export function parseOptions<const T extends OptionTable>(
  table: T,
  args: readonly string[],
): {
  readonly values: OptionValues<T>;
  /** What is no option. */
  readonly operands: readonly string[];
} {
  for (const arg of args) {
    if (arg === '--') break;
    const name = /^--([^=]+)/.exec(arg)?.[1];
    if (name === undefined || Object.hasOwn(table, name)) continue;
    const meant = nearest(name, Object.keys(table));
    throw new UsageError(`unknown option '--${name}'${meant === undefined ? '' : `; did you mean '--${meant}'?`}`);
  }
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short !== undefined && { short }), ...(multiple && { multiple }) },
    ]),
  );
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  for (const [name, { allowed }] of Object.entries(table)) {
    if (allowed === undefined) continue;
    for (const value of [values[name] ?? []].flat()) {
      if (allowed.includes(String(value))) continue;
      const meant = nearest(String(value), allowed);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      throw new UsageError(`--${name} takes ${allowed.join(', ')}, and not '${value}'${hint}`);
    }
  }
  return { values: values as OptionValues<T>, operands: positionals };
}

/** The options as help shows them. */
export function describeOptions(table: OptionTable): string {
  const rows = Object.entries(table).map(([name, { short, value, what, allowed }]) => {
    const flag = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
    return [flag, allowed === undefined ? what : `${what}: ${allowed.join(', ')}`] as const;
  });
  rows.push(['-h, --help', 'this text']);
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
  return rows.map(([flag, what]) => `  ${flag.padEnd(width)}${what}\n`).join('');
}
