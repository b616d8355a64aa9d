import type { RuleId } from './rules';

/** The id of a rule: one of ours, or of one's own. */
export type RuleName = RuleId | (string & {});

/**
 * Why rules may be broken here, and until when. It covers the construct it is declared on and everything below it,
 * and is listed in every report.
 */
export interface SecurityException {
  /** The id of the rule that is waived, or a list of ids. */
  readonly rule: RuleName | readonly RuleName[];
  /** Why, in words that a colleague understands in a year. At least 10 letters and digits. */
  readonly reason: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** Where the work to end it is tracked. @default - none */
  readonly ticket?: string;
  /** The only container it covers. @default - every container */
  readonly container?: string;
}

/** An exception as it waives one of its rules. */
export interface RuleException extends SecurityException {
  readonly rule: RuleName;
}

/** The rules that an exception names, each once. */
export function rulesWaivedBy({ rule }: Pick<SecurityException, 'rule'>): readonly RuleName[] {
  if (typeof rule === 'string') return [rule];
  // Plain JavaScript may give anything.
  return Array.isArray(rule) ? [...new Set(rule)] : [];
}

/** An exception with the construct that carries it. */
export interface ScopedException {
  /** The construct's path; the empty path covers the whole app. */
  readonly construct: string;
  readonly exception: SecurityException;
}
