import fc from 'fast-check';
import { redactionPatterns } from '../../../core/logs/redaction/catalogue';
import { customFaults } from '../../../core/logs/redaction/custom';
import { holdsAlways } from '../../../core/logs/redaction/needles';
import { inJavaScript, parseRe2, Re2Error } from '../../../core/logs/redaction/re2';
import { badPatterns, goodPatterns } from '../../support/logs/patterns';

const faultsOf = (pattern: string, needle?: string) =>
  customFaults('custom', [{ id: 'own', pattern, ...(needle !== undefined && { needle }) }]).map(
    ({ key, message }) => `${key}: ${message}`,
  );

describe('a pattern', () => {
  it.each(goodPatterns)('%s is one', (pattern) => {
    expect(() => parseRe2(pattern)).not.toThrow();
  });

  it.each(Object.entries(badPatterns))('%s is none: it %s', (pattern, why) => {
    expect(() => parseRe2(pattern)).toThrow(Re2Error);
    expect(faultsOf(pattern)).toEqual([expect.stringContaining(`custom[0].pattern: it ${why}`)]);
  });

  it('takes no longer than a moment, and throws nothing else', () => {
    const piece = fc.constantFrom(
      ...'ab01(){}[]|*+?^$.\\-:,<>PpQEdwsbzAx!=imsU'.split(''),
      '\\p{',
      '[[:',
      '(?P<',
      'é',
      '🔑',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          parseRe2(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(Re2Error);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same in JavaScript, where it is one of the catalogue', () => {
    const forms = redactionPatterns.flatMap((pattern) => pattern.forms);
    expect(forms.length).toBeGreaterThan(20);
    for (const { pattern } of forms) expect(inJavaScript(parseRe2(pattern))).toBeInstanceOf(RegExp);
  });

  it.each([
    ['TICKET-[0-9]{6}', 'TICKET-12345 TICKET-123456', ['TICKET-123456']],
    ['(?i)own\\$"[a-z0-9]{3}"', 'oWN$"Ab1"', ['oWN$"Ab1"']],
    ['\\Qa.b\\E[[:digit:]]+', 'axb1 a.b12', ['a.b12']],
    ['(?:a|b(?P<n>c)){2}x?', 'abcx aax', ['abcx', 'aax']],
    ['\\x41\\x{1F511}\\101', 'A🔑A', ['A🔑A']],
    ['[^[:^alpha:]]{3}\\d', 'abc1 ab-1', ['abc1']],
    ['[]a-]{2}', 'x]-a', [']-']],
    ['\\Aab\\z', 'ab', ['ab']],
    ['(?m)^k=\\w+$', 'j=1\nk=22', ['k=22']],
  ])('%s matches what it should', (pattern, text, matches) => {
    const found = text.matchAll(inJavaScript(parseRe2(pattern)) ?? /$^/g);
    expect([...found].map(([match]) => match)).toEqual(matches);
  });
});

describe('what every match holds', () => {
  it.each<[string, string, boolean]>([
    ['foo[0-9]+', 'foo', true],
    ['foo[0-9]+', 'oo', true],
    ['foo[0-9]+', 'bar', false],
    ['(?i)foo[0-9]+', 'foo', false],
    ['(?i)foo-_1[0-9]+', '-_1', true],
    ['(foo)?[0-9]{9}x', 'foo', false],
    ['(foo)+[0-9]{9}x', 'foo', true],
    ['foo1|bar2', 'foo', false],
    ['foo1|a foo2', 'foo', true],
    ['(?:foo|bar)-key', '-key', true],
    ['(fo)\\bo-key', 'foo-', true],
    ['a{0}bc', 'ab', false],
    ['ab+c', 'ab', true],
    ['ab+c', 'bc', true],
    ['ab+c', 'abc', false],
    ['ab{2}c', 'abbc', true],
    ['ab*c', 'ac', false],
    ['(?:ab){2}c', 'ab', true],
    ['pay\\$\\{x[0-9]+', 'pay${x', true],
  ])('%s, %s: %s', (pattern, text, always) => {
    expect(holdsAlways(parseRe2(pattern), text)).toBe(always);
    const start = expect.stringMatching(/^custom\[0\]\.needle: a match need not hold it/);
    expect(faultsOf(pattern, text)).toEqual(always ? [] : [start]);
  });

  it('is in each match, whatever the pattern', () => {
    const word = fc.constantFrom('ab', 'ba', 'a', 'b', 'aab');
    const atom = fc.oneof(
      word,
      fc.tuple(word, word).map(([a, b]) => `(${a}|${b})`),
    );
    const part = fc
      .tuple(atom, fc.constantFrom('', '', '(?:c)?', 'x+', 'b+', 'a{2}', 'b?', 'a{0,3}'))
      .map(([a, b]) => a + b);
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, word, fc.stringMatching(/^[abcx]{0,30}$/), (source, text, line) => {
        const node = parseRe2(source);
        if (!holdsAlways(node, text)) return;
        for (const [match] of line.matchAll(inJavaScript(node) ?? /$^/g)) expect(match).toContain(text);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("patterns of one's own that take too much", () => {
  it.each([
    '.+',
    '.*?',
    '.',
    '\\d',
    'e',
    '\\b',
    '^',
    '$',
    '(a|)',
    '.{5}',
    '[^x]+',
    '\\S+',
    '[a-z]{3,}',
    '(?s).+',
    '(?i)[A-Z]{4}',
  ])('%s is refused', (pattern) => {
    expect(faultsOf(pattern)).toEqual([expect.stringMatching(/no secret$/)]);
  });

  it('are too long, too many, or have an id that is there', () => {
    expect(faultsOf('x'.repeat(100_000))).toEqual([
      'custom[0].pattern: it has 100000 characters, and 1000 are the most',
    ]);
    const many = Array.from({ length: 101 }, (_, i) => ({ id: `p${i}`, pattern: `own${i}-[0-9]+` }));
    expect(customFaults('custom', many).map(({ message }) => message)).toEqual([
      'each line would be searched for 101 patterns, and 100 are the most',
    ]);
    for (const id of ['jwt', 'email', 'card', 'iban-unchecked'])
      expect(customFaults('custom', [{ id, pattern: 'own-[0-9]+' }]).map(({ message }) => message)).toEqual([
        `there is a pattern ${id} already`,
      ]);
  });
});
