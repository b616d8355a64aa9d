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

/** The numbers of `ranges` that are not in `taken`. Both are walked once, in step. */
export function subtract(ranges: Ranges, taken: Ranges): Ranges {
  if (ranges.length === 0 || taken.length === 0) return ranges;
  const left: Range[] = [];
  let at = 0;
  for (const { first, last } of ranges) {
    while (at < taken.length && (taken[at] as Range).last < first) at++;
    let from = first;
    // The last hole in this range may reach into the next one: `at` stays at it.
    for (let i = at; i < taken.length && (taken[i] as Range).first <= last; i++) {
      const hole = taken[i] as Range;
      if (from < hole.first) left.push({ first: from, last: hole.first - 1n });
      from = hole.last + 1n;
      if (hole.last <= last) at = i + 1;
    }
    if (from <= last) left.push({ first: from, last });
  }
  return left;
}

/** Whether some number is in both. */
export function overlap(a: Ranges, b: Ranges): boolean {
  let at = 0;
  for (const { first, last } of a) {
    while (at < b.length && (b[at] as Range).last < first) at++;
    if (at < b.length && (b[at] as Range).first <= last) return true;
  }
  return false;
}

/** How many numbers there are. */
export function countOf(ranges: Ranges): bigint {
  return ranges.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
}
