import type { Json } from '../object';
import type { Path } from '../path';
import { remembering } from '../remembering';
import { Places } from './places';
import { scalarValue } from './resolve';

/** What a document in plain block style holds. */
export interface PlainDocument {
  readonly value: Json;
  /** Whether a list of it may hold a null. */
  readonly mayHoldNullItems: boolean;
  /** Where a node starts: as of a Tree. */
  offsetOf(path: Path): number;
}

/** Anything else than printable ASCII is left to the whole reader. */
const UNUSUAL = /[^\n -~]/;

/**
 * Reads a document in the style that tools and people write nearly always: block mappings and lists, scalars on one line, literal
 * blocks, lists of words in brackets; no list holds a null. Many times faster than the whole reader, and the same to the last value and
 * offset.
 *
 * @returns undefined for everything else, what is broken included: the whole reader says what it is
 */
export function readPlain(text: string): PlainDocument | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const places = new Places(text);
  const value = withinDepth(new PlainReader(text, places));
  return value === BEYOND ? undefined : { value, mayHoldNullItems: false, offsetOf: (path) => places.offsetOf(path) };
}

function withinDepth(reader: PlainReader): Json | Beyond {
  try {
    return reader.read();
  } catch (error) {
    // Nested deeper than the stack: the whole reader says so.
    if (error instanceof RangeError) return BEYOND;
    throw error;
  }
}

/** What is not in plain block style. */
const BEYOND = Symbol('beyond plain block style');
type Beyond = typeof BEYOND;

const [SPACE, QUOTE, HASH, APOSTROPHE, COMMA, DASH, COLON, BACKSLASH] = [32, 34, 35, 39, 44, 45, 58, 92];
const [OPEN, CLOSE, BRACE, END_BRACE, BAR] = [91, 93, 123, 125, 124];

/** 1: may start a plain key or scalar that is a text unless it is a word with a meaning. 2: may start one that is to be resolved. */
const STARTS = new Uint8Array(128);
/** What a plain key may consist of. */
const IN_KEY = new Uint8Array(128);
/** What a plain word in brackets may consist of. */
const IN_WORD = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_/$(^]/.test(char)) STARTS[code] = 1;
  if (/[-0-9+.~]/.test(char)) STARTS[code] = 2;
  if (/[A-Za-z0-9_./$~+-]/.test(char)) IN_KEY[code] = 1;
  if (/[A-Za-z0-9_./=+-]/.test(char)) IN_WORD[code] = 1;
}

/** The longest of the words that mean a value: `false`. */
const LONGEST_WORD = 5;

class PlainReader {
  /** The line that is next: its first character that is no blank, its indentation (-1 at the end), and its end. */
  private at = 0;
  private indent = -1;
  private end = 0;
  private following = 0;

  constructor(
    private readonly text: string,
    private readonly places: Places,
  ) {}

  read(): Json | Beyond {
    this.advance();
    const place = this.places.open(this.at);
    const value = this.indent === -1 ? null : this.block(this.indent);
    this.places.close(place, value);
    return this.indent === -1 ? value : BEYOND;
  }

  /** Goes to the next line that holds more than blanks and a comment. */
  private advance(): void {
    const { text } = this;
    let from = this.following;
    while (from < text.length) {
      let end = text.indexOf('\n', from);
      if (end === -1) end = text.length;
      let at = from;
      while (at < end && text.charCodeAt(at) === SPACE) at++;
      if (at < end && text.charCodeAt(at) !== HASH) {
        this.at = at;
        this.indent = at - from;
        this.end = end;
        this.following = end + 1;
        return;
      }
      from = end + 1;
    }
    this.indent = -1;
    this.following = from;
  }

  /** The mapping or list that starts at the line. */
  private block(indent: number): Json | Beyond {
    return this.isItem() ? this.list(indent) : this.mapping(indent);
  }

  private isItem(): boolean {
    if (this.text.charCodeAt(this.at) !== DASH) return false;
    return this.at + 1 >= this.end || this.text.charCodeAt(this.at + 1) === SPACE;
  }

