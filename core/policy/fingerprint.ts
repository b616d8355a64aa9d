import { formatPath, type Path } from '../manifest/path';

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
