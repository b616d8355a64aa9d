/**
 * Patterns of repositories, as products of registries share them: `shop/cart` is one, `shop/*` are those right below shop, `shop/**` is shop and
 * all that is below it, and `**` is every one.
 */
export interface RepositoryPattern {
  readonly kind: 'one' | 'level' | 'tree';
  /** `shop`; '' is above all. */
  readonly path: string;
}

/** What the OCI distribution specification takes as a name. */
const nameForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

const wildcards = { '/*': 'level', '/**': 'tree' } as const;

/** @returns undefined where it is no pattern that every product understands alike */
export function repositoryPattern(text: string): RepositoryPattern | undefined {
  const [, path = '', wildcard = ''] = /^(.*?)(\/\*{1,2})?$/.exec(`/${text}`) ?? [];
  const kind = wildcard === '' ? 'one' : wildcards[wildcard as keyof typeof wildcards];
  const below = path.slice(1);
  if (kind !== 'one' && below === '') return path === '' ? { kind, path: '' } : undefined;
  return nameForm.test(below) ? { kind, path: below } : undefined;
}

/** Whether a path is another one or below it. */
function isWithin(path: string, above: string): boolean {
  return above === '' || path === above || path.startsWith(`${above}/`);
}

/** The path above: '' above `shop`. */
function above(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether each repository of the narrow one is one of the wide one. */
export function covers(wide: RepositoryPattern, narrow: RepositoryPattern): boolean {
  if (wide.kind === 'tree') return isWithin(narrow.path, wide.path);
  if (wide.path === narrow.path && wide.kind === narrow.kind) return true;
  return wide.kind === 'level' && narrow.kind === 'one' && above(narrow.path) === wide.path;
}