  private mapping(indent: number): Json | Beyond {
    const target: Record<string, Json> = {};
    while (this.indent === indent) {
      if (this.isItem()) return BEYOND;
      const keyAt = this.at;
      const colon = this.colonAfterKey(keyAt);
      if (colon === -1) return BEYOND;
      const key = this.key(keyAt, colon);
      if (key === undefined || key === '__proto__' || Object.hasOwn(target, key)) return BEYOND;
      const place = this.places.open(keyAt);
      const valueAt = this.skipBlanks(colon + 1);
      let value: Json | Beyond;
      if (valueAt >= this.end || this.isComment(valueAt)) {
        this.advance();
        if (this.indent > indent) value = this.block(this.indent);
        else if (this.indent === indent && this.isItem()) value = this.list(indent);
        else value = null;
      } else {
        value = this.inline(valueAt, indent);
      }
      if (value === BEYOND) return BEYOND;
      this.places.close(place, value);
      target[key] = value;
    }
    return this.indent > indent ? BEYOND : target;
  }

  private list(indent: number): Json | Beyond {
    const items: Json[] = [];
    while (this.indent === indent && this.isItem()) {
      const lineAt = this.at - indent;
      const itemAt = this.skipBlanks(this.at + 1);
      let place: number;
      let value: Json | Beyond;
      if (itemAt >= this.end || this.isComment(itemAt)) {
        this.advance();
        if (this.indent <= indent) return BEYOND;
        place = this.places.open(this.at);
        value = this.block(this.indent);
      } else {
        place = this.places.open(itemAt);
        if (this.colonAfterKey(itemAt) !== -1) {
          this.at = itemAt;
          this.indent = itemAt - lineAt;
          if (this.isItem()) return BEYOND;
          value = this.mapping(this.indent);
        } else {
          value = this.inline(itemAt, indent);
        }
      }
      if (value === BEYOND || value === null) return BEYOND;
      this.places.close(place, value);
      items.push(value);
    }
    return this.indent > indent ? BEYOND : items;
  }

  private skipBlanks(from: number): number {
    let at = from;
    while (at < this.end && this.text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  private isComment(at: number): boolean {
    return this.text.charCodeAt(at) === HASH && this.text.charCodeAt(at - 1) === SPACE;
  }

  /** The colon after the key that starts here; -1 where there is no simple key. */
  private colonAfterKey(from: number): number {
    const { text, end } = this;
    const first = text.charCodeAt(from);
    let at = from;
    if (first === QUOTE || first === APOSTROPHE) {
      at = text.indexOf(first === QUOTE ? '"' : "'", from + 1);
      if (at === -1 || at >= end) return -1;
      at++;
    } else {
      if (STARTS[first] === 0) return -1;
      while (at < end && IN_KEY[text.charCodeAt(at)] === 1) at++;
    }
    if (text.charCodeAt(at) !== COLON || at >= end) return -1;
    return at + 1 >= end || text.charCodeAt(at + 1) === SPACE ? at : -1;
  }

  /** Words and numbers as keys are left to the whole reader. */
  private key(from: number, colon: number): string | undefined {
    const { text } = this;
    const first = text.charCodeAt(from);
    if (first === QUOTE || first === APOSTROPHE) {
      const key = text.slice(from + 1, colon - 1);
      return key.includes('\\') || key.includes("'") || key.includes('"') ? undefined : key;
    }
    const key = text.slice(from, colon);
    return STARTS[first] === 1 && (key.length > LONGEST_WORD || plainValue(key) === key) ? key : undefined;
  }

  /** A scalar, or a list of words, on the line; a literal block below it. Goes on to the next line. */
  private inline(from: number, parent: number): Json | Beyond {
    const first = this.text.charCodeAt(from);
    if (first === BAR) return this.literal(from, parent);
    let value: Json | Beyond;
    if (first === QUOTE || first === APOSTROPHE) value = this.quoted(from);
    else if (first === OPEN) value = this.words(from);
    else if (first === BRACE) value = this.emptyMapping(from);
    else value = this.plain(from);
    if (value === BEYOND) return BEYOND;
    this.advance();
    // A scalar that goes on below.
    return this.indent > parent ? BEYOND : value;
  }

  private plain(from: number): Json | Beyond {
    const { text, end } = this;
    const kind = STARTS[text.charCodeAt(from)];
    if (kind === 0) return BEYOND;
    let to = end;
    for (let at = from; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === HASH && text.charCodeAt(at - 1) === SPACE) {
        to = at;
        break;
      }
      if (code === COLON && (at + 1 >= end || text.charCodeAt(at + 1) === SPACE)) return BEYOND;
    }
    while (text.charCodeAt(to - 1) === SPACE) to--;
    if (to === from + 1 && text.charCodeAt(from) === DASH) return BEYOND;
    if (text.charCodeAt(from) === DASH && text.charCodeAt(from + 1) === SPACE) return BEYOND;
    const written = text.slice(from, to);
    if (kind === 1 && written.length > LONGEST_WORD) return written;
    return plainValue(written);
  }

  /** True where nothing but blanks and a comment follows. */
  private endsAt(from: number): boolean {
    const at = this.skipBlanks(from);
    return at >= this.end || this.isComment(at);
  }

  private quoted(from: number): Json | Beyond {
    const close = this.closing(from);
    if (close === -1 || !this.endsAt(close + 1)) return BEYOND;
    return this.quotedText(from, close);
  }

  /** The quote that ends a text on this line; -1 where none does. */
  private closing(from: number): number {
    const { text, end } = this;
    const quote = text.charCodeAt(from);
    for (let at = from + 1; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH && quote === QUOTE) at++;
      else if (code === quote) {
        if (quote === QUOTE || text.charCodeAt(at + 1) !== APOSTROPHE) return at;
        at++;
      }
    }
    return -1;
  }

