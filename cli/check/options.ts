import { parseArgs } from 'node:util';
import { distributionNames } from '../../core/cluster/distribution';
import { frameworkIds } from '../../core/policy/frameworks';
import { failLevels } from '../../core/policy/report';
import { formatIds } from '../../core/report/formats/ids';
import { UsageError } from '../command';
import { nearest } from '../nearest';

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

/** The options of `bulwark check`. */
export const checkOptions = {
  format: { type: 'string', short: 'f', value: '<form>', what: 'the form of the report', allowed: formatIds },
  output: {
    type: 'string',
    short: 'o',
    value: '<file>',
    what: 'writes the report to a file instead of standard output',
  },
  'fail-on': {
    type: 'string',
    value: '<severity>',
    what: 'the least severity that fails the check',
    allowed: failLevels,
  },
  framework: {
    type: 'string',
    multiple: true,
    value: '<id>',
    what: 'asks only the rules of a framework; may be repeated',
    allowed: frameworkIds,
  },
  'kubernetes-version': { type: 'string', value: '<version>', what: 'the version of the target: 1.34' },
  distribution: { type: 'string', value: '<name>', what: 'the distribution of the target', allowed: distributionNames },
  registry: {
    type: 'string',
    multiple: true,
    value: '<prefix>',
    what: 'images may come from here, and from nowhere else; may be repeated',
  },
  exclude: {
    type: 'string',
    multiple: true,
    value: '<pattern>',
    what: 'leaves out files and folders: * within a folder, ** across; may be repeated',
  },
  config: {
    type: 'string',
    short: 'c',
    value: '<file>',
    what: 'settings and exceptions; otherwise bulwark.yaml, if it is here',
  },
  'ignore-annotations': { type: 'boolean', what: 'takes no exception from annotations of the manifests' },
  baseline: { type: 'string', value: '<file>', what: 'known findings do not fail the check' },
  'write-baseline': { type: 'string', value: '<file>', what: 'writes what is found as the baseline, and succeeds' },
  'list-waived': { type: 'boolean', what: 'lists every waived finding in text' },
  quiet: { type: 'boolean', short: 'q', what: 'no progress, and no text where nothing is found' },
} as const satisfies Readonly<Record<string, OptionInfo>>;

/** The options that say what is judged and how: those of the validation of cdk8s, which finds the manifests and writes the report. */
export const validationOptions = pick(checkOptions, [
  'fail-on',
  'framework',
  'kubernetes-version',
  'distribution',
  'registry',
  'exclude',
  'config',
]);

function pick<T extends object, K extends keyof T>(table: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, table[name]])) as Pick<T, K>;
}

/** What a command line says, by the table of a command's options. */
export type OptionValues<T extends Readonly<Record<string, OptionInfo>>> = { readonly [K in keyof T]?: Value<T[K]> };

type Value<O extends OptionInfo> = O['type'] extends 'boolean'
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : string;

/** What a command line of `bulwark check` says. */
export interface CheckArguments {
  readonly values: OptionValues<typeof checkOptions>;
  readonly paths: readonly string[];
}

/** @throws UsageError for an option that is not there, with the nearest one, and for a value that an option does not take. */
export function parseCheckArguments(args: readonly string[]): CheckArguments {
  return parseOptions(checkOptions, args);
}

/**
 * Reads a command line by the table of a command's options.
 * @throws UsageError for an option that is not there, with the nearest one, and for a value that an option does not take.
 */
export function parseOptions<const T extends Readonly<Record<string, OptionInfo>>>(
  table: T,
  args: readonly string[],
): { readonly values: OptionValues<T>; readonly paths: readonly string[] } {
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
  return { values: values as OptionValues<T>, paths: positionals };
}

/** The options as help shows them. @param table - @default - those of `bulwark check` */
export function describeOptions(table: Readonly<Record<string, OptionInfo>> = checkOptions): string {
  const rows = Object.entries(table).map(([name, { short, value, what, allowed }]) => {
    const flag = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
    return [flag, allowed === undefined ? what : `${what}: ${allowed.join(', ')}`] as const;
  });
  rows.push(['-h, --help', 'this text']);
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
  return rows.map(([flag, what]) => `  ${flag.padEnd(width)}${what}\n`).join('');
}
