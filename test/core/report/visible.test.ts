import { describeFindings, describeSummary } from '../../../core/report';
import { describeInputError } from '../../../core/report/check-report';
import { formatterOf } from '../../../core/report/formats';
import { visible } from '../../../core/report/visible';
import { sampleReport } from './formats/sample';

const attack = 'x\n::stop-commands::y\n\nno findings\u001b[2J\u009b2J\u007f\r\u202e\u2028';
const hidden = /[\p{Cc}\u202a-\u202e\u2028\u2029]/u;

/** The same data with the attack at the end of each of its texts. */
function attacked<T>(data: T): T {
  if (typeof data === 'string') return `${data}${attack}` as T;
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(attacked) as T;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, ['severity', 'rule'].includes(key) ? value : attacked(value)]),
  ) as T;
}

describe('visible', () => {
  it('writes what nobody sees as an escape, and leaves the rest', () => {
    expect(visible('a\n\t\u001b[2J\u202e\u{e0041}')).toBe('a\\n\\t\\u{1b}[2J\\u{202e}\\u{e0041}');
    expect(visible('żółw 🐢 "x" \\n')).toBe('żółw 🐢 "x" \\n');
  });
});

describe('no text from a manifest', () => {
  const { findings, waived, ...rest } = sampleReport();
  const report = { ...rest, findings: attacked(findings), waived: attacked(waived), skipped: attacked(rest.skipped) };
  const options = { lineOf: () => attack, listWaived: true };

  it.each(['text', 'markdown'] as const)('forges a line of %s', (format) => {
    const honest = formatterOf(format)(
      { ...report, findings, waived, skipped: rest.skipped },
      { ...options, lineOf: () => 'a' },
    );
    const text = formatterOf(format)(
      { ...report, errors: attacked(rest.errors), ignored: attacked(rest.ignored) },
      options,
    );
    expect(text).toContain('stop-commands');
    for (const line of text.split('\n')) expect(line).not.toMatch(hidden);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text.split('\n')).toHaveLength(honest.split('\n').length);
  });

  it('forges a line of what synthesis says', () => {
    const reason = describeInputError({ file: attack, reason: attack });
    const finding = attacked({
      rule: 'privileged',
      severity: 'error' as const,
      message: 'a',
      remedy: 'b',
      value: 'c',
      object: 'd',
    });
    const waivedBy = attacked({ rule: 'privileged', reason: 'e', expires: '2026-12-31', ticket: 'f' });
    const summary = describeSummary({
      outdir: 'dist',
      dryRun: false,
      files: { written: 1, unchanged: 0, removed: 0 },
      edited: [attack],
      kinds: { [attack]: 1 },
      workloads: [attack],
      connections: [attacked({ from: 'a', to: 'b', ports: 'c' })],
      skipped: [attacked({ apiVersion: 'a', kind: 'b', count: 1 })],
      findings: [finding, { ...finding, waivedBy, construct: attack }],
      requiredPolicies: [],
      milliseconds: 0,
      next: [],
    });
    for (const line of [
      ...describeFindings([{ ...finding, construct: attack }]).split('\n'),
      reason,
      ...summary.split('\n'),
    ]) {
      expect(line).not.toMatch(hidden);
      expect(line).not.toMatch(/^\s*::/);
    }
  });
});
