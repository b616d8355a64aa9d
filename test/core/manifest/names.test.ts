import fc from 'fast-check';
import { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, toDnsLabel } from '../../../core/manifest';

/** Texts around the edge of what is a name: few kinds of characters, often at the ends. */
const nearly = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '-', '.', '_', '/', ' ', 'é'), maxLength: 12 });
const repeated = (text: string, length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** The rules in words: which characters, and which of them may stand at the ends. */
const isMadeOf = (text: string, characters: string, ends: string) =>
  text !== '' &&
  [...text].every((character) => characters.includes(character)) &&
  ends.includes(text[0] ?? '') &&
  ends.includes(text.at(-1) ?? '');
const lower = 'abcdefghijklmnopqrstuvwxyz0123456789';
const mixed = `${lower}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

describe('names', () => {
  it('are DNS labels of at most 63 lower-case letters, digits and inner dashes', () => {
    expect([63, 64].map((length) => isDnsLabel(repeated('a', length)))).toEqual([true, false]);
    expect(['', 'a\n', '\na', 'a-b', '-a', 'a-', 'A', '0', 'a.b'].filter(isDnsLabel)).toEqual(['a-b', '0']);
    fc.assert(fc.property(nearly, (text) => expect(isDnsLabel(text)).toBe(isMadeOf(text, `${lower}-`, lower))));
  });

  it('are DNS subdomains of at most 253 characters, of labels and dots', () => {
    expect([253, 254].map((length) => isDnsSubdomain(repeated('a.b', length)))).toEqual([true, false]);
    fc.assert(
      fc.property(nearly, (text) => {
        const expected = text.split('.').every((part) => isMadeOf(part, `${lower}-`, lower));
        expect(isDnsSubdomain(text)).toBe(expected);
      }),
    );
  });
});

describe('labels', () => {
  it('have values of at most 63 characters, or none', () => {
    expect([63, 64].map((length) => isLabelValue(repeated('A', length)))).toEqual([true, false]);
    expect(isLabelValue('')).toBe(true);
    fc.assert(
      fc.property(nearly, (text) => {
        expect(isLabelValue(text)).toBe(text === '' || isMadeOf(text, `${mixed}-_.`, mixed));
      }),
    );
  });

  it('have keys that are a name, or a domain, a slash and a name', () => {
    const long = repeated('a', 63);
    const domain = repeated('a.b', 253);
    expect([`${domain}/${long}`, `${domain}c/${long}`, `${domain}/${long}a`].map(isLabelKey)).toEqual([
      true,
      false,
      false,
    ]);
    expect(['', '/', 'a/', '/a', 'a/b/c', 'A/b'].filter(isLabelKey)).toEqual([]);
    fc.assert(
      fc.property(nearly, (text) => {
        const [first = '', second, ...more] = text.split('/');
        const expected =
          second === undefined
            ? first !== '' && isLabelValue(first)
            : more.length === 0 && isDnsSubdomain(first) && second !== '' && isLabelValue(second);
        expect(isLabelKey(text)).toBe(expected);
      }),
    );
  });
});

describe('toDnsLabel', () => {
  it.each([
    ['My App', 'my-app'],
    ['a__b..c', 'a-b-c'],
    ['-a-', 'a'],
    ['Ünï', 'n'],
    ['', 'name'],
    ['---', 'name'],
  ])('makes %j a label: %j', (text, label) => {
    expect(toDnsLabel(text)).toBe(label);
  });

  it('cuts where it must, and leaves no dash at the cut', () => {
    expect(toDnsLabel('abc-def', 4)).toBe('abc');
    expect(toDnsLabel(repeated('ab', 70))).toBe(repeated('ab', 63));
  });

  it('makes a label of anything, and leaves a label as it is', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string({ maxLength: 80 })), (text) => {
        const label = toDnsLabel(text);
        expect(isDnsLabel(label)).toBe(true);
        expect(toDnsLabel(label)).toBe(label.replace(/-+/g, '-'));
      }),
    );
  });
});
