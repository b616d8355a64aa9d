import { type Node, parseAllDocuments } from 'yaml';
import type { Part } from './split';
import { type Fault, Tree } from './tree';
import { LONE_SURROGATE } from './write-text';

/** What one document of a stream holds. Offsets are from its own start. */
export interface ParsedPart {
  /** Absent if the document is empty or broken. */
  readonly tree?: Tree;
  readonly faults: readonly Fault[];
}

/**
 * What Kubernetes' reader refuses anywhere, and the line breaks of YAML 1.1 (NEL, U+2028, U+2029) that other readers, and
 * editors, take for ordinary characters: a comment that ends at one hides what follows from everybody but Kubernetes.
 */
const FORBIDDEN = new RegExp(`[^\\t\\n -~\\xa0-\\u2027\\u202a-\\ufefe\\uff00-\\ufffd]|${LONE_SURROGATE.source}`);

/** A directive may stand before `---` only, where Kubernetes has already cut it off from its document. */
const DIRECTIVE = /^(?:[ \t]*(?:#[^\n]*)?\n)*%/;

/** Scalars stay texts: {@link Tree} resolves them, and looks for duplicate keys, as Kubernetes does. */
const OPTIONS = {
  version: '1.1',
  schema: 'failsafe',
  resolveKnownTags: false,
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

const TOO_DEEP = 'mappings and lists are nested too deep in one another';

/**
 * What each document of a text holds by the rules of YAML alone, whatever Kubernetes would say of it: of one with faults, what can be read.
 *
 * @throws Error for aliases that stand for too much
 */
export function* looseValues(text: string): Generator<unknown> {
  for (const document of parseAllDocuments(text, { logLevel: 'silent' })) yield document.toJSON();
}

/** Parses one document as Kubernetes' reader does; refuses what that refuses, and what readers would take for different things. */
export function parsePart({ text, offset, misplaced }: Part): ParsedPart {
  if (misplaced !== undefined) {
    return broken(
      misplaced - offset,
      'Kubernetes allows nothing after --- but a comment: start the document on the next line',
    );
  }
  const forbidden = isJson(text) ? -1 : text.search(FORBIDDEN);
  if (forbidden !== -1) {
    const code = text.charCodeAt(forbidden).toString(16).toUpperCase().padStart(4, '0');
    return broken(
      forbidden,
      `the character U+${code} is not allowed here: in double quotes it is written "\\u${code}"`,
    );
  }
  const directive = DIRECTIVE.exec(text);
  if (directive !== null)
    return broken(directive[0].length - 1, 'Kubernetes takes no YAML directives: leave the line out');
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof RangeError) return broken(0, TOO_DEEP);
    throw error;
  }
}

function broken(offset: number, reason: string): ParsedPart {
  return { faults: [{ offset, reason }] };
}

function parseYaml(text: string): ParsedPart {
  const [document, second] = parseAllDocuments(text, OPTIONS);
  if (document === undefined) return { faults: [] };
  const [error] = document.errors;
  if (error !== undefined) return broken(error.pos[0], /call stack/.test(error.message) ? TOO_DEEP : error.message);
  const tree = new Tree(document.contents as Node | null, text);
  if (tree.faults.length > 0) return { faults: tree.faults };
  if (second === undefined) return { tree, faults: [] };
  return {
    tree,
    faults: [
      { offset: second.range[0], reason: 'Kubernetes ignores what follows the end marker ...: put --- before it' },
    ],
  };
}

function isJson(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
