import type { RuleId } from './rules';

/**
 * Why a rule may be broken here, and until when. It covers the construct it is declared on and everything below it,
 * and is listed in every report.
 */
export interface SecurityException {
  /** The id of the rule that is waived. */
  readonly rule: RuleId | (string & {});
  /** Why, in words that a colleague understands in a year. At least 10 characters. */
  readonly reason: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** Where the work to end it is tracked. @default - none */
  readonly ticket?: string;
  /** The only container it covers. @default - every container */
  readonly container?: string;
}

/** An exception with the construct that carries it. */
export interface ScopedException {
  /** The construct's path; the empty path covers the whole app. */
  readonly construct: string;
  readonly exception: SecurityException;
}
