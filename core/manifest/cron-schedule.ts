interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: ['', ...months] },
  { name: 'day of week', from: 0, to: 6, words: days },
];

/** A duration of Go's: `90m`, `1h30m`, `1.5h`. */
const every = /^@every (?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/;

const words = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/**
 * What is wrong with the schedule of a CronJob, as kube-controller-manager reads it; undefined where nothing is.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function cronScheduleFault(schedule: string): string | undefined {
  const text = schedule.trim();
  if (/(^|\s)(CRON_)?TZ=/.test(text)) return 'a schedule names no time zone: set timeZone';
  if (text.startsWith('@')) {
    // Spaces around it are refused, too.
    return words.has(schedule) || every.test(schedule) ? undefined : `${JSON.stringify(schedule)} is no schedule word`;
  }
  const parts = text.split(/\s+/);
  if (parts.length !== fields.length)
    return `a schedule has five fields, this one has ${text === '' ? 0 : parts.length}`;
  for (const [i, field] of fields.entries()) {
    const part = parts[i] ?? '';
    const wrong = part.split(',').find((range) => !isRange(range, field));
    if (wrong !== undefined) return `${JSON.stringify(wrong)} is no ${field.name} (${field.from}-${field.to})`;
  }
  return undefined;
}

function isRange(text: string, field: Field): boolean {
  const [range = '', step, ...rest] = text.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*' || range === '?') return true;
  const [low, high, ...more] = range.split('-').map((value) => numberOf(value, field));
  if (more.length > 0 || low === undefined) return false;
  return range.includes('-') ? high !== undefined && low <= high : true;
}

function numberOf(text: string, field: Field): number | undefined {
  const word = field.words?.indexOf(text.toLowerCase()) ?? -1;
  const value = text !== '' && word >= 0 ? word : /^\d+$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= field.from && value <= field.to ? value : undefined;
}

/**
 * Whether the tz database has a zone of that name, in that case: to the API server names are files. `Local` is the controller's own: it says nothing, and
 * the API server refuses it.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Z][^/]*(?:\/[A-Z0-9][^/]*)*$/.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
