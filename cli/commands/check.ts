import { writeFileSync } from 'node:fs';
import { evaluate } from '../../core/policy/evaluate';
import { writeBaseline } from '../../core/report/baseline';
import { type CheckReport, describeInputError, fails, plural } from '../../core/report/check-report';
import { formatterOf } from '../../core/report/formats';
import type { FormatId } from '../../core/report/formats/ids';
import { withBaselineFile } from '../check/baseline-file';
import { checkOptions } from '../check/options';
import { progressOn } from '../check/progress';
import { settingsOf } from '../check/settings';
import { type Command, type ExitCode, type Terminal, UsageError } from '../command';
import { reasonOf } from '../input/find-files';
import { type Inputs, readInputs } from '../input/read-inputs';
import { describeOptions, type OptionValues, parseOptions } from '../options';
import { ownVersion } from '../version';

/** `bulwark check`: judges manifests, whoever wrote them. */
export const check: Command = {
  help: [
    'Usage: bulwark check [options] [paths…]',
    '',
    'Judges Kubernetes manifests by the rules of kube-bulwark. Paths are files, folders (all .yaml, .yml and .json below',
    'them), patterns in quotes, or - for standard input. Needs no cluster and no network.',
    '',
    '  helm template … | bulwark check -',
    '  kustomize build | bulwark check -',
    '',
    `${describeOptions(checkOptions)}`,
    'The report goes to standard output, everything else to standard error.',
    'Exit codes: 0 nothing that fails the check; 1 findings; 2 a wrong command line or settings, or input that could not be',
    'read (the rest is checked and reported all the same).',
    '',
  ].join('\n'),
  options: checkOptions,
  run: async (args, terminal) => {
    const { values, operands } = parseOptions(checkOptions, args);
    const settings = settingsOf({ values, paths: operands });
    const progress = progressOn(terminal, values.quiet ?? false);
    const inputs = await readInputs(settings.paths, settings.exclude, terminal, progress.show);
    progress.end();
    const plain: CheckReport = {
      ...evaluate(inputs.objects, settings.evaluation),
      version: ownVersion(),
      files: inputs.texts.size,
      errors: inputs.errors,
      ignored: inputs.ignored,
      failOn: settings.failOn,
    };
    const report = values.baseline === undefined ? plain : withBaselineFile(plain, values.baseline);
    // The text says it, too: once is enough for whoever reads it.
    if (values.output !== undefined || (values.format ?? 'text') !== 'text' || values['write-baseline'] !== undefined)
      for (const error of inputs.errors) terminal.err(`bulwark: ${describeInputError(error)}\n`);
    const code: ExitCode = inputs.errors.length > 0 ? 2 : fails(report) ? 1 : 0;
    if (values['write-baseline'] !== undefined) {
      if (code === 2) {
        terminal.err(
          `bulwark: ${values['write-baseline']} is not written: what could not be read would be missing in it\n`,
        );
        return 2;
      }
      write(values['write-baseline'], writeBaseline(report));
      terminal.err(`bulwark: ${plural(report.findings.length, 'finding')} written to ${values['write-baseline']}\n`);
      return 0;
    }
    publish(report, inputs, values, terminal);
    return code;
  },
};

function publish(
  report: CheckReport,
  { texts }: Inputs,
  { format = 'text', output, quiet = false, ...values }: OptionValues<typeof checkOptions>,
  terminal: Terminal,
): void {
  const text = formatterOf(format as FormatId)(report, {
    colour: output === undefined && terminal.colour,
    listWaived: values['list-waived'],
    lineOf: linesOf(texts),
  });
  if (output !== undefined) write(output, text);
  else if (
    !(
      quiet &&
      format === 'text' &&
      report.findings.length === 0 &&
      report.errors.length === 0 &&
      report.skipped.length === 0
    )
  )
    terminal.out(text);
}

/** Lines of the texts that were read. Each text is cut up when it is first asked for. */
function linesOf(texts: ReadonlyMap<string, string>): (file: string, line: number) => string | undefined {
  const cut = new Map<string, readonly string[]>();
  return (file, line) => {
    let lines = cut.get(file);
    if (lines === undefined) {
      lines = texts.get(file)?.split(/\r\n?|\n/) ?? [];
      cut.set(file, lines);
    }
    return lines[line - 1];
  };
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`${path} could not be written: ${reasonOf(error)}`);
  }
}
