import { readBaseline, withBaseline } from '../../core/report/baseline';
import type { CheckReport } from '../../core/report/check-report';
import { UsageError } from '../command';
import { readText } from '../input/read-text';

/** The report with its known findings marked. @throws UsageError for a file that is no baseline. */
export function withBaselineFile(report: CheckReport, path: string): CheckReport {
  const read = readText(path);
  if ('reason' in read) throw new UsageError(`${path}: ${read.reason}; --write-baseline ${path} makes one`);
  const baseline = readBaseline(read.text);
  if (typeof baseline === 'string') throw new UsageError(`${path}: ${baseline}`);
  return withBaseline(report, baseline);
}
