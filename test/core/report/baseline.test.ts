import { readBaseline, withBaseline, writeBaseline } from '../../../core/report/baseline';
import { fails } from '../../../core/report/check-report';
import { sampleReport } from './formats/sample';

const written = writeBaseline(sampleReport());
const baseline = readBaseline(written);
if (typeof baseline === 'string') throw new Error(baseline);

describe('a baseline', () => {
  it('is a line a finding, in order', () => {
    expect(written).toMatchSnapshot();
  });

  it('knows what it was made of', () => {
    const report = withBaseline(sampleReport(), baseline);
    expect(report.findings.every(({ known }) => known)).toBe(true);
    expect(fails(report)).toBe(false);
  });

  it('counts: one more of the same is new', () => {
    const { findings, ...rest } = sampleReport();
    const report = withBaseline({ ...rest, findings: [...findings, ...findings] }, baseline);
    expect(report.findings.filter(({ known }) => known)).toHaveLength(findings.length);
    expect(fails(report)).toBe(true);
  });

  it.each([
    '',
    '[]',
    'null',
    '{"baseline": 2, "findings": {}}',
    '{"baseline": 1, "findings": []}',
    '{"baseline": 1, "findings": {"a": 0}}',
  ])('is not %j', (text) => {
    expect(typeof readBaseline(text)).toBe('string');
  });
});
