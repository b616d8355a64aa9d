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

/** Short values as written, with the blank before them and the end of their line: names and images repeat. Cleared when full. */
const rememberedValues = new Map<string, string>();
/** The same of keys, at each depth. */
const rememberedKeys: readonly Map<string, string>[] = PADS.map(() => new Map());
/** The same of keys beside the `-` of an item. */
const rememberedItems = new Map<string, string>();
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
    const out: Text = [];
    document(out, value);
    return out.join('');
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
  const out: Text = [];
  objects.forEach((object, i) => {
    if (i > 0) out.push('---\n');
    try {
      document(out, object);
    } catch (error) {
      throw error instanceof Refusal ? explain(error, object) : error;
    }
  });
  return out.join('');
}

/** The text so far, in pieces: to join them at the end takes less than to add each to one text. */
type Text = string[];

function document(out: Text, value: unknown): void {
  const start = out.length;
  after(out, value, 0, 0, true);
  // A document begins at the margin: the blank that stands after a key or a `-` goes.
  out[start] = out[start]?.slice(1) ?? '';
  // Tools that split a stream trim its parts; the end marker keeps the line breaks that a last `|+` block ends with.
  if (out.at(-1)?.endsWith('\n\n')) out.push('...\n');
}

/**
 * What follows `key:` or the `-` of an item: a blank and a scalar, or a block. Its content is indented `depth` steps and
 * stands inside `nesting` mappings and lists.
 */
function after(out: Text, value: unknown, depth: number, nesting: number, item: boolean): void {
  if (typeof value === 'object' && value !== null) block(out, value, depth, nesting, item);
  else out.push(scalar(value, depth));
}

function scalar(value: unknown, depth: number): string {
  if (typeof value === 'string') return text(value, depth);
  if (typeof value === 'number') return ` ${number(value)}\n`;
  if (typeof value === 'boolean') return value ? ' true\n' : ' false\n';
  if (value === null) return ' null\n';
  throw new Refusal(FAULTS[typeof value as Unwritable]);
}

/** A mapping or a list. The first line of an item stands beside its `-`. */
function block(out: Text, value: object, depth: number, nesting: number, item: boolean): void {
  if (nesting >= MAX_NESTING)
    throw new Refusal(`it stands inside ${MAX_NESTING} mappings and lists; readers stop there`);
  const start = out.length;
  if (!item) out.push('\n');
  const content = out.length;
  const isList = Array.isArray(value);
  if (!isList) mapping(out, value, depth, nesting + 1, item);
  else list(out, value, item ? depth : depth - 1, nesting + 1, item);
  if (out.length > content) return;
  out.length = start;
  out.push(isList ? ' []\n' : ' {}\n');
}

/** The entries of a mapping, each on a line of its own. */
function mapping(out: Text, value: object, depth: number, nesting: number, item: boolean): void {
  refuseInstance(value);
  let first = item;
  for (const key in value) {
    const entry: unknown = value[key as keyof typeof value];
    if (entry === undefined || !Object.hasOwn(value, key)) continue;
    try {
      if (key.length > MAX_REMEMBERED_LENGTH) longKey(out, key, entry, depth, nesting, first);
      else {
        out.push(first ? keyOfItem(key) : keyLine(key, depth));
        after(out, entry, depth + 1, nesting, false);
      }
    } catch (error) {
      throw error instanceof Refusal ? error.from(value, key) : error;
    }
    first = false;
  }
}

function refuseInstance(value: object): void {
  const prototype = Object.getPrototypeOf(value);
  // The second test lets in objects of another realm, whose Object.prototype is not ours.
  if (prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null) return;
  throw new Refusal(`it is an instance of ${prototype.constructor?.name || 'a class'}; give plain data`);
}

/** A line up to the `:` of its key, which is short. The same keys stand at the same depths in every object. */
function keyLine(key: string, depth: number): string {
  const lines = rememberedKeys[depth] as Map<string, string>;
  return lines.get(key) ?? remember(lines, key, `${PADS[depth]}${oneLine(key)}:`);
}

/** The same beside the `-` of an item. */
function keyOfItem(key: string): string {
  return rememberedItems.get(key) ?? remember(rememberedItems, key, ` ${oneLine(key)}:`);
}

function longKey(out: Text, key: string, entry: unknown, depth: number, nesting: number, first: boolean): void {
  const name = oneLine(key);
  const before = first ? ' ' : PADS[depth];
  const simple = name.length <= MAX_SIMPLE_KEY;
  out.push(simple ? `${before}${name}:` : `${before}? ${name}\n${PADS[depth]}:`);
  after(out, entry, depth + 1, nesting, !simple);
}

/** The items of a list, each on a line of its own. */
function list(out: Text, value: readonly unknown[], depth: number, nesting: number, item: boolean): void {
  for (let index = 0; index < value.length; index++) {
    try {
      out.push(item && index === 0 ? ' -' : `${PADS[depth]}-`);
      after(out, value[index], depth + 1, nesting, true);
    } catch (error) {
      throw error instanceof Refusal ? error.from(value, index) : error;
    }
  }
}

function text(value: string, depth: number): string {
  const known = rememberedValues.get(value);
  if (known !== undefined) return known;
  if (!value.includes('\n')) return remember(rememberedValues, value, ` ${oneLine(value)}\n`);
  const lines = literal(value, PADS[Math.max(depth, 1)] ?? '');
  return lines === undefined ? ` ${oneLine(value)}\n` : ` ${lines}`;
}

/** A text as a key, or as a value without line breaks. */
function oneLine(value: string): string {
  if (LONE_SURROGATE.test(value))
    throw new Refusal('it has half a surrogate pair, which no encoding of Unicode can hold');
  return isPlain(value) ? value : quoted(value);
}

/** Keeps a short text as written. */
function remember(memory: Map<string, string>, value: string, written: string): string {
  if (value.length > MAX_REMEMBERED_LENGTH) return written;
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  memory.set(value, written);
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
