import type { Json } from '../manifest/object';
import { messageOf } from '../message-of';
import type { ReportedFinding } from '../policy/report';
import type { CheckReport } from './check-report';

/** How often each finding is known, by its fingerprint. */
export type Baseline = ReadonlyMap<string, number>;

/** The findings of a report as a text to keep: one line a fingerprint, in order, so that a change of it can be reviewed. */
export function writeBaseline({ findings }: CheckReport): string {
  const counts = new Map<string, number>();
  for (const { fingerprint } of findings) {
    const text = fingerprint();
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const lines = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([text, count]) => `  ${JSON.stringify(text)}: ${count}`);
  return `{\n"baseline": 1,\n"findings": {\n${lines.join(',\n')}\n}\n}\n`;
}

/** Reads what {@link writeBaseline} wrote; a text is why it is no baseline. */
export function readBaseline(text: string): Baseline | string {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is no JSON: ${messageOf(error)}`;
  }
  const { baseline, findings } = (value ?? {}) as { readonly baseline?: Json; readonly findings?: Json };
  if (baseline !== 1 || typeof findings !== 'object' || findings === null || Array.isArray(findings))
    return 'it was not written by --write-baseline: it has no "baseline": 1 and no mapping of findings';
  const entries = Object.entries(findings as Readonly<Record<string, Json>>);
  const wrong = entries.find(([, count]) => !Number.isInteger(count) || Number(count) < 1);
  if (wrong) return `the count of ${JSON.stringify(wrong[0])} is no whole number above zero`;
  return new Map(entries.map(([key, count]) => [key, Number(count)]));
}

/** The report with the findings marked that are known: of each kind, as many as the baseline counts. */
export function withBaseline<T extends { readonly findings: readonly ReportedFinding[] }>(
  report: T,
  baseline: Baseline,
): T {
  const left = new Map(baseline);
  const findings = report.findings.map((finding): ReportedFinding => {
    const key = finding.fingerprint();
    const count = left.get(key) ?? 0;
    if (count === 0) return finding;
    left.set(key, count - 1);
    return { ...finding, known: true };
  });
  return { ...report, findings };
}
