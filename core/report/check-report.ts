import type { Severity } from '../policy/finding';
import { countBySeverity, type FailLevel, isAtLeast, type Report } from '../policy/report';
import { visible } from './visible';

/** Something that could not be read. */
export interface InputError {
  readonly file: string;
  /** Absent where the file as a whole could not be read. */
  readonly line?: number;
  readonly column?: number;
  readonly reason: string;
}

/** What `bulwark check` reports: what was judged, and what could not be. */
export interface CheckReport extends Report {
  /** The version of kube-bulwark. */
  readonly version: string;
  /** How many files were read, standard input being one. */
  readonly files: number;
  /** What could not be read; the rest was judged all the same. */
  readonly errors: readonly InputError[];
  /** Files in folders that hold no Kubernetes objects, such as values of a chart. */
  readonly ignored: readonly string[];
  /** The least severity that fails the check. */
  readonly failOn: FailLevel;
}

/** How a check is shown. */
export interface FormatOptions {
  /** Colours by ANSI escapes. @default false */
  readonly colour?: boolean;
  /** Lists each waived finding in text. @default false */
  readonly listWaived?: boolean;
  /** A line of a source, for excerpts; undefined where it is not at hand. @default - no excerpts */
  readonly lineOf?: (file: string, line: number) => string | undefined;
}

/** Makes a text of a report. */
export type Formatter = (report: CheckReport, options: FormatOptions) => string;

/** Whether a report fails a check: something new weighs as much as `failOn`. */
export function fails({ findings, failOn }: CheckReport): boolean {
  return failOn !== 'never' && findings.some(({ severity, known }) => !known && isAtLeast(severity, failOn));
}

/** `3 errors, 1 warning`: the counts that are not zero. */
export function countText(report: Pick<Report, 'findings'>): string {
  const counts = countBySeverity(report.findings);
  return (Object.keys(counts) as Severity[])
    .filter((severity) => counts[severity] > 0)
    .map((severity) => plural(counts[severity], severity === 'info' ? 'note' : severity))
    .join(', ');
}

/** `1 object`, `2 objects`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `web.yaml:3:7: reason`, as compilers write it. */
export function describeInputError({ file, line, column, reason }: InputError): string {
  return visible(`${file}${line === undefined ? '' : `:${line}:${column}`}: ${reason}`);
}

/** All of them, a line each. */
export function describeInputErrors(errors: readonly InputError[]): string {
  return errors.map(describeInputError).join('\n');
}
