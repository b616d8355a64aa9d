/**
 * The number of characters to insert, remove, replace or swap with a neighbour to make one text the other (optimal string
 * alignment).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/**
 * The candidate that is nearest to what was written, the first of several.
 *
 * @param distanceTo - how far a candidate is
 * @param reach - farther ones were not meant
 */
export function closest<T>(
  candidates: Iterable<T>,
  distanceTo: (candidate: T) => number,
  reach: number,
): T | undefined {
  let best: T | undefined;
  let least = reach + 1;
  for (const candidate of candidates) {
    const distance = distanceTo(candidate);
    if (distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

/** How far a word may be from what it was meant for: a third of it, two letters at the least. */
export function reachOf(word: string): number {
  return Math.max(2, Math.floor(word.length / 3));
}
