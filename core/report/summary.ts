import { writeYaml } from '../manifest/yaml/write';
import type { Connection, RequiredPolicy } from '../network/connection';
import type { Finding } from '../policy/finding';
import type { SkippedKind } from '../policy/report';
import { plural } from './check-report';
import { describeException } from './findings';
import type { NextStep } from './next-steps';
import { describeSkipped } from './not-judged';
import { visible } from './visible';

/** What a synthesis made, as plain data. */
export interface SynthesisSummary {
  /** Where the files are. */
  readonly outdir: string;
  /** True where nothing was written: it says what would be. */
  readonly dryRun: boolean;
  readonly files: { readonly written: number; readonly unchanged: number; readonly removed: number };
  /** Files that someone had edited since the last run, and that were written anew. */
  readonly edited: readonly string[];
  /** How many objects of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly workloads: readonly string[];
  readonly connections: readonly Connection[];
  /** Objects of kinds that no rule knows and that hold no pods. */
  readonly skipped: readonly SkippedKind[];
  /** Every finding that did not stop the synthesis, those waived among them. */
  readonly findings: readonly Finding[];
  /** What the owners of other namespaces must add. */
  readonly requiredPolicies: readonly RequiredPolicy[];
  readonly milliseconds: number;
  /** What to try next, the most useful first. */
  readonly next: readonly NextStep[];
}

/** The summary as text for people. */
export function describeSummary(summary: SynthesisSummary): string {
  const { files, kinds, workloads, connections, findings } = summary;
  const objects = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const waived = findings.filter(({ waivedBy }) => waivedBy);
  const open = findings.filter(({ waivedBy }) => !waivedBy);
  const sections = [
    `${plural(objects, 'object')} in ${plural(files.written + files.unchanged, 'file')} under ${summary.outdir} in ${Math.round(summary.milliseconds)} ms` +
      (summary.dryRun
        ? ` (dry run: ${files.written} would be written, ${files.unchanged} are current, ${files.removed} would be removed)`
        : ` (${files.written} written, ${files.unchanged} unchanged, ${files.removed} removed)`),
    list(
      'Objects',
      Object.keys(kinds)
        .sort()
        .map((kind) => `${String(kinds[kind]).padStart(4)} ${visible(kind)}`),
    ),
    list(
      `Workloads (${workloads.length})`,
      workloads.map((name) => `  ${visible(name)}`),
    ),
    list(
      `Connections (${connections.length}) that were declared; policies of your own and patches may open more`,
      connections.map(({ from, to, ports, until }) =>
        visible(`  ${from} -> ${to} :${ports}${until === undefined ? '' : `, until ${until}`}`),
      ),
    ),
    list(
      `Findings (${open.length}), none of which stops a deployment`,
      byRule(open, ({ message }) => message),
    ),
    list(
      `Waived (${waived.length})`,
      byRule(
        waived,
        ({ waivedBy }) => (waivedBy ? describeException(waivedBy) : ''),
        ({ construct }) => construct || 'the app',
      ),
    ),
    ...describeSkipped(summary.skipped).map(capitalized),
    list(
      'Edited by hand since the last run, and written anew',
      summary.edited.map((path) => `  ${visible(path)}`),
    ),
    ...summary.requiredPolicies.map(
      ({ namespace, why, policy }) =>
        `For the owner of namespace ${visible(`${namespace} (${why})`)}, if it denies traffic by default:\n${indent(writeYaml(policy))}`,
    ),
    list(
      'What to try next',
      summary.next.map(({ what, how }) => `  ${what}:\n    ${how}`),
    ),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}\n${lines.join('\n')}`;
}

/**
 * One line a rule and text, with how often it stands.
 * @param place where each is, listed below the line. @default - not listed
 */
function byRule(
  findings: readonly Finding[],
  text: (finding: Finding) => string,
  place?: (finding: Finding) => string,
): string[] {
  const lines = new Map<string, string[]>();
  for (const finding of findings) {
    const line = `${finding.severity.padEnd(7)} ${visible(`${finding.rule}: ${text(finding)}`)}`;
    const places = lines.get(line) ?? [];
    places.push(place?.(finding) ?? '');
    lines.set(line, places);
  }
  return [...lines].map(([line, places]) => {
    const counted = `${String(places.length).padStart(4)} ${line}`;
    return place ? `${counted}\n     ${visible([...new Set(places)].join(', '))}` : counted;
  });
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
