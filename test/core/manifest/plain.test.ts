import fc from 'fast-check';
import { clonePlain, isAbsent, isMapping } from '../../../core/manifest/plain';

describe('plain data', () => {
  it.each([
    [{}, true],
    [Object.create(null), true],
    [[], false],
    [null, false],
    [undefined, false],
    ['text', false],
    [() => 0, false],
  ])('%p is a mapping: %p', (value, expected) => {
    expect(isMapping(value)).toBe(expected);
  });

  it('takes null and undefined for absent, and no other empty value', () => {
    expect([undefined, null, false, 0, '', NaN, [], {}].map(isAbsent)).toEqual([
      true,
      true,
      ...new Array<boolean>(6).fill(false),
    ]);
  });

  it('copies all the way down, without what is undefined and without a prototype in disguise', () => {
    const given = { a: undefined, b: [{ c: null, d: undefined }], ...JSON.parse('{"__proto__": {"e": 1}}') };
    const copy = clonePlain(given);
    expect(Object.keys(copy)).toEqual(['b']);
    expect(copy.b).toStrictEqual([{ c: null }]);
    expect(copy.b).not.toBe(given.b);
    expect(copy.b[0]).not.toBe(given.b[0]);
  });

  it('copies any JSON as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const plain: unknown = JSON.parse(text, (key, member) => (key === '__proto__' ? undefined : member));
        expect(clonePlain(plain)).toStrictEqual(plain);
        expect(JSON.stringify(value)).toBe(text);
      }),
    );
  });
});
