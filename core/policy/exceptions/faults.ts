import { isDay } from '../../calendar';
import { isMapping } from '../../manifest/plain';
import { nearest } from '../../nearest';
import { isReason } from '../../reason';
import { show } from '../../shape';
import type { SecurityException } from '../exception';
import type { Finding } from '../finding';
import type { Rule } from '../rule';
import { nearestRuleId, ruleById } from '../rules';

/** What is wrong with an exception, and how to mend it. */
export type ExceptionFault = Pick<Finding, 'value' | 'message' | 'remedy'> & {
  /** `exceptions` and what follows it: `exceptions.rule[1]`. */
  readonly property: string;
};

/** An exception as it was found. */
export interface JudgedException {
  /** Everything that is wrong with it. */
  readonly faults: readonly ExceptionFault[];
  /** What it waives, each rule once: none where a fault is about all of it. */
  readonly rules: readonly string[];
}

/**
 * Judges an exception. A rule that it names in vain is left out; what is wrong with its reason or its day is wrong for all of them.
 * @param given - typed, but plain JavaScript may give anything
 * @param ruleOf - finds a rule by its id. @default - among ours
 */
export function judgeException(
  given: SecurityException,
  today: string,
  ruleOf: (id: string) => Rule | undefined = ruleById,
): JudgedException {
  const exception = (isMapping(given) ? given : undefined) as Untyped | undefined;
  const named = namedRules(exception?.rule);
  if (exception === undefined || named.length === 0) {
    const fault: ExceptionFault = {
      property: 'exceptions',
      value: given,
      message: exception ? 'the exception names no rule' : 'this is no exception',
      remedy: "give a list of exceptions, each as { rule: '…', reason: '…', expires: 'YYYY-MM-DD' }",
    };
    return { faults: [fault], rules: [] };
  }
  if (!isDay(today)) {
    const fault: ExceptionFault = {
      property: 'today',
      value: today,
      message: 'exceptions are judged against no day of the calendar, so that none would ever end',
      remedy: 'write the day as YYYY-MM-DD, or leave today out',
    };
    return { faults: [fault], rules: [] };
  }
  const faults: ExceptionFault[] = [];
  const rules = new Set<string>();
  for (const { id, property } of named) {
    const fault = ruleFault(id, ruleOf);
    if (fault) faults.push({ property, value: id, ...fault });
    else rules.add(id as string);
  }
  const ofAll = faultsOfAll(
    exception,
    [...new Set(named.map(({ id }) => (typeof id === 'string' ? id : show(id))))].join(', '),
    today,
  );
  return { faults: [...faults, ...ofAll], rules: ofAll.length === 0 ? [...rules] : [] };
}

type Untyped = Readonly<Partial<Record<keyof SecurityException, unknown>>>;

function namedRules(rule: unknown): readonly { readonly id: unknown; readonly property: string }[] {
  if (typeof rule === 'string') return [{ id: rule, property: 'exceptions' }];
  return Array.isArray(rule) ? rule.map((id: unknown, i) => ({ id, property: `exceptions.rule[${i}]` })) : [];
}

function ruleFault(
  id: unknown,
  ruleOf: (id: string) => Rule | undefined,
): Pick<ExceptionFault, 'message' | 'remedy'> | undefined {
  if (typeof id !== 'string')
    return { message: 'this is not the id of a rule', remedy: 'take the id from the finding that it should waive' };
  const rule = ruleOf(id);
  if (rule === undefined) return { message: `there is no rule ${JSON.stringify(id)}`, remedy: remedyFor(id) };
  if (rule.waivable !== false) return undefined;
  return { message: `no exception can make the rule ${rule.id} right: ${rule.why}`, remedy: rule.fix };
}

function remedyFor(unknown: string): string {
  if (unknown.includes('*')) return 'name each rule that it waives, in a list: what nobody looked at is not waived';
  const meant = nearestRuleId(unknown);
  return meant === undefined ? 'take the id from the finding that it should waive' : `did you mean ${meant}?`;
}

const known: Readonly<Record<keyof SecurityException, true>> = {
  rule: true,
  reason: true,
  expires: true,
  ticket: true,
  container: true,
};

/** A key that nobody reads may have been meant to narrow the exception: without it, it would cover more than its author wrote. */
function unknownKeys(exception: Untyped): readonly ExceptionFault[] {
  const faults: ExceptionFault[] = [];
  for (const [key, value] of Object.entries(exception)) {
    if (Object.hasOwn(known, key) || value === undefined) continue;
    const keys = Object.keys(known);
    const meant = nearest(key, keys);
    faults.push({
      property: `exceptions.${key}`,
      value,
      message: `an exception has no ${JSON.stringify(key)}`,
      remedy: meant === undefined ? `take it away; there are ${keys.join(', ')}` : `did you mean ${meant}?`,
    });
  }
  return faults;
}

/** What is wrong with the reason and the day of an exception, whatever it waives. @param rules what it waives, in words */
export function faultsOfAll(exception: Untyped, rules: string, today: string): readonly ExceptionFault[] {
  const { reason, expires } = exception;
  const faults: ExceptionFault[] = [...unknownKeys(exception)];
  if (!isReason(reason)) {
    faults.push({
      property: 'exceptions.reason',
      value: reason,
      message: `the exception to ${rules} has no reason that anybody could judge`,
      remedy: 'say in a sentence why the rule cannot be kept here',
    });
  }
  if (!isDay(expires)) {
    faults.push({
      property: 'exceptions.expires',
      value: expires,
      message: `the exception to ${rules} ends on no day of the calendar`,
      remedy: 'write the last day on which it holds as YYYY-MM-DD',
    });
  } else if (expires < today) {
    faults.push({
      property: 'exceptions.expires',
      value: expires,
      message: `the exception to ${rules} ended on ${expires}; its reason was: ${reason}`,
      remedy: 'mend what it excused, or set a later day after judging it anew',
    });
  }
  return faults;
}
