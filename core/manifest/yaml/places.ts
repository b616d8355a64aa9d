import type { Path } from '../path';

const [QUOTE, APOSTROPHE] = [34, 39];

/**
 * Where the nodes of a document in plain block style are written: kept while it is read, since nearly every document is asked for the
 * place of something. A number or two a node, and no names: those stand in the text.
 */
export class Places {
  /**
   * Two numbers a node, and those below it next: its offset, which is that of an entry's key, and where in this table the nodes below
   * it end (of a list: the complement of that).
   */
  private readonly table: number[] = [];
  /** The steps that were last asked for, and the nodes on the way: much of the next path is often the same. */
  private walked: Path = [];
  private readonly nodes: number[] = [0];

  constructor(private readonly text: string) {}

  /** A node starts at the offset. What is opened before it is closed stands below it. */
  open(offset: number): number {
    return this.table.push(offset, 0) - 2;
  }

  close(node: number, value: unknown): void {
    const { length } = this.table;
    this.table[node + 1] = Array.isArray(value) ? ~length : length;
  }

  /** The offset of a node, or of the nearest one above it; the empty path is the first node. */
  offsetOf(path: Path): number {
    const { walked, nodes } = this;
    let depth = 0;
    while (depth < nodes.length - 1 && depth < path.length && path[depth] === walked[depth]) depth++;
    nodes.length = depth + 1;
    this.walked = path;
    for (; depth < path.length; depth++) {
      const below = this.below(nodes[depth] as number, path[depth] as Path[number]);
      if (below === undefined) break;
      nodes.push(below);
    }
    return this.at(nodes[nodes.length - 1] as number);
  }

  private below(node: number, step: string | number): number | undefined {
    const isList = this.at(node + 1) < 0;
    const end = this.endOf(node);
    const name = String(step);
    let index = 0;
    for (let next = node + 2; next < end; next = this.endOf(next)) {
      if (isList ? index === step : this.isKey(this.at(next), name)) return next;
      index++;
    }
    return undefined;
  }

  private endOf(node: number): number {
    const end = this.at(node + 1);
    return end < 0 ? ~end : end;
  }

  private at(index: number): number {
    return this.table[index] as number;
  }

  /** A key has no escapes; a colon ends it, or its quotation mark. */
  private isKey(offset: number, name: string): boolean {
    const { text } = this;
    const first = text.charCodeAt(offset);
    const isQuoted = first === QUOTE || first === APOSTROPHE;
    const start = isQuoted ? offset + 1 : offset;
    if (name !== '' && text.charCodeAt(start) !== name.charCodeAt(0)) return false;
    return (
      text.startsWith(name, start) && text.indexOf(isQuoted ? text.charAt(offset) : ':', start) === start + name.length
    );
  }
}
