import * as fc from 'fast-check';
import { isCoveredBy } from '../../../../core/images/verification/coverage';
import { isPattern, patternsExpression } from '../../../../core/images/verification/pattern';

const problem = (pattern: unknown) => {
  const said: string[] = [];
  isPattern(pattern, 'p', (_property, _value, message) => said.push(message));
  return said[0];
};
const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
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
    ['r.example/a..b', 'covers nothing'],
    ['r.example/a._b', 'covers nothing'],
    ['r.example/a___*', 'covers nothing'],
    ['r.example/a-*/b*.', 'covers nothing'],
    [`r.example/${'a'.repeat(256)}/**`, 'covers nothing'],
    ['-r.example/a', 'no registry'],
    ['r-.example/a', 'no registry'],
    ['-:5000/a', 'no registry'],
    ['r.example:0/a', 'no registry'],
    ['r.example:70000/a', 'no registry'],
    ['r.example:443/a', 'is called r.example'],
    ['index.docker.io/library/**', 'is called docker.io'],
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
    expect(isCoveredBy(narrow, [wide])).toBe(expected);
  });

  it.each([
    ['r.example/shop/**', ['r.example/shop/*', 'r.example/shop/*/**'], true],
    ['r.example/shop/**', ['r.example/shop/*', 'r.example/shop/*/*'], false],
    ['r.example/**', [...letters].flatMap((each) => [`r.example/${each}*`, `r.example/${each}*/**`]), true],
    ['r.example/**', [...letters.slice(1)].flatMap((each) => [`r.example/${each}*`, `r.example/${each}*/**`]), false],
    ['r.example/a*', ['r.example/*a*'], true],
    ['r.example/a*b', ['r.example/a*', 'r.example/*b'], true],
    // Names end in a letter or a digit.
    ['r.example/*', [...letters].map((each) => `r.example/*${each}`), true],
    ['r.example/a', [], false],
    ['r.example/a', ['other.example/**'], false],
  ])('%s: whether %j cover all of it together: %s', (narrow, wide, expected) => {
    expect(isCoveredBy(narrow, wide)).toBe(expected);
  });

  it('is covered by others where each image that it covers is', () => {
    const component = fc.stringMatching(/^[ab*]{1,3}$/).map((text) => text.replaceAll(/\*+/g, '*'));
    const pattern = fc
      .tuple(fc.array(component, { minLength: 1, maxLength: 2 }), fc.boolean())
      .map(([path, isOpen]) => ['r.example', ...path, ...(isOpen ? ['**'] : [])].join('/'));
    // Of components of up to three letters, which tell apart what such patterns cover.
    const components = [
      'a',
      'b',
      'c',
      'aa',
      'ab',
      'ba',
      'bb',
      'ac',
      'ca',
      'bc',
      'cb',
      'aba',
      'bab',
      'aca',
      'acb',
      'bca',
      'bcb',
    ];
    const names = [1, 2, 3].flatMap((count) =>
      Array.from({ length: count }, () => components).reduce<readonly string[]>(
        (heads, tails) => heads.flatMap((head) => tails.map((tail) => `${head}/${tail}`)),
        ['r.example'],
      ),
    );
    fc.assert(
      fc.property(pattern, fc.array(pattern, { minLength: 1, maxLength: 4 }), (narrow, wide) => {
        const [one, others] = [new RegExp(patternsExpression([narrow])), new RegExp(patternsExpression(wide))];
        if (isCoveredBy(narrow, wide)) expect(names.filter((name) => one.test(name) && !others.test(name))).toEqual([]);
      }),
    );
  });

  it('takes no longer than it should, whatever is asked', () => {
    const wide = Array.from({ length: 40 }, (_, i) => `r.example/*${'a*b*c*'.repeat(4)}${i}*`);
    const begun = Date.now();
    expect(isCoveredBy('r.example/**', wide)).toBe(false);
    expect(isCoveredBy(`r.example/${'*a'.repeat(20)}*`, [...wide, 'r.example/*'])).toBe(true);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });
});
