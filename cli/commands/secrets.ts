import { describeInputError } from '../../core/report/check-report';
import { secretReadings } from '../../core/secrets/readings';
import { progressOn } from '../check/progress';
import { settingsOf } from '../check/settings';
import type { Command } from '../command';
import { readInputs } from '../input/read-inputs';
import { describeOptions, parseOptions } from '../options';
import { formatListing, type ListedBy, listingOf } from '../secrets/listing';
import { secretsOptions } from '../secrets/options';
import { ownVersion } from '../version';

/** `bulwark secrets`: who reads which secrets, as manifests say it. */
export const secrets: Command = {
  help: [
    'Usage: bulwark secrets [options] [paths…]',
    '',
    'Lists who reads which secrets, by workload or by secret, and flags what reaches more than it names. Names and paths',
    'alone: no value is shown. Paths are files, folders (all .yaml, .yml and .json below them), patterns in quotes, or -',
    'for standard input. Needs no cluster and no network.',
    '',
    '  helm template … | bulwark secrets -',
    '  bulwark secrets --by secret k8s',
    '',
    `${describeOptions(secretsOptions)}`,
    'The list goes to standard output, everything else to standard error.',
    'Exit codes: 0; 2 a wrong command line or settings, or input that could not be read (the rest is listed all the same).',
    '',
  ].join('\n'),
  options: secretsOptions,
  run: async (args, terminal) => {
    const { values, operands: paths } = parseOptions(secretsOptions, args);
    const { config, exclude, quiet = false } = values;
    const settings = settingsOf({
      values: { ...(config !== undefined && { config }), ...(exclude && { exclude }) },
      paths,
    });
    const progress = progressOn(terminal, quiet);
    const inputs = await readInputs(settings.paths, settings.exclude, terminal, progress.show);
    progress.end();
    for (const error of inputs.errors) terminal.err(`bulwark: ${describeInputError(error)}\n`);
    const found = secretReadings(
      inputs.objects.map(({ object }) => object),
      settings.evaluation.podTemplateKinds,
    );
    const by = (values.by ?? 'workload') as ListedBy;
    if (values.format === 'json') {
      const listing = { version: ownVersion(), ...listingOf(found, by), errors: inputs.errors };
      terminal.out(`${JSON.stringify(listing, undefined, 2)}\n`);
    } else terminal.out(formatListing(found, by));
    return inputs.errors.length > 0 ? 2 : 0;
  },
};
