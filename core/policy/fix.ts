import type { JsonPatchOperation } from '../manifest/json-patch';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { isMapping } from '../manifest/plain';
import { remembering } from '../manifest/remembering';
import type { Fix } from './clause';

/** The JSON patch that makes the property what it must be; the mappings above it are added where they are missing. */
export function fixOf(object: KubernetesObject, path: Path, fix: Fix): readonly JsonPatchOperation[] {
  let node: unknown = object;
  for (let depth = 0; depth < path.length; depth++) {
    const step = path[depth] as string | number;
    const inList = Array.isArray(node) && typeof step === 'number' && step in node;
    const inMapping = isMapping(node) && Object.hasOwn(node, step) && node[step] !== null;
    if (!inList && !inMapping) {
      if (fix === 'remove') return [];
      const missing = path.slice(depth + 1).reduceRight<unknown>((value, key) => ({ [key]: value }), fix.set);
      return [{ op: 'add', path: pointer(path.slice(0, depth + 1)), value: missing }];
    }
    node = (node as Readonly<Record<string | number, unknown>>)[step];
  }
  if (fix === 'remove') return [{ op: 'remove', path: pointer(path) }];
  return [{ op: 'replace', path: pointer(path), value: fix.set }];
}

/** RFC 6901. */
function pointer(path: Path): string {
  let text = '';
  for (const step of path) text += `/${typeof step === 'number' ? step : escaped(step)}`;
  return text;
}

const escaped = remembering((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
