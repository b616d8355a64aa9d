import * as fc from 'fast-check';
import { glob } from '../../core/glob';
import { cpuTime } from '../support/cpu-time';

const piece = fc.stringMatching(/^[ab*.]{0,8}$/);

describe('glob', () => {
  it('is the regular expression in which * is any run', () => {
    fc.assert(
      fc.property(piece, fc.stringMatching(/^[ab.]{0,10}$/), (pattern, text) => {
        const expression = new RegExp(
          `^${pattern
            .split('*')
            .map((each) => each.replaceAll('.', '\\.'))
            .join('.*')}$`,
        );
        expect([pattern, text, glob(pattern)(text)]).toEqual([pattern, text, expression.test(text)]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes no more than a moment, whatever the pattern', () => {
    const start = cpuTime();
    expect(glob(`${'*a'.repeat(2_000)}b`)('a'.repeat(100_000))).toBe(false);
    expect(cpuTime() - start).toBeLessThan(2_000);
  });
});
