import type { Severity } from '../../policy/finding';
import { countBySeverity, type ReportedFinding, severities } from '../../policy/report';
import { type CheckReport, countText, describeInputError, type Formatter, fails, plural } from '../check-report';
import { describeException, shorten } from '../findings';
import { visible } from '../visible';

/** What GitHub takes of a comment, less what the closing words need. */
const LONGEST = 60_000;

const signs: Readonly<Record<Severity, string>> = { error: '🔴', warning: '🟡', info: '🔵' };

/** A comment for a pull request. It is cut before it is longer than GitHub takes, and says how much is left out. */
export const markdown: Formatter = (report) => {
  const open = report.findings.filter(({ known }) => !known);
  const known = report.findings.length - open.length;
  const parts = [
    heading(report),
    `${plural(report.objects, 'object')} of ${plural(report.files, 'file')}${known > 0 ? `; ${known} known findings are not listed` : ''}.`,
  ];
  let length = parts.join('').length;
  let shown = 0;
  const ranked = severities.flatMap((severity) => open.filter((finding) => finding.severity === severity));
  const rows: string[] = [];
  for (const finding of ranked) {
    const row = rowOf(finding);
    if (length + row.length > LONGEST) break;
    length += row.length + 1;
    rows.push(row);
    shown++;
  }
  if (rows.length > 0) parts.push(['| | Rule | Object | Finding | Fix |', '|---|---|---|---|---|', ...rows].join('\n'));
  if (shown < ranked.length) parts.push(`… and ${ranked.length - shown} more: run \`bulwark check\`.`);
  if (report.waived.length > 0) parts.push(waivedOf(report));
  if (report.errors.length > 0)
    parts.push(`**Not read:**\n\n${report.errors.map((error) => `- ${code(describeInputError(error))}`).join('\n')}`);
  return `${parts.join('\n\n')}\n`;
};

function heading(report: CheckReport): string {
  const open = report.findings.filter(({ known }) => !known);
  const counts = countBySeverity(open);
  const total = counts.error + counts.warning + counts.info;
  const verdict = report.errors.length > 0 ? 'not everything could be read' : fails(report) ? 'failed' : 'passed';
  return `### kube-bulwark: ${verdict}${total === 0 ? ', no findings' : `, ${countText({ findings: open })}`}`;
}

function rowOf({
  severity,
  rule,
  object = '',
  property = '',
  value,
  message,
  remedy,
  location,
}: ReportedFinding): string {
  const where = [object, location === undefined ? '' : `${location.file}:${location.line}`].filter(Boolean).map(code);
  const what = property === '' ? '' : `<br>${code(`${property}${value === undefined ? '' : ` = ${shorten(value)}`}`)}`;
  return `| ${signs[severity]} | ${code(rule)} | ${where.join('<br>')} | ${plain(message)}${what} | ${plain(remedy)} |`;
}

function waivedOf({ waived }: CheckReport): string {
  const lines = new Map<string, number>();
  for (const { rule, waivedBy } of waived) {
    if (waivedBy === undefined) continue;
    const line = `${code(rule)} ${describeException(waivedBy, plain)}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  const list = [...lines].map(([line, count]) => `- ${count} × ${line}`).join('\n');
  return `<details><summary>${waived.length} waived</summary>\n\n${list}\n\n</details>`;
}

/** Text from manifests: nothing in it is markup, a mention or a new cell. */
function plain(text: string): string {
  return visible(text.replace(/\s+/g, ' ')).replace(/[\\`*_{}[\]<>#|~!@]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function code(text: string): string {
  const quiet = visible(text.replace(/\s+/g, ' ')).replace(/[`|<>&@]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<code>${quiet}</code>`;
}
