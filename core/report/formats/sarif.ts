import type { Finding, Severity } from '../../policy/finding';
import { podSecurityCheckOf } from '../../policy/frameworks';
import type { ReportedFinding } from '../../policy/report';
import type { Rule } from '../../policy/rule';
import { ruleById } from '../../policy/rules';
import type { CheckReport, FormatOptions, Formatter, InputError } from '../check-report';
import { describeException } from '../findings';
import { textEdits } from './text-edits';

/** SARIF 2.1.0, as GitHub code scanning reads it. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const sarif: Formatter = (report, options) => `${JSON.stringify(sarifLog(report, options), undefined, 1)}\n`;

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Readonly<
  Record<Severity, string>
>;

/** What GitHub sorts by, out of 10. */
const scores: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.0', info: '2.0' };

/** The log as an object. */
export function sarifLog(report: CheckReport, options: FormatOptions) {
  const all = [...report.findings, ...report.waived];
  const rules = rulesOf(report, all);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0' as const,
    runs: [
      {
        tool: {
          driver: {
            name: 'kube-bulwark',
            semanticVersion: report.version,
            rules: rules.map(describeRule),
          },
        },
        columnKind: 'utf16CodeUnits' as const,
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            toolExecutionNotifications: report.errors.map(notification),
          },
        ],
        results: all.map((finding) => result(finding, indices.get(finding.rule) ?? -1, options)),
      },
    ],
  };
}

/** Every rule that was asked, and those of the evaluation that found something. */
function rulesOf({ rules }: CheckReport, findings: readonly Finding[]): readonly Rule[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { rule } of findings) {
    const found = ruleById(rule);
    if (found && !known.has(rule)) known.set(rule, found);
  }
  return [...known.values()];
}

function describeRule({ id, title, severity, why, fix, podSecurity }: Rule) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${fix}`, markdown: `${why}\n\n**Fix:** ${fix}` },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', 'kubernetes', ...(podSecurity === undefined ? [] : [`pss-${podSecurity}`])],
      'security-severity': scores[severity],
    },
  };
}

function result(finding: ReportedFinding, ruleIndex: number, options: FormatOptions) {
  const { rule, severity, message, remedy, property, waivedBy, object, location, known, value } = finding;
  const check = podSecurityCheckOf(finding);
  const edits = textEdits(finding, options.lineOf);
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: levels[severity],
    message: { text: `${object === undefined ? '' : `${object}: `}${message}\nFix: ${remedy}` },
    locations: [
      {
        ...(location && {
          physicalLocation: {
            artifactLocation: { uri: uriOf(location.file) },
            region: { startLine: location.line, startColumn: location.column, ...endOfLine(finding, options) },
          },
        }),
        ...(object !== undefined && {
          logicalLocations: [
            { name: object, fullyQualifiedName: `${object} ${property ?? ''}`.trim(), kind: 'object' },
          ],
        }),
      },
    ],
    partialFingerprints: { 'kubeBulwark/v1': finding.fingerprint() },
    ...(waivedBy && {
      suppressions: [
        {
          kind: location?.file === undefined || property === undefined ? ('external' as const) : ('inSource' as const),
          status: 'accepted' as const,
          justification: describeException(waivedBy),
        },
      ],
    }),
    ...(known && { baselineState: 'unchanged' as const }),
    ...(location &&
      edits && {
        fixes: [
          {
            description: { text: remedy },
            artifactChanges: [
              {
                artifactLocation: { uri: uriOf(location.file) },
                replacements: edits.map(({ region, text }) => ({ deletedRegion: region, insertedContent: { text } })),
              },
            ],
          },
        ],
      }),
    properties: {
      ...(property !== undefined && { path: property }),
      ...(value !== undefined && { value }),
      ...(check !== undefined && { podSecurityCheck: check }),
    },
  };
}

/** The rest of the line: what stands there is what the finding is about. */
function endOfLine({ location }: Finding, { lineOf }: FormatOptions): { readonly endColumn?: number } {
  const line = location && lineOf?.(location.file, location.line);
  return line === undefined || location === undefined || line.length < location.column
    ? {}
    : { endColumn: line.length + 1 };
}

/** A file as a URI reference: relative paths stay relative, so that they resolve in the repository. */
function uriOf(file: string): string {
  if (file === '<stdin>') return 'stdin';
  const encoded = file
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}

function notification({ file, line, column, reason }: InputError) {
  return {
    level: 'error' as const,
    message: { text: reason },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          ...(line !== undefined && { region: { startLine: line, startColumn: column ?? 1 } }),
        },
      },
    ],
  };
}
