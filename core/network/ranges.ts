/** Whole numbers from `first` to `last`, both included. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of whole numbers: in order, none touching the next. The same set is always the same list. */
export type Ranges = readonly Range[];

/** The numbers that are in any of them. */
export function unite(ranges: Iterable<Range>): Ranges {
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const united: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of sorted) {
    if (last < first) continue;
    const before = united.at(-1);
    if (before === undefined || first > before.last + 1n) united.push({ first, last });
    else if (last > before.last) before.last = last;
  }
  return united;
}

/** The numbers of `ranges` that are not in `taken`. */
export function subtract(ranges: Ranges, taken: Ranges): Ranges {
  let left = ranges;
  for (const hole of taken) {
    left = left.flatMap((range) => {
      if (hole.last < range.first || range.last < hole.first) return range;
      return [
        { first: range.first, last: hole.first - 1n },
        { first: hole.last + 1n, last: range.last },
      ].filter(({ first, last }) => first <= last);
    });
  }
  return left;
}

/** Whether some number is in both. */
export function overlap(a: Ranges, b: Ranges): boolean {
  return a.some((one) => b.some((other) => one.first <= other.last && other.first <= one.last));
}

/** How many numbers there are. */
export function countOf(ranges: Ranges): bigint {
  return ranges.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}
