import { ruleById } from '../../../../core/policy/rules';
import { edges } from './edges';
import { findingsOf } from './rule-cases';

it.each([...edges])('%s keeps to its edges', (rule, all) => {
  expect(ruleById(rule)?.id).toBe(rule);
  const wrong = all.flatMap(({ object, finds, podSecurity, ...on }) => {
    const found = findingsOf(rule, object, on);
    const levels = found.map((finding) => finding.podSecurity ?? 'none');
    const asExpected =
      JSON.stringify(found.map(({ property }) => property)) === JSON.stringify(finds) &&
      (podSecurity === undefined || levels.every((level) => level === podSecurity));
    return asExpected ? [] : [{ object, finds, found: found.map(({ property }) => property), levels }];
  });
  expect(wrong).toEqual([]);
});
