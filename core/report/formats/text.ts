import { groupBy } from '../../group-by';
import type { Severity } from '../../policy/finding';
import type { ReportedFinding } from '../../policy/report';
import {
  type CheckReport,
  countText,
  describeInputError,
  type FormatOptions,
  type Formatter,
  plural,
} from '../check-report';
import { describeException, shorten } from '../findings';
import { describeSkipped } from '../not-judged';
import { visible } from '../visible';

type Paint = (text: string) => string;

const escapes = { red: 31, yellow: 33, blue: 34, bold: 1, dim: 2 } as const;

type Painter = Readonly<Record<keyof typeof escapes, Paint>>;

const painterOf = (paint: (code: number) => Paint): Painter =>
  Object.fromEntries(Object.entries(escapes).map(([name, code]) => [name, paint(code)])) as Painter;

const plain = painterOf(() => (text) => text);
const coloured = painterOf((code) => (text) => `\u001b[${code}m${text}\u001b[0m`);
const painter = (colour = false): Painter => (colour ? coloured : plain);

const colours: Readonly<Record<Severity, keyof typeof escapes>> = { error: 'red', warning: 'yellow', info: 'blue' };

/** For people: by object, with the line that each finding is about. */
export const text: Formatter = (report, given) => {
  const options = withoutSecrets(report, given);
  const blocks = [
    ...groups(report.findings, options),
    ...(options.listWaived && report.waived.length > 0 ? ['Waived', ...groups(report.waived, options)] : []),
    closing(report),
  ];
  return `${blocks.join('\n\n')}\n`;
};

/** Shows no line in which a secret stands, or whose line a secret's finding names: a line may hold what many findings are about. */
function withoutSecrets({ rules, findings, waived }: CheckReport, options: FormatOptions): FormatOptions {
  const { lineOf } = options;
  const about = new Set(rules.filter(({ aboutSecrets }) => aboutSecrets).map(({ id }) => id));
  const secrets = [...findings, ...waived].filter(({ rule }) => about.has(rule));
  if (lineOf === undefined || secrets.length === 0) return options;
  const hidden = new Set<string>();
  const hide = ({ location }: ReportedFinding): void => {
    if (location !== undefined) hidden.add(`${location.line} ${location.file}`);
  };
  secrets.forEach(hide);
  // What is below the property may stand in lines of its own.
  const above = new Set(secrets.map(({ object, property, location }) => `${location?.file} ${object} ${property}`));
  for (const finding of [...findings, ...waived]) {
    const { object, location, property = '' } = finding;
    const steps = property.split(/(?=[.[])/);
    if (steps.some((_, i) => above.has(`${location?.file} ${object} ${steps.slice(0, i + 1).join('')}`))) hide(finding);
  }
  return { ...options, lineOf: (file, line) => (hidden.has(`${line} ${file}`) ? undefined : lineOf(file, line)) };
}

function groups(findings: readonly ReportedFinding[], options: FormatOptions): readonly string[] {
  const { bold } = painter(options.colour);
  const byObject = groupBy(findings, ({ object, location, construct }) => {
    const where = location?.file ?? construct;
    return [object ?? '', where === undefined || where === '' ? '' : `(${where})`].filter(Boolean).join(' ');
  });
  return [...byObject].map(([title, group]) =>
    [bold(visible(title) || 'The check itself'), ...group.map((finding) => one(finding, options))].join('\n'),
  );
}

function one(finding: ReportedFinding, { colour = false, lineOf }: FormatOptions): string {
  const paint = painter(colour);
  const { severity, rule, message, remedy, property = '', value, location, waivedBy, known, hidesLine } = finding;
  const said = value === undefined ? '' : ` = ${shorten(value)}`;
  const lines = [
    `  ${paint[colours[severity]](severity)} ${paint.bold(rule)}${known ? ' (known)' : ''}: ${visible(message)}`,
    ...(property === '' ? [] : [`    ${visible(property)}${said}`]),
  ];
  if (location !== undefined) {
    const written = lineOf?.(location.file, location.line);
    lines.push(`    ${paint.dim(visible(`${location.file}:${location.line}:${location.column}`))}`);
    if (written !== undefined && !hidesLine?.(written))
      lines.push(paint.dim(`      ${location.line} | ${clip(written)}`));
  }
  if (waivedBy === undefined) lines.push(`    -> ${visible(remedy)}`);
  else lines.push(`    waived ${visible(describeException(waivedBy))}`);
  return lines.join('\n');
}

/** Lines of manifests are short; those of minified JSON are not. */
function clip(line: string): string {
  const plain = line.slice(0, 141).replaceAll('\t', ' ').trimEnd();
  return visible(plain.length > 140 ? `${plain.slice(0, 137)}...` : plain);
}

function closing(report: CheckReport): string {
  const { objects, files, findings, waived, skipped, unasked, errors, failOn } = report;
  const known = findings.filter((finding) => finding.known).length;
  if (objects === 0 && errors.length > 0) return ['nothing was checked', ...notRead(report)].join('\n');
  const found = findings.length === 0 ? 'no findings' : plural(findings.length, 'finding');
  const parts = [countText(report), known === 0 ? '' : `${known} of them known`].filter(Boolean).join('; ');
  return [
    `${found}${parts === '' ? '' : ` (${parts})`} in ${plural(objects, 'object')} of ${plural(files, 'file')}` +
      `${waived.length === 0 ? '' : `, ${waived.length} more waived`}${failOn === 'never' ? '' : `; ${failOn}s fail the check`}`,
    ...summaryOfWaived(report),
    ...describeSkipped(skipped),
    ...unasked.map(({ rule, reason }) => visible(`not asked: ${rule}, because ${reason}`)),
    ...notRead(report),
  ].join('\n');
}

function notRead({ ignored, errors }: CheckReport): readonly string[] {
  return [
    ...(ignored.length === 0 ? [] : [visible(`not read as manifests: ${ignored.join(', ')}`)]),
    ...(errors.length === 0
      ? []
      : [
          `not read, for ${plural(errors.length, 'fault')}:`,
          ...errors.map((error) => `  ${describeInputError(error)}`),
        ]),
  ];
}

/** Every report says what was waived, why and until when: one line an exception. */
function summaryOfWaived({ waived }: CheckReport): readonly string[] {
  const lines = new Map<string, number>();
  for (const { rule, waivedBy } of waived) {
    if (waivedBy === undefined) continue;
    const line = `${rule} ${describeException(waivedBy)}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines].map(([line, count]) => `waived: ${count} ${visible(line)}`);
}