  private quotedText(from: number, close: number): string | Beyond {
    const { text } = this;
    const inner = text.slice(from + 1, close);
    if (text.charCodeAt(from) === APOSTROPHE) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
    if (!inner.includes('\\')) return inner;
    // The escapes that JSON has, too.
    return /^(?:[^\\]|\\["\\nt])*$/.test(inner) ? JSON.parse(text.slice(from, close + 1)) : BEYOND;
  }

  private emptyMapping(from: number): Json | Beyond {
    return this.text.charCodeAt(from + 1) === END_BRACE && this.endsAt(from + 2) ? {} : BEYOND;
  }

  private words(from: number): Json | Beyond {
    const { text } = this;
    const items: Json[] = [];
    let at = this.skipBlanks(from + 1);
    if (text.charCodeAt(at) === CLOSE) return this.endsAt(at + 1) ? items : BEYOND;
    for (;;) {
      const place = this.places.open(at);
      const code = text.charCodeAt(at);
      let to = at;
      let value: Json | Beyond;
      if (code === QUOTE || code === APOSTROPHE) {
        const close = this.closing(at);
        if (close === -1) return BEYOND;
        value = this.quotedText(at, close);
        to = close + 1;
      } else {
        if (code >= 128 || !STARTS[code]) return BEYOND;
        while (to < this.end && IN_WORD[text.charCodeAt(to)] === 1) to++;
        value = to - at === 1 && code === DASH ? BEYOND : plainValue(text.slice(at, to));
      }
      if (value === BEYOND || value === null) return BEYOND;
      this.places.close(place, value);
      items.push(value);
      at = this.skipBlanks(to);
      if (at >= this.end) return BEYOND;
      if (text.charCodeAt(at) === CLOSE) return this.endsAt(at + 1) ? items : BEYOND;
      if (text.charCodeAt(at) !== COMMA) return BEYOND;
      at = this.skipBlanks(at + 1);
    }
  }

  /** A literal block, `|` or `|-`, whose lines say by the first of them how far they are indented. */
  private literal(from: number, parent: number): Json | Beyond {
    const { text } = this;
    const strip = text.charCodeAt(from + 1) === DASH;
    if (from + (strip ? 2 : 1) !== this.end) return BEYOND;
    let own = -1;
    let content = '';
    let blanks = '';
    let line = this.following;
    while (line < text.length) {
      const end = text.indexOf('\n', line);
      if (end === -1) return BEYOND;
      let at = line;
      while (at < end && text.charCodeAt(at) === SPACE) at++;
      const indent = at - line;
      if (at === end) {
        if (own === -1 && indent > 0) return BEYOND;
        blanks += own !== -1 && indent > own ? `${text.slice(line + own, end)}\n` : '\n';
      } else {
        if (indent <= parent) break;
        if (own === -1) own = indent;
        if (indent < own) return BEYOND;
        content += `${blanks}${text.slice(line + own, end)}\n`;
        blanks = '';
      }
      line = end + 1;
    }
    // Blanks of a last line may belong to the text.
    if (own === -1 || /[^\n]/.test(blanks)) return BEYOND;
    this.following = line;
    this.advance();
    if (this.indent > parent) return BEYOND;
    return strip ? content.slice(0, -1) : content;
  }
}

/** What a plain scalar means to Kubernetes: the same numbers and words stand in every document. */
const plainValue = remembering((text): Json | Beyond => {
  const result = scalarValue({ text, plain: true, tag: undefined });
  return 'value' in result ? result.value : BEYOND;
});
