import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { present, settle, unwrap } from '../../../constructs/kplus/settle';
import { lazily } from '../../support/kplus-oracle';

class Wrapper {
  constructor(readonly value: string | number) {}
}

describe('settle', () => {
  it('leaves plain data as it is, in a copy', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(settle(value)).toEqual(value);
        if (typeof value === 'object' && value !== null) expect(settle(value)).not.toBe(value);
      }),
    );
  });

  it('finds what is Lazy at any depth, what a Lazy gives included', () => {
    const value = { a: [lazily({ b: lazily(1) })], c: lazily(lazily('d')), e: lazily(undefined) };
    expect(settle(value)).toStrictEqual({ a: [{ b: 1 }], c: 'd', e: undefined });
  });

  it('copies dictionaries without a prototype, and of another realm', () => {
    const bare = Object.assign(Object.create(null), { a: lazily(1) });
    const foreign = runInNewContext('({})');
    foreign.a = lazily(1);
    expect([settle(bare), settle(foreign)]).toStrictEqual([{ a: 1 }, { a: 1 }]);
  });

  it('leaves instances of classes as they are', () => {
    const wrapper = new Wrapper(1);
    expect(settle({ wrapper }).wrapper).toBe(wrapper);
  });
});

describe('unwrap', () => {
  it('gives the text or number, wrapped or not', () => {
    for (const value of [0, 8080, '', '5Mi']) {
      expect([unwrap(value), unwrap(new Wrapper(value)), unwrap(new Wrapper(lazily(value)))]).toEqual([
        value,
        value,
        value,
      ]);
    }
    expect([unwrap(undefined), unwrap(null), unwrap(lazily(undefined))]).toEqual([undefined, undefined, undefined]);
  });
});

describe('present', () => {
  it('leaves out what has no value, and nothing else', () => {
    expect(present({ a: undefined, b: null, c: false, d: 0, e: '', f: [], g: {} })).toStrictEqual({
      c: false,
      d: 0,
      e: '',
      f: [],
      g: {},
    });
  });
});
