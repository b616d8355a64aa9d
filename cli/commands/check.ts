import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ClusterTarget } from '../../core/cluster/target';
import { kubernetesVersions } from '../../core/cluster/version';
import { evaluate } from '../../core/policy/evaluate';
import type { Severity } from '../../core/policy/finding';
import { type CheckReport, describeInputError, fails } from '../../core/report/check-report';
import { type FormatId, formats } from '../../core/report/formats';
import type { Command } from '../command';
import { readInputs } from '../input/read-inputs';
import { ownVersion } from '../version';

export const check: Command = {
  summary: 'judge manifests by the rules',
  help: '',
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string', default: 'text' } },
    });
    const inputs = await readInputs(positionals, [], terminal);
    const target = ClusterTarget.of(kubernetesVersions.at(-1) ?? '');
    const today = new Date().toISOString().slice(0, 10);
    const report: CheckReport = {
      ...evaluate(inputs.objects, { target, today }),
      version: ownVersion(),
      files: inputs.texts.size,
      errors: inputs.errors,
      ignored: inputs.ignored,
      failOn: 'error' as Severity,
    };
    terminal.out(formats[values.format as FormatId](report, {}));
    return inputs.errors.length > 0 ? 2 : fails(report) ? 1 : 0;
  },
};
void writeFileSync;
void describeInputError;
