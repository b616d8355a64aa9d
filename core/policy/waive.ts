import type { ScopedException, SecurityException } from './exception';
import type { Finding } from './finding';
import { nearestRuleId, ruleById } from './rules';
import { longestException } from './rules/declaration/exception-long';

/** Findings after exceptions: those waived say by which, and faulty, expired, long and unused exceptions are findings themselves. */
export function waive(
  findings: readonly Finding[],
  exceptions: readonly ScopedException[],
  today: string,
): readonly Finding[] {
  const used = new Set<SecurityException>();
  const valid = new Map<string, ScopedException[]>();
  const problems: Finding[] = [];
  for (const scoped of exceptions) {
    const fault = exceptionFault(scoped.exception, today);
    if (fault) {
      problems.push({ ...fault, rule: 'exception-valid', severity: 'error', construct: scoped.construct });
      continue;
    }
    const { rule, expires } = scoped.exception;
    const days = daysBetween(today, expires);
    if (days > longestException) {
      problems.push({
        rule: 'exception-long',
        severity: 'warning',
        construct: scoped.construct,
        property: 'exceptions.expires',
        value: expires,
        message: `the exception to ${rule} holds for another ${days} days`,
        remedy: `set a day within ${longestException} days, and judge it anew then`,
      });
    }
    const known = valid.get(rule);
    if (known) known.push(scoped);
    else valid.set(rule, [scoped]);
  }
  const result = findings.map((finding) => {
    const scoped = valid.get(finding.rule)?.find((candidate) => covers(candidate, finding));
    if (!scoped) return finding;
    used.add(scoped.exception);
    return { ...finding, waivedBy: scoped.exception };
  });
  for (const { construct, exception } of [...valid.values()].flat()) {
    if (used.has(exception)) continue;
    problems.push({
      rule: 'exception-unused',
      severity: 'warning',
      construct,
      property: 'exceptions',
      value: exception.rule,
      message: `nothing here breaks the rule ${exception.rule}${exception.container === undefined ? '' : ` in container ${exception.container}`}`,
      remedy: 'remove the exception: it would hide what comes later',
    });
  }
  return [...result, ...problems];
}

function covers({ construct, exception }: ScopedException, finding: Finding): boolean {
  const within =
    construct === '' || finding.construct === construct || finding.construct?.startsWith(`${construct}/`) === true;
  return within && (exception.container === undefined || exception.container === finding.container);
}

type Fault = Pick<Finding, 'property' | 'value' | 'message' | 'remedy'>;

/** What a reason is made of: neither dots nor characters that nobody sees. */
const readable = /[\p{L}\p{N}]/gu;

/** @param given typed, but plain JavaScript may give anything */
function exceptionFault(given: SecurityException, today: string): Fault | undefined {
  const exception: Readonly<Partial<Record<keyof SecurityException, unknown>>> | undefined = isRecord(given)
    ? given
    : undefined;
  if (typeof exception?.rule !== 'string') {
    return {
      property: 'exceptions',
      value: given,
      message: exception ? 'the exception names no rule' : 'this is no exception',
      remedy: "give a list of exceptions, each as { rule: '…', reason: '…', expires: 'YYYY-MM-DD' }",
    };
  }
  if (!isDay(today)) {
    return {
      property: 'today',
      value: today,
      message: 'exceptions are judged against no day of the calendar, so that none would ever end',
      remedy: 'write the day as YYYY-MM-DD, or leave today out',
    };
  }
  const rule = ruleById(exception.rule);
  if (!rule) {
    const nearest = nearestRuleId(exception.rule);
    return {
      property: 'exceptions',
      value: exception.rule,
      message: `there is no rule ${JSON.stringify(exception.rule)}`,
      remedy: nearest === undefined ? 'take the id from the finding that it should waive' : `did you mean ${nearest}?`,
    };
  }
  if (rule.waivable === false) {
    return {
      property: 'exceptions',
      value: exception.rule,
      message: `no exception can make the rule ${rule.id} right: ${rule.why}`,
      remedy: rule.fix,
    };
  }
  if (typeof exception.reason !== 'string' || (exception.reason.match(readable)?.length ?? 0) < 10) {
    return {
      property: 'exceptions.reason',
      value: exception.reason,
      message: `the exception to ${rule.id} has no reason that anybody could judge`,
      remedy: 'say in a sentence why the rule cannot be kept here',
    };
  }
  if (!isDay(exception.expires)) {
    return {
      property: 'exceptions.expires',
      value: exception.expires,
      message: `the exception to ${rule.id} ends on no day of the calendar`,
      remedy: 'write the last day on which it holds as YYYY-MM-DD',
    };
  }
  if (exception.expires < today) {
    return {
      property: 'exceptions.expires',
      value: exception.expires,
      message: `the exception to ${rule.id} ended on ${exception.expires}; its reason was: ${exception.reason}`,
      remedy: 'mend what it excused, or set a later day after judging it anew',
    };
  }
  return undefined;
}

function isRecord(value: unknown): value is SecurityException {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
