/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  /** In UTF-16 units, as editors and SARIF count. */
  readonly column: number;
}

/** One document of a stream, as Kubernetes cuts it out before anything is parsed. */
export interface Part {
  readonly text: string;
  /** Where it starts in the stream. */
  readonly offset: number;
  /** Where something follows the `---` before it, which Kubernetes refuses. */
  readonly misplaced?: number;
}

/** A text with lines that can be counted. Its line breaks are all `\n`, and no document starts with a byte order mark. */
export class SourceText {
  readonly text: string;
  private starts: readonly number[] | undefined;
  /** The line, from 0, that was last asked for. */
  private last = 0;

  constructor(text: string) {
    this.text = text.replace(/\r\n?/g, '\n').replace(/(^|\n---[^\n]*\n)\ufeff/g, '$1');
  }

  positionAt(offset: number): Position {
    this.starts ??= lineStarts(this.text);
    const { starts } = this;
    // Nearly always a line near the last one: from there in steps that double, and back by halves.
    let low = (starts[this.last] as number) <= offset ? this.last : 0;
    let step = 1;
    while (low + step < starts.length && (starts[low + step] as number) <= offset) {
      low += step;
      step *= 2;
    }
    for (let high = Math.min(low + step, starts.length); high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    this.last = low;
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** What follows the dashes of a separator. */
const SEPARATOR = /---(.*)\n?/y;

/**
 * Cuts a stream into its documents at every line that starts with `---`, as Kubernetes' own reader does, so that a broken
 * document does not take the next ones with it.
 */
export function splitDocuments(text: string): readonly Part[] {
  const parts: Part[] = [];
  let next: Omit<Part, 'text'> = { offset: 0 };
  for (let at = separatorFrom(text, 0); at !== -1; at = separatorFrom(text, next.offset - 1)) {
    parts.push({ ...next, text: text.slice(next.offset, at) });
    SEPARATOR.lastIndex = at;
    const [separator = '', rest = ''] = SEPARATOR.exec(text) ?? [];
    const offset = at + separator.length;
    const comment = /^\s*(?:#|$)/.test(rest);
    next = comment ? { offset } : { offset, misplaced: at + '---'.length + rest.search(/\S/) };
  }
  return [...parts, { ...next, text: text.slice(next.offset) }];
}

/** Where the first line starts that is a separator, from the line break before it on; -1 where there is none. */
function separatorFrom(text: string, from: number): number {
  if (from <= 0 && text.startsWith('---')) return 0;
  const found = text.indexOf('\n---', from);
  return found === -1 ? -1 : found + 1;
}
