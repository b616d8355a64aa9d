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
  // By index: every fix of every finding comes here, and an iterator costs an object a step.
  for (let i = 0; i < path.length; i++) text += token(path[i] as string | number);
  return text;
}

/** A step, and the slash before it. */
function token(step: string | number): string {
  return typeof step === 'number' ? (indices[step] ?? `/${step}`) : named(step);
}

const indices: readonly string[] = Array.from({ length: 16 }, (_, index) => `/${index}`);
const named = remembering((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`);
