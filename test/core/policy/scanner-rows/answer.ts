import type { RuleId } from '../../../../core/policy/rules';

/** What answers one row of the table of scanners' checks: rules of ours, or a line of docs/rules-not-taken.md. */
export type Answer = readonly [RuleId, ...RuleId[]] | 'not taken';
