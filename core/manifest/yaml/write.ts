import { formatIdentity, identityOf } from '../identity';
import type { KubernetesObject } from '../object';
import { formatPath, type Path } from '../path';
import { isPlain, LONE_SURROGATE, literal, quoted } from './write-text';

/** A value that YAML cannot hold, or not so that every reader reads it back. */
export class YamlWriteError extends Error {
  override readonly name = 'YamlWriteError';

  constructor(
    /** Where the value is. */
    readonly path: Path,
    /** What is wrong with it, and what to write instead. */
    readonly fault: string,
    /** The object that holds it, if known. */
    readonly object?: KubernetesObject,
  ) {
    const where = [object && formatIdentity(identityOf(object)), formatPath(path)].filter(Boolean).join(': ');
    super(`${where || 'the value'} cannot be written as YAML: ${fault}`);
  }
}

/** Thrown while writing; every level that it passes on its way out adds the step that led down, and the value there. */
class Refusal {
  readonly steps: (string | number)[] = [];
  readonly holders: object[] = [];

  constructor(readonly fault: string) {}

  from(holder: object, step: string | number): this {
    this.steps.unshift(step);
    this.holders.unshift(holder);
    return this;
  }
}

/** How many mappings and lists may stand inside one another: js-yaml reads no more (PyYAML 400, Go 10,000). */
const MAX_NESTING = 100;
const PADS: readonly string[] = Array.from({ length: MAX_NESTING + 2 }, (_, depth) => '  '.repeat(depth));

/** YAML 1.1 readers look for the `:` of a key within 1,024 characters only; longer keys are written with `? `. */
const MAX_SIMPLE_KEY = 1000;

/** Short texts as written, because names, keys and images repeat. Cleared when full. */
const remembered = new Map<string, string>();
/** The same as values, with the blank before them and the end of their line. */
const rememberedValues = new Map<string, string>();
/** The same as keys, at each depth. */
const rememberedKeys: readonly Map<string, string>[] = PADS.map(() => new Map());
const MAX_REMEMBERED = 20_000;
const MAX_REMEMBERED_LENGTH = 128;

/**
 * Writes plain data (what JSON can hold) as one YAML document in block style. Go's YAML 1.1 readers (sigs.k8s.io/yaml,
 * which Kubernetes uses), PyYAML, and readers of YAML 1.2 read the same values and keys back. Keys stay in their order;
 * properties that are undefined are left out; a value that occurs twice is written twice.
 *
 * @throws YamlWriteError for what is not plain data: undefined in a list, NaN, infinities, bigints, symbols, functions,
 *   class instances (dates and maps among them), cycles, and texts with half a surrogate pair
 */
export function writeYaml(value: unknown): string {
  try {
    return documentOf(value);
  } catch (error) {
    throw error instanceof Refusal ? explain(error) : error;
  }
}

/**
 * Writes objects as a stream of YAML documents with `---` between them.
 *
 * @throws YamlWriteError as {@link writeYaml} does; it names the object
 */
export function writeManifests(objects: readonly KubernetesObject[]): string {
  let text = '';
  for (const object of objects) {
    try {
      text += text === '' ? documentOf(object) : `---\n${documentOf(object)}`;
    } catch (error) {
      throw error instanceof Refusal ? explain(error, object) : error;
    }
  }
  return text;
}

function documentOf(value: unknown): string {
  const document = after(value, 0, 0, true).slice(1);
  // Tools that split a stream trim its parts; the end marker keeps the line breaks that a last `|+` block ends with.
  return document.endsWith('\n\n') ? `${document}...\n` : document;
}

/**
 * What follows `key:` or the `-` of an item: a blank and a scalar, or a block. Its content is indented `depth` steps and
 * stands inside `nesting` mappings and lists.
 */
function after(value: unknown, depth: number, nesting: number, item: boolean): string {
  if (typeof value === 'string') return text(value, depth);
  if (typeof value === 'number') return ` ${number(value)}\n`;
  if (typeof value === 'boolean') return value ? ' true\n' : ' false\n';
  if (value === null) return ' null\n';
  if (typeof value !== 'object') throw new Refusal(FAULTS[typeof value as Unwritable]);
  if (nesting >= MAX_NESTING)
    throw new Refusal(`it stands inside ${MAX_NESTING} mappings and lists; readers stop there`);
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    return item
      ? list(value, depth, nesting + 1, ' ')
      : `\n${list(value, depth - 1, nesting + 1, PADS[depth - 1] ?? '')}`;
  }
  const entries = mapping(value, depth, nesting + 1, item ? ' ' : (PADS[depth] ?? ''));
  if (entries === '') return ' {}\n';
  return item ? entries : `\n${entries}`;
}

