/** A pattern of paths as a regular expression: `*` and `?` within a folder, `**` across folders. */
export function pathGlob(pattern: string): RegExp {
  const source = pattern
    .replace(/^\.\//, '')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((piece) => SIGNS[piece] ?? piece.replace(/[.+^${}()|[\]\\]/g, '\\$&'))
    .join('');
  return new RegExp(`^${source}$`);
}

const SIGNS: Readonly<Record<string, string>> = { '**/': '(?:[^/]+/)*', '**': '.*', '*': '[^/]*', '?': '[^/]' };

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
