import fc from 'fast-check';
import { countOf, overlap, subtract, unite } from '../../../core/network/ranges';
import { cpuTime } from '../../support/cpu-time';

const range = (first: number, last: number) => ({ first: BigInt(first), last: BigInt(last) });

it('makes one range of those that touch, in order, and drops those that end before they begin', () => {
  expect(unite([range(7, 9), range(1, 3), range(4, 5), range(2, 3), range(12, 11)])).toEqual([
    range(1, 5),
    range(7, 9),
  ]);
  expect(unite([])).toEqual([]);
});

it('takes ranges out of the middle, the ends and the whole', () => {
  expect(subtract([range(1, 9)], [range(4, 5)])).toEqual([range(1, 3), range(6, 9)]);
  expect(subtract([range(1, 9)], [range(0, 1), range(9, 12)])).toEqual([range(2, 8)]);
  expect(subtract([range(1, 9), range(20, 21)], [range(0, 10)])).toEqual([range(20, 21)]);
});

const ranges = fc
  .array(fc.tuple(fc.nat(40), fc.nat(6)), { maxLength: 8 })
  .map((pairs) => unite(pairs.map(([first, size]) => range(first, first + size))));
const has = (all: ReturnType<typeof unite>, n: bigint) => all.some(({ first, last }) => first <= n && n <= last);
const numbers = Array.from({ length: 50 }, (_, n) => BigInt(n));

it('subtracts and overlaps as sets of numbers do', () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const left = numbers.filter((n) => has(a, n) && !has(b, n));
      expect(subtract(a, b)).toEqual(unite(left.map((n) => ({ first: n, last: n }))));
      expect(overlap(a, b)).toBe(numbers.some((n) => has(a, n) && has(b, n)));
    }),
  );
});

it('takes time in proportion to the ranges', () => {
  const holes = Array.from({ length: 50_000 }, (_, i) => range(i * 4, i * 4 + 1));
  const started = cpuTime();
  const left = subtract([range(0, 200_000)], holes);
  expect(subtract(left, holes)).toEqual(left);
  expect(overlap(left, holes)).toBe(false);
  expect(cpuTime() - started).toBeLessThan(2000);
});

it('counts both ends', () => {
  expect(countOf([range(1, 1), range(5, 9)])).toBe(6n);
});
