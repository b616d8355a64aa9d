import { countOf, subtract, unite } from '../../../core/network/ranges';

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

it('counts both ends', () => {
  expect(countOf([range(1, 1), range(5, 9)])).toBe(6n);
});
