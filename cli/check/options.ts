import { distributionNames } from '../../core/cluster/distribution';
import { frameworkIds } from '../../core/policy/frameworks';
import { failLevels } from '../../core/policy/report';
import { formatIds } from '../../core/report/formats/ids';
import type { OptionTable, OptionValues } from '../options';

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
} as const satisfies OptionTable;

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

/** What a command line of `bulwark check` says. */
export interface CheckArguments {
  readonly values: OptionValues<typeof checkOptions>;
  readonly paths: readonly string[];
}
