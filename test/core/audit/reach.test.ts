import * as fc from 'fast-check';
import { ruleMatches } from '../../../core/audit/evaluate';
import { reach, requestSets } from '../../../core/audit/reach';
import { auditRequest, auditRule } from './arbitrary';

describe('reach', () => {
  it('gives a request that the wanted rule takes and no rule before it', () => {
    fc.assert(
      fc.property(fc.array(auditRule, { maxLength: 4 }), auditRule, (before, rule) => {
        const taken = before.flatMap(requestSets);
        for (const set of requestSets(rule)) {
          const witness = reach(taken, [set]);
          if (witness === undefined) continue;
          expect(ruleMatches(rule, witness)).toBe(true);
          for (const other of before) expect(ruleMatches(other, witness)).toBe(false);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('finds one wherever there is one', () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(auditRule, { maxLength: 4 }), auditRule, auditRequest, (before, rule, request) => {
        if (!ruleMatches(rule, request) || before.some((other) => ruleMatches(other, request))) return;
        found++;
        const taken = before.flatMap(requestSets);
        expect(requestSets(rule).some((set) => reach(taken, [set]) !== undefined)).toBe(true);
      }),
      { numRuns: 10_000 },
    );
    expect(found).toBeGreaterThan(500);
  });
});
