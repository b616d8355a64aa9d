import { isMapping } from '../manifest/plain';
import type { ScopedException, SecurityException } from './exception';
import type { Finding } from './finding';
import type { Rule } from './rule';
import { nearestRuleId, ruleById } from './rules';
import { longestException } from './rules/declaration/exception-long';

/** An exception, what it covers, and where it is written. */
export interface PlacedException {
  readonly exception: SecurityException;
  /** Whether it covers a finding of its rule. */
  readonly covers: (finding: Finding) => boolean;
  /** Where what is wrong with it is reported. */
  readonly place: Pick<Finding, 'construct' | 'object' | 'location'>;
  /** The property that holds it. @default 'exceptions' */
  readonly property?: string;
}

/** Findings after exceptions: those waived say by which, and faulty, expired, long and unused exceptions are findings themselves. */
export function waive(
  findings: readonly Finding[],
  exceptions: readonly ScopedException[],
  today: string,
): readonly Finding[] {
  const placed = exceptions.map(
    ({ construct, exception }): PlacedException => ({
      exception,
      covers: (finding) =>
        construct === '' || finding.construct === construct || finding.construct?.startsWith(`${construct}/`) === true,
      place: { construct },
    }),
  );
  return waiveBy(findings, placed, today);
}

/**
 * The same for exceptions that say themselves what they cover.
 * @param asked - whether a rule was asked: an exception to another may be of use in another run. @default - all were
 */
export function waiveBy(
  findings: readonly Finding[],
  exceptions: readonly PlacedException[],
  today: string,
  asked: (rule: string) => boolean = () => true,
): readonly Finding[] {
  const used = new Set<SecurityException>();
  const valid = new Map<string, PlacedException[]>();
  const problems: Finding[] = [];
  for (const placed of exceptions) {
    const { exception, place, property = 'exceptions' } = placed;
    const fault = exceptionFault(exception, today);
    if (fault) {
      const at = fault.property.replace(/^exceptions(?=$|\.)/, property);
      problems.push({ ...fault, property: at, rule: 'exception-valid', severity: 'error', ...place });
      continue;
    }
    const { rule, expires } = exception;
    const days = daysBetween(today, expires);
    if (days > longestException) {
      problems.push({
        rule: 'exception-long',
        severity: 'warning',
        ...place,
        property: `${property}.expires`,
        value: expires,
        message: `the exception to ${rule} holds for another ${days} days`,
        remedy: `set a day within ${longestException} days, and judge it anew then`,
      });
    }
    const known = valid.get(rule);
    if (known) known.push(placed);
    else valid.set(rule, [placed]);
  }
  const result = findings.map((finding) => {
    const placed = valid.get(finding.rule)?.find((candidate) => covers(candidate, finding));
    if (!placed) return finding;
    used.add(placed.exception);
    return { ...finding, waivedBy: placed.exception };
  });
  for (const placed of [...valid.values()].flat()) {
    const { exception, place, property = 'exceptions' } = placed;
    if (used.has(exception) || !asked(exception.rule)) continue;
    problems.push({
      rule: 'exception-unused',
      severity: 'warning',
      ...place,
      property,
      value: exception.rule,
      message: `nothing here breaks the rule ${exception.rule}${exception.container === undefined ? '' : ` in container ${exception.container}`}`,
      remedy: 'remove the exception: it would hide what comes later',
    });
  }
  return [...result, ...problems];
}

function covers(placed: PlacedException, finding: Finding): boolean {
  const { container } = placed.exception;
  return placed.covers(finding) && (container === undefined || container === finding.container);
}

/** What is wrong with an exception, and how to mend it. */
export type ExceptionFault = Pick<Finding, 'value' | 'message' | 'remedy'> & { readonly property: string };

/** What a reason is made of: neither dots nor characters that nobody sees. */
const readable = /[\p{L}\p{N}]/gu;

/**
 * What is wrong with an exception; undefined where nothing is.
 * @param given - typed, but plain JavaScript may give anything
 * @param ruleOf - finds a rule by its id. @default - among ours
 */
export function exceptionFault(
  given: SecurityException,
  today: string,
  ruleOf: (id: string) => Rule | undefined = ruleById,
): ExceptionFault | undefined {
  const exception: Readonly<Partial<Record<keyof SecurityException, unknown>>> | undefined = isMapping(given)
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
  const rule = ruleOf(exception.rule);
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

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
