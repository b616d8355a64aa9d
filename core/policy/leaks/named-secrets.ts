import { isMapping } from '../../manifest/plain';
import { isPutInLater, isSecretByName } from './settings';
import { filledIn } from './template-marks';
import { defaultIn, textSettings } from './text-settings';

/** Names of the kind that is a password. */
const passwordName = /pass|pwd/i;
/** Names that end so name an entry of a Secret: `passwordKey`. */
const entryName = /(?:secret|password|passwd|token|user|username)[_.-]?key$/i;
const existing = /(?:^|[a-z._-])existing|selector$/i;
/** A text of several settings, of which each has a name of its own. */
const several = /^\s*[[{]|\S[^\S\n]*\n\s*\S/;
/** Names of objects and of entries, in lower case. */
const referenceValue = /^[a-z][a-z0-9]*(?:[-._/][a-z0-9]+)*$/;
const entryValue = /^[A-Za-z]+(?:[-_.][A-Za-z]+)*$/;
/** An entry with a number: `API_KEY_1`, `postgres-password1`. One word with a number may be a password. */
const numberedEntry = /^(?=.*[-_.])[A-Za-z]+\d{0,2}(?:[-_.](?:[A-Za-z]+\d{0,2}|\d{1,2}))*$/;

/** A word for a tokenizer, a member of an object in code. */
const noSecret = /^(?:\[[A-Z0-9_]+\]|(?:settings|config|os\.environ|process\.env)\.[A-Za-z_]\w*)$/i;

/** Whether a setting names what holds a secret, and holds none: `existingSecret: db`, `tokenSecret: db-token`. */
function isReference(name: string, value: string): boolean {
  if (existing.test(name) || noSecret.test(value)) return true;
  if (entryName.test(name) && (entryValue.test(value) || numberedEntry.test(value))) return true;
  return !passwordName.test(name) && referenceValue.test(value);
}

/** Whether a setting of a file, of a chart or of a custom resource holds a secret by its name. */
export function isNamedSecretValue(name: string, given: string): boolean {
  const value = defaultIn(given) ?? given;
  return (
    /[A-Za-z0-9]/.test(value) &&
    !filledIn.test(value) &&
    !several.test(value) &&
    isSecretByName(name, value) &&
    !isPutInLater(value) &&
    !value.startsWith('ENC[') &&
    !isReference(name, value)
  );
}

/** A setting that a text makes, by the name that it has there. */
export interface NamedSetting {
  readonly name: string;
  readonly value: string;
  /** From 1; undefined in JSON, which is read as a whole. */
  readonly line?: number;
}

/** Every setting in a text of more than one: JSON as it nests, anything else by its lines. */
export function settingsIn(text: string): readonly NamedSetting[] {
  const json = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  return json === undefined ? textSettings(text) : settingsOfTree(json);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How deep a tree is read. */
export const DEEPEST = 64;

function settingsOfTree(tree: unknown): readonly NamedSetting[] {
  const settings: NamedSetting[] = [];
  visitSettings(tree, (name, value) => {
    const nested = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    if (nested === undefined) settings.push({ name, value });
    else settings.push(...settingsOfTree(nested));
  });
  return settings;
}

/**
 * Each text in a tree with the name that it goes by: its key, or of an entry with a name and a value that name.
 * @param visit is told where it stands, from the root of the tree
 */
export function visitSettings(
  tree: unknown,
  visit: (name: string, value: string, path: readonly (string | number)[]) => void,
): void {
  const walk = (node: unknown, name: string, path: readonly (string | number)[]): void => {
    if (typeof node === 'string') visit(name, node, path);
    else if (path.length > DEEPEST) return;
    else if (Array.isArray(node)) for (let i = 0; i < node.length; i++) walk(node[i], name, [...path, i]);
    else if (isMapping(node)) {
      const own = node.name ?? node.key;
      for (const [key, value] of Object.entries(node))
        walk(value, key === 'value' && typeof own === 'string' ? own : key, [...path, key]);
    }
  };
  walk(tree, '', []);
}
