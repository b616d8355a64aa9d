import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Json } from '../object';
import type { Path } from '../path';
import { keyText, type ScalarSource, scalarValue } from './resolve';

/** Something wrong at a place of the text, as an offset from its start. */
export interface Fault {
  readonly offset: number;
  readonly reason: string;
}

/**
 * The limits of go.yaml.in/yaml/v2 on aliases: a small document may consist of them, a large one must not. So what
 * Kubernetes reads is read here, too, and a document that multiplies without end is refused after as much work.
 */
const FREE_ALIASED = 100;
const FREE_NODES = 1_000;
const SMALL = 400_000;
const LARGE = 4_000_000;

function allowedAliasRatio(nodes: number): number {
  return 0.99 - (0.89 * (Math.min(Math.max(nodes, SMALL), LARGE) - SMALL)) / (LARGE - SMALL);
}

/** Ends the reading of a document. */
class Unreadable extends Error {
  constructor(
    readonly node: Node,
    message: string,
  ) {
    super(message);
  }
}

type Target = Record<string, Json>;

/** A `:` after a plain key in braces or brackets that no blank separates from what follows. */
const TIGHT_COLON = /[ \t]*:[,[\]{}]/y;

/** The nodes of one YAML document: their value as Kubernetes reads it, and where they are. */
export class Tree {
  private readonly targets: ReadonlyMap<Alias, Node>;
  /** By offset, because what an alias repeats is wrong once. */
  private readonly found = new Map<number, Fault>();
  private readonly open = new Set<Alias>();
  private nodes = 0;
  private aliased = 0;

  /** The document's value; what could not be read is null in it. */
  readonly value: Json;
  readonly mayHoldNullItems = true;

  constructor(
    private readonly root: Node | null,
    private readonly text: string,
  ) {
    const targets = new Map<Alias, Node>();
    this.targets = targets;
    let value: Json = null;
    try {
      linkAliases(root, new Map(), targets);
      value = this.read(root);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.report(error.node, error.message);
    }
    this.value = value;
  }

  /** What is wrong with the document. */
  get faults(): readonly Fault[] {
    return [...this.found.values()];
  }

  /**
   * Where a node starts: an entry of a mapping at its key, an item of a list at its value. Of a node that is not there,
   * the offset of the nearest one above it. Entries that come from an alias or a merge are where the anchor is.
   */
  offsetOf(path: Path): number {
    let node = this.root;
    let offset = startOf(node);
    for (const step of path) {
      const holder = this.follow(node);
      if (isMap<Node, Node | null>(holder)) {
        const pair = this.entry(holder, String(step));
        if (pair === undefined) return offset;
        offset = startOf(pair.key);
        node = pair.value;
      } else if (isSeq<Node>(holder) && typeof step === 'number' && holder.items[step] !== undefined) {
        node = holder.items[step] ?? null;
        offset = startOf(node);
      } else {
        return offset;
      }
    }
    return offset;
  }

  private report(node: Node | null, reason: string): void {
    const offset = startOf(node);
    if (!this.found.has(offset)) this.found.set(offset, { offset, reason });
  }

  private follow(node: Node | null): Node | null {
    return isAlias(node) ? (this.targets.get(node) ?? null) : node;
  }

  private count(node: Node): void {
    this.nodes++;
    if (this.open.size > 0) this.aliased++;
    const excessive = this.aliased > FREE_ALIASED && this.nodes > FREE_NODES;
    if (excessive && this.aliased / this.nodes > allowedAliasRatio(this.nodes)) {
      throw new Unreadable(
        node,
        'aliases make up nearly all of the document, as in one that is made to exhaust its reader',
      );
    }
  }

  /** What an alias stands for, as `use` makes it. */
  private through<T>(alias: Alias, use: (target: Node | null) => T): T {
    if (this.open.has(alias)) throw new Unreadable(alias, `the value of the anchor ${alias.source} contains itself`);
    this.open.add(alias);
    const result = use(this.follow(alias));
    this.open.delete(alias);
    return result;
  }

  private read(node: Node | null): Json {
    if (node === null) return null;
    this.count(node);
    if (isAlias(node)) return this.through(node, (target) => this.read(target));
    if (isScalar(node)) {
      const result = scalarValue(sourceOf(node));
      if ('value' in result) return result.value;
      this.report(node, result.fault);
      return null;
    }
    if (isSeq<Node>(node)) return node.items.map((item) => this.read(item));
    const target: Target = {};
    if (isMap<Node, Node | null>(node)) this.fill(target, node);
    return target;
  }

