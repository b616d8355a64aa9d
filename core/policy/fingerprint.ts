import type { KubernetesObject } from '../manifest/object';
import { formatPath, type Path, parsePath } from '../manifest/path';
import { isMapping } from '../manifest/plain';
import type { Finding } from './finding';

/**
 * A property that stays the same when items are added before it: the index of an item with a name gives way to the name,
 * `spec.containers[api].image`.
 */
export function stableProperty(object: unknown, path: Path): string {
  let node = object;
  const steps = path.map((step) => {
    node = typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined;
    const name: unknown = typeof node === 'object' && node !== null ? Reflect.get(node, 'name') : undefined;
    return typeof step === 'number' && typeof name === 'string' ? `[${name}]` : formatPath([step]);
  });
  return steps.reduce((text, step) => (text === '' || step.startsWith('[') ? text + step : `${text}.${step}`), '');
}

/**
 * What stays the same while lines move and lists grow: the rule, the object, the property, and the value that is at fault. Of an image it
 * is the repository: a new version of it is no new fault, and another image is. Of a binding it is whom it grants the role to, as well.
 */
export function fingerprintOf({ rule, object = '', property = '', value }: Finding, source?: KubernetesObject): string {
  const path = parsePath(property);
  const place = source === undefined || path === undefined ? property : stableProperty(source, path);
  const seen =
    value === undefined ? '' : ` = ${JSON.stringify(path?.at(-1) === 'image' ? repositoryOf(value) : value)}`;
  const granted = source === undefined || !isMapping(source.roleRef) ? '' : ` for ${JSON.stringify(source.subjects)}`;
  return `${rule} ${object} ${place}${seen}${granted}`;
}

/** The reference without its digest and its tag. */
/** Without tag and digest; a port of the registry stays. */
function repositoryOf(image: unknown): unknown {
  return typeof image === 'string' ? image.replace(/@.*$/s, '').replace(/:[^/:]*$/, '') : image;
}
