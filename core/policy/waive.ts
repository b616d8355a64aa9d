import { daysBetween } from '../calendar';
import { type RuleException, rulesWaivedBy, type ScopedException, type SecurityException } from './exception';
import { judgeException } from './exceptions/faults';
import type { Finding } from './finding';
import type { Rule } from './rule';
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

/** Which rules there are, and which of them were asked. */
export interface KnownRules {
  /** @default - finds ours */
  readonly ruleOf?: (id: string) => Rule | undefined;
  /** Whether a rule was asked: an exception to another may be of use in another run. @default - all were */
  readonly asked?: (rule: string) => boolean;
}

/** The same for exceptions that say themselves what they cover. */
export function waiveBy(
  findings: readonly Finding[],
  exceptions: readonly PlacedException[],
  today: string,
  { ruleOf, asked = () => true }: KnownRules = {},
): readonly Finding[] {
  const used = new Set<RuleException>();
  const valid = new Map<string, Waiver[]>();
  const problems: Finding[] = [];
  const narrowed = new Map<SecurityException, Map<string, RuleException>>();
  for (const placed of exceptions) {
    const { exception, place, property = 'exceptions' } = placed;
    const { faults, rules } = judgeException(exception, today, ruleOf);
    for (const fault of faults) {
      const at = fault.property.replace(/^exceptions(?=$|\.)/, property);
      problems.push({ ...fault, property: at, rule: 'exception-valid', severity: 'error', ...place });
    }
    if (rules.length === 0) continue;
    const { expires } = exception;
    const days = daysBetween(today, expires);
    if (days > longestException) {
      problems.push({
        rule: 'exception-long',
        severity: 'warning',
        ...place,
        property: `${property}.expires`,
        value: expires,
        message: `the exception to ${rules.join(', ')} holds for another ${days} days`,
        remedy: `set a day within ${longestException} days, and judge it anew then`,
      });
    }
    for (const rule of rules) {
      const waiver = { placed, exception: narrow(exception, rule, narrowed) };
      const known = valid.get(rule);
      if (known) known.push(waiver);
      else valid.set(rule, [waiver]);
    }
  }
  const result = findings.map((finding) => {
    const waiver = valid.get(finding.rule)?.find(({ placed }) => covers(placed, finding));
    if (!waiver) return finding;
    used.add(waiver.exception);
    return { ...finding, waivedBy: waiver.exception };
  });
  for (const { placed, exception } of [...valid.values()].flat())
    if (!used.has(exception) && asked(exception.rule)) problems.push(unused(placed, exception, result));
  return [...result, ...problems];
}

/** An exception for one of the rules that it names. */
interface Waiver {
  readonly placed: PlacedException;
  readonly exception: RuleException;
}

/** The exception as it waives one rule: the same object each time, since it may stand in several places. */
function narrow(
  exception: SecurityException,
  rule: string,
  narrowed: Map<SecurityException, Map<string, RuleException>>,
): RuleException {
  const byRule = narrowed.get(exception) ?? new Map<string, RuleException>();
  narrowed.set(exception, byRule);
  const narrow = byRule.get(rule) ?? (isOfOneRule(exception) ? exception : { ...exception, rule });
  byRule.set(rule, narrow);
  return narrow;
}

function isOfOneRule(exception: SecurityException): exception is RuleException {
  return typeof exception.rule === 'string';
}

function unused(
  { exception, place, property = 'exceptions' }: PlacedException,
  { rule }: RuleException,
  findings: readonly Finding[],
): Finding {
  const { container } = exception;
  const isBroken = findings.some((finding) => finding.rule === rule && finding.waivedBy === undefined);
  const isAlone = rulesWaivedBy(exception).length === 1;
  return {
    rule: 'exception-unused',
    severity: 'warning',
    ...place,
    property: isOfOneRule(exception) ? property : `${property}.rule[${exception.rule.indexOf(rule)}]`,
    value: rule,
    message: isBroken
      ? `the exception covers none of what breaks the rule ${rule}`
      : `nothing here breaks the rule ${rule}${container === undefined ? '' : ` in container ${container}`}`,
    remedy: isBroken
      ? 'make it cover what it is meant for, or remove it'
      : `${isAlone ? 'remove the exception' : `take ${rule} out of the exception`}: it would hide what comes later`,
  };
}

function covers(placed: PlacedException, finding: Finding): boolean {
  const { container } = placed.exception;
  return placed.covers(finding) && (container === undefined || container === finding.container);
}
