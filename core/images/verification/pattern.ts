import { isPort } from '../../manifest/ports';
import { spellingFault } from '../../registry/host';
import type { Report } from './fault';

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
/** A host with a dot or a port, or localhost: what stands before the first slash is otherwise no registry (github.com/distribution/reference). */
const host = new RegExp(`^(?:localhost|${label}(?:\\.${label})+|${label}(?=:))(?::(?<port>\\d{1,5}))?$`);
const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
/** Of a repository. */
const longestName = 255;

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
  const { port = '443' } = host.exec(registry)?.groups ?? {};
  if (!host.test(registry) || !isPort(Number(port)))
    return [
      `${JSON.stringify(registry)} is no registry: it has neither a dot nor a port that there is, or is in capitals`,
      example,
    ];
  const misspelt = spellingFault(pattern);
  if (misspelt !== undefined) return [misspelt.message, misspelt.remedy];
  if (path.length === 0) return ['this is a registry without a repository, and covers nothing', `${example}`];
  if (path.some((each) => each.includes(':'))) return ['a tag is no part of a pattern: it may move', example];
  const inner = path.slice(0, -1).some((each) => each.includes('**'));
  const last = path.at(-1) ?? '';
  if (inner || (last.includes('**') && last !== '**'))
    return ['** stands for whole components, at the end alone', `write * within a component; ${example}`];
  // Whatever stands for a star, a letter may stand there.
  const bad = path.find((each) => each !== '**' && !component.test(each.replaceAll('*', 'a')));
  if (bad !== undefined)
    return [
      `no repository has the component ${JSON.stringify(bad)}: this covers nothing`,
      'write lower case, digits, and single . _ - between them',
    ];
  if (path.join('/').replaceAll('*', '').length > longestName)
    return [`no repository has more than ${longestName} characters: this covers nothing`, example];
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

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
