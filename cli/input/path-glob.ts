/** A test of paths. */
export interface PathTest {
  test(path: string): boolean;
}

/** Where a pattern may stand, which signs of a path lead on from there, and what needs none. */
interface State {
  readonly moves: readonly (readonly [takes: (sign: string) => boolean, to: number])[];
  readonly skipsTo?: number;
}

/**
 * A pattern of paths: `*` and `?` within a folder, `**` across folders. Takes time in proportion to pattern and path, whatever they
 * are: all places in the pattern that a path may have come to are followed at once.
 */
export function pathGlob(pattern: string): PathTest {
  const states: State[] = [];
  for (const piece of pattern.replace(/^\.\//, '').split(/(\*\*\/|\*\*|\*|\?)/))
    states.push(...(signs[piece]?.(states.length) ?? literal(piece, states.length)));
  const enter = (at: Set<number>, state: number): void => {
    at.add(state);
    const next = states[state]?.skipsTo;
    if (next !== undefined) enter(at, next);
  };
  return {
    test: (path) => {
      let at = new Set<number>();
      enter(at, 0);
      for (const sign of path) {
        const next = new Set<number>();
        for (const state of at) for (const [takes, to] of states[state]?.moves ?? []) if (takes(sign)) enter(next, to);
        if (next.size === 0) return false;
        at = next;
      }
      return at.has(states.length);
    },
  };
}

const isAny = (): boolean => true;
const isSlash = (sign: string): boolean => sign === '/';
const isInName = (sign: string): boolean => sign !== '/';

/** The states of each sign of a pattern, of which the first has the number `n`. */
const signs: Readonly<Record<string, (n: number) => readonly State[]>> = {
  '?': (n) => [{ moves: [[isInName, n + 1]] }],
  '*': (n) => [{ moves: [[isInName, n]], skipsTo: n + 1 }],
  '**': (n) => [{ moves: [[isAny, n]], skipsTo: n + 1 }],
  // Any number of folders: between two, and in the name of one.
  '**/': (n) => [
    { moves: [[isInName, n + 1]], skipsTo: n + 2 },
    {
      moves: [
        [isInName, n + 1],
        [isSlash, n],
      ],
    },
  ],
};

function literal(piece: string, n: number): readonly State[] {
  return [...piece].map((letter, i) => ({ moves: [[(sign) => sign === letter, n + i + 1]] }));
}

/** True for a path that is a pattern. */
export function isGlob(path: string): boolean {
  return /[*?]/.test(path);
}

/** The folder in which everything is that a pattern can match. */
export function folderOfGlob(pattern: string): string {
  const fixed = pattern.slice(0, pattern.search(/[*?]/));
  const slash = fixed.lastIndexOf('/');
  return slash === -1 ? '.' : fixed.slice(0, slash) || '/';
}

/** Whether a path matches one of the patterns that leave paths out: as a whole, by its last part, or by a folder above it. */
export function excluder(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map((pattern) => pathGlob(pattern.replace(/\/$/, '')));
  return (path) => {
    const parts = path.replace(/^\.\//, '').split('/');
    const candidates = parts.flatMap((part, index) => [part, parts.slice(0, index + 1).join('/')]);
    return expressions.some((expression) => candidates.some((candidate) => expression.test(candidate)));
  };
}
