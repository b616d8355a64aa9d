import { coversPattern, isPattern, patternsExpression } from '../../../../core/images/verification/pattern';

const problem = (pattern: unknown) => {
  const said: string[] = [];
  isPattern(pattern, 'p', (_property, _value, message) => said.push(message));
  return said[0];
};
const digest = `@sha256:${'1'.repeat(64)}`;

describe('a pattern of images', () => {
  it.each([
    [
      'r.example/shop/**',
      [`r.example/shop/a${digest}`, 'r.example/shop/a/b:1', `r.example/shop/a-b_c/d:1${digest}`],
      ['r.example/shop', 'r.example/shops/a', 'r.example/shop/', 'x.r.example/shop/a', 'rXexample/shop/a'],
    ],
    [
      'r.example:5000/shop/*',
      ['r.example:5000/shop/a'],
      ['r.example:5000/shop/a/b', 'r.example/shop/a', 'r.example:50001/shop/a'],
    ],
    [
      'r.example/a*/b',
      ['r.example/a/b', 'r.example/abc/b:1'],
      ['r.example/a/c/b', 'r.example/ab/bc', 'evil.example/r.example/a/b', 'r.example/a/b\nx'],
    ],
    ['localhost/a', ['localhost/a', 'localhost/a:1'], ['localhost:1/a', 'localhost/ab']],
    ['host:5000/a', ['host:5000/a'], ['host/a']],
  ])('%s covers what it says, and nothing else', (pattern, covered, others) => {
    expect(problem(pattern)).toBeUndefined();
    const test = new RegExp(patternsExpression(['other.example/x', pattern]));
    expect(covered.filter((image) => !test.test(image))).toEqual([]);
    expect(others.filter((image) => test.test(image))).toEqual([]);
  });

  it.each([
    [undefined, 'no pattern'],
    ['', 'no pattern'],
    ['*', 'anybody may put up'],
    ['**', 'anybody may put up'],
    ['*.example/shop/**', 'anybody may put up'],
    ['redis', 'no registry'],
    ['library/redis', 'no registry'],
    ['R.example/shop', 'no registry'],
    ['r.example', 'covers nothing'],
    ['r.example/', 'covers nothing'],
    ['https://r.example/shop', 'without a scheme'],
    ['r.example/shop:1', 'it may move'],
    [`r.example/shop${digest}`, 'in the manifest'],
    ['r.example/Shop', 'covers nothing'],
    ['r.example/a//b', 'covers nothing'],
    ['r.example/**/b', 'at the end alone'],
    ['r.example/a**', 'at the end alone'],
    ['r.example/a b', 'covers nothing'],
    ["r.example/a'b", 'covers nothing'],
  ])('is not %p', (pattern, message) => {
    expect(problem(pattern)).toContain(message);
  });

  it.each([
    ['r.example/**', 'r.example/shop/**', true],
    ['r.example/**', 'r.example/*', true],
    ['r.example/shop/**', 'r.example/shop/**', true],
    ['r.example/shop/**', 'r.example/shop', false],
    ['r.example/shop/**', 'r.example/**', false],
    ['r.example/shop/*', 'r.example/shop/**', false],
    ['r.example/c*', 'r.example/ca*t', true],
    ['r.example/ca*', 'r.example/c*', false],
    ['r.example/*', 'r.example/a/b', false],
    ['r.example/*/b', 'r.example/a/b', true],
    ['r.example:5000/**', 'r.example/a', false],
  ])('%s covers all of %s: %s', (wide, narrow, expected) => {
    expect(coversPattern(wide, narrow)).toBe(expected);
  });
});
