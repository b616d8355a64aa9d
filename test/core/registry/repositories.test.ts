import fc from 'fast-check';
import { covers, type RepositoryPattern, repositoryPattern } from '../../../core/registry/repositories';

const patternOf = (text: string): RepositoryPattern => {
  const pattern = repositoryPattern(text);
  if (pattern === undefined) throw new Error(`${text} is no pattern`);
  return pattern;
};

describe('repositoryPattern', () => {
  it.each([
    ['shop/cart', { kind: 'one', path: 'shop/cart' }],
    ['docker.io/library/*', { kind: 'level', path: 'docker.io/library' }],
    ['shop/**', { kind: 'tree', path: 'shop' }],
    ['*', { kind: 'level', path: '' }],
    ['**', { kind: 'tree', path: '' }],
  ])('reads %s', (text, pattern) => {
    expect(repositoryPattern(text)).toEqual(pattern);
  });

  it.each([
    '',
    '/',
    '/shop',
    'shop/',
    'Shop',
    'shop/*/cart',
    'shop*',
    '*/cart',
    'shop/***',
    '***',
    'a//b',
    'a:v1',
    '{a,b}',
    'a/../b',
  ])('does not read %p', (text) => {
    expect(repositoryPattern(text)).toBeUndefined();
  });
});

describe('covers', () => {
  const part = fc.constantFrom('a', 'b');
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const pattern = fc.oneof(
    path,
    path.map((of) => `${of}/*`),
    path.map((of) => `${of}/**`),
    fc.constantFrom('*', '**'),
  );
  const every = (depth: number): readonly string[] =>
    depth === 0 ? [] : ['a', 'b'].flatMap((of) => [of, ...every(depth - 1).map((below) => `${of}/${below}`)]);
  const fits = (text: string, repository: string): boolean => {
    const source = text.replace(/(^|\/)\*\*$/, (_, slash) => (slash ? '(/.+)?' : '.+')).replace(/\*$/, '[^/]+');
    return new RegExp(`^${source}$`).test(repository);
  };

  it('holds where each repository of one is one of the other', () => {
    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        const all = every(5).filter((repository) => fits(narrow, repository));
        expect(covers(patternOf(wide), patternOf(narrow))).toBe(all.every((repository) => fits(wide, repository)));
      }),
    );
  });
});
