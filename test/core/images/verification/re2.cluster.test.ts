/** Which regular expressions RE2 takes, by Go's own: promtool reads them in a matcher of labels. */
import { spawnSync } from 'node:child_process';
import { re2Fault } from '../../../../core/images/verification/re2';
import { describeTool } from '../../../support/policy-tools';

/** What both read, and to the same end. */
const taken = [
  'a',
  '.',
  String.raw`\.`,
  String.raw`\-`,
  String.raw`\/`,
  String.raw`\_`,
  String.raw`\@`,
  '[a-z]',
  '[^/]',
  String.raw`[-\d]`,
  String.raw`[\d-]`,
  String.raw`[\w-z]`,
  String.raw`\b\d\D\w\W\s\S`,
  '(?:a)',
  '(a|b)',
  'a{1000}',
  'a{2,}?',
  'a{2',
  'a{,5}',
  '(?:a{100}){10}',
  '(?:a{100}b{11}){10}',
  '(?:(?:a{10}){10}){10}',
  String.raw`\-{3}`,
  String.raw`[\]a]{1000}`,
];

/** What RE2 does not take, though JavaScript does. */
const refused = [
  '[]',
  '[^]',
  String.raw`[a-\d]`,
  String.raw`[\b]`,
  String.raw`\u0061`,
  String.raw`\cA`,
  String.raw`\é`,
  '(?=a)',
  '(?!a)',
  '(?<=a)',
  String.raw`(a)\1`,
  'a{1001}',
  'a{0,1001}',
  'a{1001,}',
  '(?:a{100}){11}',
  '(?:a{20}|b{60}){20}',
  '(?:a{2,}){501}',
  String.raw`[\]a]{1001}`,
];

describeTool('promtool', 'regular expressions of subjects', ({ path }) => {
  const isTaken = (pattern: string): boolean => {
    const matcher = `{job="a",a=~${JSON.stringify(pattern)}}`;
    return spawnSync(path, ['--experimental', 'promql', 'format', matcher]).status === 0;
  };

  it.each(taken)('take %s', (pattern) => {
    expect([re2Fault(`^${pattern}$`), isTaken(pattern)]).toEqual([undefined, true]);
  });

  it.each(refused)('refuse %s', (pattern) => {
    expect([re2Fault(`^${pattern}$`), isTaken(pattern)]).toEqual([expect.stringContaining('RE2'), false]);
  });
});
