import { existsSync, writeFileSync } from 'node:fs';
import { distributionNames } from '../../core/cluster/distribution';
import { newestVersion } from '../../core/cluster/version';
import { CONFIG_FILE } from '../check/settings';
import { type Command, refuseOperands, UsageError } from '../command';
import { reasonOf } from '../input/find-files';
import { describeOptions, parseOptions } from '../options';

/** `bulwark init`: a settings file to start from. */
export const init: Command = {
  help: [
    'Usage: bulwark init',
    '',
    `Writes a ${CONFIG_FILE} into this folder, with what a check mostly needs, and what each setting does. Never overwrites one.`,
    '',
    describeOptions({}),
  ].join('\n'),
  options: {},
  words: [],
  run: (args, { out }) => {
    refuseOperands('init', parseOptions({}, args).operands);
    if (existsSync(CONFIG_FILE)) throw new UsageError(`there is a ${CONFIG_FILE} here: it is left as it is`);
    try {
      writeFileSync(CONFIG_FILE, initialConfig(), { flag: 'wx' });
    } catch (error) {
      throw new UsageError(`${CONFIG_FILE} could not be written: ${reasonOf(error)}`);
    }
    out(`${CONFIG_FILE} is written; next: bulwark check\n`);
    return 0;
  },
};

/** The file that `bulwark init` writes. It changes nothing but what is checked: every other setting is a comment. */
export function initialConfig(): string {
  return `# Settings of \`bulwark check\`. All of them: docs/bulwark-yaml.md of kube-bulwark.

# What is checked if the command line names nothing.
paths:
- .

# The cluster that the manifests are made for.
target:
  kubernetesVersion: "${newestVersion}"
  # One of ${distributionNames.join(', ')}.
  distribution: generic

# The least severity that fails the check: error, warning, info, never.
failOn: error

# Where images may come from, as prefixes. Without it, image-allowed is not asked.
# registries:
# - registry.acme.example

# Files and folders that are left out.
# exclude:
# - "**/testdata"

# What is waived, why, and until when.
# exceptions:
# - rule: image-digest
#   namespace: monitoring
#   image: quay.io/prometheus/*
#   reason: the vendor's chart pins tags only
#   expires: "2027-03-31"
`;
}
