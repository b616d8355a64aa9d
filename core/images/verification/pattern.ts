import { spellingFault } from '../../registry/host';
import type { Report } from './fault';

/** A host with a dot or a port, or localhost: what stands before the first slash is otherwise no registry (github.com/distribution/reference). */
const host = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9-]+(?=:))(?::\d{1,5})?$/;
const component = /^[a-z0-9*]+(?:[._*-]+[a-z0-9*]+)*$/;

/** Reports what is wrong with a pattern. @returns whether it can be used */
export function isPattern(pattern: unknown, property: string, report: Report): pattern is string {
  const wrong = wrongWith(pattern);
  if (wrong === undefined) return true;
  report(property, pattern, ...wrong);
  return false;
}

function wrongWith(pattern: unknown): readonly [message: string, remedy: string] | undefined {
  const example = 'write the registry and the repository, as in registry.example/shop/**';
  if (typeof pattern !== 'string' || pattern === '') return ['this is no pattern of images', example];
  if (pattern.includes('://')) return ['an image is named without a scheme', example];
  if (pattern.includes('@')) return ['the digest of an image is in the manifest, and not in a pattern', example];
  const [registry = '', ...path] = pattern.split('/');
  if (registry.includes('*'))
    return ['a registry that anybody may put up would be covered, too', `name each registry: ${example}`];
  if (!host.test(registry))
    return [`${JSON.stringify(registry)} is no registry: it has neither a dot nor a port, or is in capitals`, example];
  const misspelt = spellingFault(pattern);
  if (misspelt !== undefined) return [misspelt.message, misspelt.remedy];
  if (path.length === 0) return ['this is a registry without a repository, and covers nothing', `${example}`];
  if (path.some((each) => each.includes(':'))) return ['a tag is no part of a pattern: it may move', example];
  const inner = path.slice(0, -1).some((each) => each.includes('**'));
  const last = path.at(-1) ?? '';
  if (inner || (last.includes('**') && last !== '**'))
    return ['** stands for whole components, at the end alone', `write * within a component; ${example}`];
  const bad = path.find((each) => each !== '**' && !component.test(each));
  if (bad !== undefined)
    return [
      `no repository has the component ${JSON.stringify(bad)}: this covers nothing`,
      'write lower case, digits, and single . _ - between them',
    ];
  return undefined;
}

/** RE2 of the images that a pattern covers, whatever their tag and digest. */
function patternExpression(pattern: string): string {
  const [registry = '', ...path] = pattern.split('/');
  const components = path.map((each) =>
    each === '**' ? '[a-z0-9._/-]+' : each.split('*').map(literal).join('[a-z0-9._-]*'),
  );
  return `${[literal(registry), ...components].join('/')}(:[\\w.-]+)?(@.*)?`;
}

/** RE2 of the images that any of them covers. */
export function patternsExpression(patterns: readonly string[]): string {
  return `^(${patterns.map(patternExpression).join('|')})$`;
}

/** Whether each image of the narrow pattern is one of the wide one. */
export function coversPattern(wide: string, narrow: string): boolean {
  const [registry, ...within] = wide.split('/');
  const [other, ...path] = narrow.split('/');
  const open = within.at(-1) === '**';
  const known = open ? within.slice(0, -1) : within;
  if (registry !== other || (open ? path.length <= known.length : path.length !== known.length)) return false;
  // A * of the narrow one stands for what only a * of the wide one takes.
  return known.every((each, i) => {
    const component = path[i] ?? '';
    return component !== '**' && new RegExp(`^${each.split('*').map(literal).join('[a-z0-9._*-]*')}$`).test(component);
  });
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