  /** Kubernetes' reader takes entries and merges in their order: what comes later wins, whichever it is. */
  private fill(target: Target, map: YAMLMap<Node, Node | null>): void {
    const own = new Set<string>();
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) {
        this.merge(target, value, key);
        continue;
      }
      if (map.flow === true && this.hasTightColon(key)) {
        this.report(
          key,
          'Kubernetes takes the : for a part of the text, other readers for the end of a key: put a blank after it',
        );
      }
      const name = this.keyOf(key);
      if (name !== undefined && own.has(name)) {
        this.report(
          key,
          `the key ${JSON.stringify(name)} is already in this mapping, and readers disagree which of the two counts: leave one out`,
        );
      }
      const entry = this.read(value);
      if (name === undefined) continue;
      own.add(name);
      put(target, name, entry);
    }
  }

  private hasTightColon(key: Node): boolean {
    TIGHT_COLON.lastIndex = key.range?.[1] ?? 0;
    return isScalar(key) && key.type === 'PLAIN' && TIGHT_COLON.test(this.text);
  }

  private merge(target: Target, node: Node | null, key: Node): void {
    const sources = isSeq<Node>(node) ? [...node.items].reverse() : [node];
    for (const source of sources) {
      const map = this.follow(source);
      if (source === null || !isMap<Node, Node | null>(map)) {
        throw new Unreadable(source ?? key, 'the merge key << takes a mapping or a list of mappings');
      }
      this.count(source);
      if (isAlias(source)) this.through(source, () => this.fill(target, map));
      else this.fill(target, map);
    }
  }

  /** The text of a key; undefined, and reported, if Kubernetes has none for it. */
  private keyOf(key: Node | null): string | undefined {
    if (key !== null) this.count(key);
    const scalar = this.follow(key);
    if (!isScalar(scalar)) {
      this.report(key, 'a mapping or list cannot be a key');
      return undefined;
    }
    const result = keyText(sourceOf(scalar));
    if ('value' in result) return result.value;
    this.report(key, result.fault);
    return undefined;
  }

  /** The entry that gives a mapping this key, from the mapping itself or what it merges. */
  private entry(map: YAMLMap<Node, Node | null>, name: string): Pair<Node, Node | null> | undefined {
    for (const pair of [...map.items].reverse()) {
      if (isMergeKey(pair.key)) {
        for (const source of isSeq<Node>(pair.value) ? pair.value.items : [pair.value]) {
          const merged = this.follow(source);
          const found = isMap<Node, Node | null>(merged) ? this.entry(merged, name) : undefined;
          if (found !== undefined) return found;
        }
        continue;
      }
      const key = this.follow(pair.key);
      const result = isScalar(key) ? keyText(sourceOf(key)) : undefined;
      if (result !== undefined && 'value' in result && result.value === name) return pair;
    }
    return undefined;
  }
}

/** An alias stands for the last node before it that has the anchor, as in the text. */
function linkAliases(node: Node | null, anchors: Map<string, Node>, targets: Map<Alias, Node>): void {
  if (node === null) return;
  if (isAlias(node)) {
    const target = anchors.get(node.source);
    // Without its name: it may be a password that begins with a star.
    if (target === undefined)
      throw new Unreadable(
        node,
        'there is no anchor of the name before this alias; put a text that begins with * in quotes',
      );
    targets.set(node, target);
    return;
  }
  const anchored = node as { readonly anchor?: string };
  if (anchored.anchor !== undefined) anchors.set(anchored.anchor, node);
  if (isSeq<Node>(node)) for (const item of node.items) linkAliases(item, anchors, targets);
  if (!isMap<Node, Node | null>(node)) return;
  for (const { key, value } of node.items) {
    linkAliases(key, anchors, targets);
    linkAliases(value, anchors, targets);
  }
}

function sourceOf(scalar: Scalar): ScalarSource {
  return { text: String(scalar.value), plain: scalar.type === 'PLAIN', tag: scalar.tag };
}

function isMergeKey(key: Node | null): key is Node {
  if (!isScalar(key) || key.value !== '<<') return false;
  return key.tag === undefined ? key.type === 'PLAIN' : key.tag === '!' || key.tag === 'tag:yaml.org,2002:merge';
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

/** An assignment would call the setter of `__proto__`. */
function put(target: Target, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
