import type { Path } from '../../manifest/path';
import { isMapping } from '../../manifest/plain';
import { wholeParser } from '../../manifest/yaml/whole-parser';
import { openKeys } from '../../secrets/encryption/sops';
import { DEEPEST } from './named-secrets';
import { action, filledIn } from './template-marks';
import type { Leak } from './text-leaks';

const fields = ['data', 'stringData'] as const;

/** The keys of a Secret, in a manifest or below another object, whose values everybody can read. */
function keysIn(node: unknown, field: 'data' | 'stringData'): readonly string[] {
  if (!isMapping(node) || node.kind !== 'Secret' || node.apiVersion !== 'v1') return [];
  const values = node[field];
  return openKeys(node, field).filter((key) => !isMapping(values) || !filledIn.test(String(values[key])));
}

const because = (keys: readonly string[]): string =>
  `is of a Secret, with values that everybody can read: ${keys.join(', ')}`;

/** Secrets with values that an object carries, for an operator to make. */
export function secretsWithin(object: object): readonly (Leak & { readonly path: Path })[] {
  const found: (Leak & { readonly path: Path })[] = [];
  const walk = (node: object, path: Path): void => {
    if (path.length > DEEPEST) return;
    if (path.length > 0)
      for (const field of fields) {
        const keys = keysIn(node, field);
        if (keys.length > 0) found.push({ path: [...path, field], because: because(keys) });
      }
    for (const [key, value] of Object.entries(node))
      if (typeof value === 'object' && value !== null) walk(value, [...path, Array.isArray(node) ? Number(key) : key]);
  };
  walk(object, []);
  return found;
}

/** A longer file is no manifest that somebody wrote. */
const LONGEST = 65_536;
const ofSecret = /^[ \t-]*["']?kind["']?:[ \t]*["']?Secret["']?[ \t,\r]*$|"kind"[ \t]*:[ \t]*"Secret"/m;

/** Why a file, such as one of manifests, is taken to hold a Secret. */
export function secretInFile(text: string): Leak | undefined {
  if (text.length > LONGEST || !ofSecret.test(text)) return undefined;
  try {
    for (const object of wholeParser().looseValues(text.replace(action, '${'))) {
      const keys = fields.flatMap((field) => keysIn(object, field));
      if (keys.length > 0) return { because: `has a Secret, with values that everybody can read: ${keys.join(', ')}` };
      const [within] = isMapping(object) ? secretsWithin(object) : [];
      if (within !== undefined) return { because: `has what ${within.because}` };
    }
  } catch {
    // No YAML: a program, or a template.
  }
  return undefined;
}
