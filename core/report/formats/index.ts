import type { Formatter } from '../check-report';
import type { FormatId } from './ids';

/** Every form of a report: one line each. A check loads the one that it needs. */
const loaders: Readonly<Record<FormatId, () => Formatter>> = {
  text: () => (require('./text') as typeof import('./text')).text,
  json: () => (require('./json') as typeof import('./json')).json,
  sarif: () => (require('./sarif') as typeof import('./sarif')).sarif,
  junit: () => (require('./junit') as typeof import('./junit')).junit,
  markdown: () => (require('./markdown') as typeof import('./markdown')).markdown,
  policyreport: () => (require('./policy-report') as typeof import('./policy-report')).policyReport,
};

/** The form of that name. */
export function formatterOf(format: FormatId): Formatter {
  return loaders[format]();
}