/** The entries of a mapping, each on a line of its own; `first` is what stands before the first. */
function mapping(value: object, depth: number, nesting: number, first: string): string {
  const prototype = Object.getPrototypeOf(value);
  // The second test lets in objects of another realm, whose Object.prototype is not ours.
  if (prototype !== Object.prototype && prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new Refusal(`it is an instance of ${prototype.constructor?.name || 'a class'}; give plain data`);
  }
  let result = '';
  const keys = Object.keys(value);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const entry: unknown = value[key as keyof typeof value];
    if (entry === undefined) continue;
    try {
      const before = result === '' ? first : undefined;
      result +=
        key.length <= MAX_REMEMBERED_LENGTH
          ? `${keyLine(key, depth, before)}${after(entry, depth + 1, nesting, false)}`
          : `${before ?? PADS[depth]}${longKey(key, entry, depth, nesting)}`;
    } catch (error) {
      throw error instanceof Refusal ? error.from(value, key) : error;
    }
  }
  return result;
}

/**
 * A line up to the `:` of its key, which is short. The same keys stand at the same depths in every object.
 * @param before what stands before it. @default - the indentation
 */
function keyLine(key: string, depth: number, before: string | undefined): string {
  if (before !== undefined) return `${before}${oneLine(key)}:`;
  const lines = rememberedKeys[depth];
  let line = lines?.get(key);
  if (line === undefined) {
    line = `${PADS[depth]}${oneLine(key)}:`;
    if (lines && lines.size >= MAX_REMEMBERED) lines.clear();
    lines?.set(key, line);
  }
  return line;
}

function longKey(key: string, entry: unknown, depth: number, nesting: number): string {
  const name = oneLine(key);
  return name.length > MAX_SIMPLE_KEY
    ? `? ${name}\n${PADS[depth]}:${after(entry, depth + 1, nesting, true)}`
    : `${name}:${after(entry, depth + 1, nesting, false)}`;
}

/** The items of a list, each on a line of its own; `first` is what stands before the first. */
function list(value: readonly unknown[], depth: number, nesting: number, first: string): string {
  let result = '';
  let before = first;
  for (let index = 0; index < value.length; index++) {
    try {
      result += `${before}-${after(value[index], depth + 1, nesting, true)}`;
    } catch (error) {
      throw error instanceof Refusal ? error.from(value, index) : error;
    }
    before = PADS[depth] ?? '';
  }
  return result;
}

function text(value: string, depth: number): string {
  const known = rememberedValues.get(value);
  if (known !== undefined) return known;
  if (!value.includes('\n')) {
    const written = ` ${oneLine(value)}\n`;
    if (value.length <= MAX_REMEMBERED_LENGTH) {
      if (rememberedValues.size >= MAX_REMEMBERED) rememberedValues.clear();
      rememberedValues.set(value, written);
    }
    return written;
  }
  const block = literal(value, PADS[Math.max(depth, 1)] ?? '');
  return block === undefined ? ` ${oneLine(value)}\n` : ` ${block}`;
}

/** A text as a key, or as a value without line breaks. */
function oneLine(value: string): string {
  const known = remembered.get(value);
  if (known !== undefined) return known;
  if (LONE_SURROGATE.test(value))
    throw new Refusal('it has half a surrogate pair, which no encoding of Unicode can hold');
  const written = isPlain(value) ? value : quoted(value);
  if (value.length <= MAX_REMEMBERED_LENGTH && !value.includes('\n')) {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(value, written);
  }
  return written;
}

/** A number that all readers take for the same one: no exponent where there is no point, and a point where there is one. */
function number(value: number): string {
  if (Number.isSafeInteger(value)) return value === 0 ? '0' : `${value}`;
  if (!Number.isFinite(value)) throw new Refusal(`it is ${value}; JSON and Kubernetes have no such number`);
  if (Number.isInteger(value)) return BigInt(value).toString();
  return `${value}`.replace(/^(-?[0-9]+)e/, '$1.0e');
}

type Unwritable = 'undefined' | 'bigint' | 'symbol' | 'function';

const FAULTS: Readonly<Record<Unwritable, string>> = {
  undefined: 'it is undefined; leave it out, or write null',
  bigint: 'it is a bigint; give a number or a string',
  symbol: 'it is a symbol; give a string',
  function: 'it is a function; give the value that it returns',
};

/** The error for a refusal; of a cycle, with the path of the first value that holds one of those that hold it. */
function explain({ steps, holders, fault }: Refusal, object?: KubernetesObject): YamlWriteError {
  const again = holders.findIndex((holder, i) => holders.indexOf(holder) < i);
  if (again === -1) return new YamlWriteError(steps, fault, object);
  const first = formatPath(steps.slice(0, holders.indexOf(holders[again] ?? {})));
  return new YamlWriteError(
    steps.slice(0, again),
    `it refers back to ${first || 'the whole value'}; break the cycle`,
    object,
  );
}
