/** Regular expressions as the Collector reads them: Go's syntax, with which RE2's agrees (https://pkg.go.dev/regexp/syntax). */

/** What a pattern is made of. */
export type Re2Node =
  | { readonly kind: 'text'; readonly char: string; readonly anyCase: boolean }
  /** A class of characters, or an assertion, which takes none. */
  | { readonly kind: 'class' | 'assertion'; readonly source: string; readonly anyCase?: boolean }
  | { readonly kind: 'group'; readonly options: readonly (readonly Re2Node[])[] }
  | {
      readonly kind: 'repeat';
      readonly of: Re2Node;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    };

/** Thrown for what is no pattern; the message goes on from "it". */
export class Re2Error extends Error {
  override readonly name = 'Re2Error';
}

/** The most that it repeats. */
const mostRepeats = 1000;

const posix: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

const perl: Readonly<Record<string, string>> = {
  d: '0-9',
  s: '\\t\\n\\f\\r ',
  w: '0-9A-Za-z_',
};

const controls: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

/** @throws Re2Error for what the Collector would not start with */
export function parseRe2(pattern: string): Re2Node {
  if (/\p{Cs}/u.test(pattern)) throw new Re2Error('is no text: half of a character stands in it');
  return new Parser(pattern).all();
}

class Parser {
  #at = 0;
  #flags: Flags = { i: false, m: false, s: false, U: false };

  constructor(private readonly pattern: string) {}

  all(): Re2Node {
    const node = this.#group();
    if (this.#at < this.pattern.length) throw new Re2Error('closes a group that it has not opened');
    return node;
  }

  #peek(text: string): boolean {
    return this.pattern.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    const found = this.#peek(text);
    if (found) this.#at += text.length;
    return found;
  }

  #match(form: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(form.source, 'uy');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.pattern) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #char(): string {
    const char = String.fromCodePoint(this.pattern.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    return char;
  }

  /** Until the end of the group, with flags that end with it. */
  #group(): Re2Node {
    const outer = this.#flags;
    const options: Re2Node[][] = [[]];
    while (this.#at < this.pattern.length && !this.#peek(')')) {
      if (this.#take('|')) options.push([]);
      else options.at(-1)?.push(...this.#repeated());
    }
    this.#flags = outer;
    return { kind: 'group', options };
  }

  #repeated(): readonly Re2Node[] {
    const atoms = [...this.#atoms()];
    const repeat = this.#repeat();
    if (repeat === undefined) return atoms;
    const of = atoms.pop();
    if (of === undefined) throw new Re2Error('repeats what is not there');
    const [least, most] = repeat;
    const lazy = this.#take('?') !== this.#flags.U;
    if (this.#repeat() !== undefined) throw new Re2Error('has possessive or doubled repetitions, which RE2 cannot');
    const node: Re2Node = { kind: 'repeat', of, least, most, lazy };
    if ((least > 1 || (Number.isFinite(most) && most > 1)) && !fits(node, mostRepeats))
      throw new Re2Error(`repeats more than ${mostRepeats} times, which RE2 refuses`);
    return [...atoms, node];
  }

  #repeat(): readonly [least: number, most: number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#take('?')) return [0, 1];
    const counted = this.#match(/\{(\d+)(,(\d*))?\}/);
    if (counted === undefined) return undefined;
    const [, from = '', comma, to = ''] = counted;
    const least = Number(from);
    const most = comma === undefined ? least : to === '' ? Number.POSITIVE_INFINITY : Number(to);
    if (least > mostRepeats || (Number.isFinite(most) && most > mostRepeats))
      throw new Re2Error(`repeats more than ${mostRepeats} times, which RE2 refuses`);
    if (least > most) throw new Re2Error(`repeats at least ${least} and at most ${most} times`);
    return [least, most];
  }

  /** Several only for a quoted text. */
  #atoms(): readonly Re2Node[] {
    if (this.#take('(')) return this.#parenthesis();
    if (this.#take('[')) return [{ kind: 'class', source: this.#set(), anyCase: this.#flags.i }];
    if (this.#take('.')) return [{ kind: 'class', source: this.#flags.s ? '[^]' : '[^\\n]' }];
    if (this.#take('^')) return [{ kind: 'assertion', source: this.#flags.m ? '(?<=^|\\n)' : '^' }];
    if (this.#take('$')) return [{ kind: 'assertion', source: this.#flags.m ? '(?=\\n|$)' : '$' }];
    if (this.#take('\\')) return this.#afterBackslash();
    if (/[*+?]/.test(this.pattern.charAt(this.#at))) throw new Re2Error('repeats what is not there');
    return [this.#text(this.#char())];
  }

  #text(char: string): Re2Node {
    const anyCase = this.#flags.i && char.toLowerCase() !== char.toUpperCase();
    return { kind: 'text', char, anyCase };
  }

  #parenthesis(): readonly Re2Node[] {
    if (this.#match(/\?<?[=!]/)) throw new Re2Error('looks ahead or behind, which RE2 cannot');
    const name = this.#match(/\?P?<([^>]*)>/)?.[1];
    if (name !== undefined) {
      if (!/^\w+$/.test(name)) throw new Re2Error(`has a group of the name ${JSON.stringify(name)}, which is none`);
      return [this.#closed(this.#flags)];
    }
    if (!this.#take('?')) return [this.#closed(this.#flags)];
    const [, on = '', , off, end] = this.#match(/([imsU]*)(-([imsU]+))?([:)])/) ?? [];
    if (end === undefined) throw new Re2Error('has a kind of group that RE2 has not');
    const flags = { ...this.#flags };
    for (const flag of on) flags[flag as keyof Flags] = true;
    for (const flag of off ?? '') flags[flag as keyof Flags] = false;
    if (end === ':') return [this.#closed(flags)];
    this.#flags = flags;
    return [];
  }

  #closed(flags: Flags): Re2Node {
    const outer = this.#flags;
    this.#flags = flags;
    const node = this.#group();
    this.#flags = outer;
    if (!this.#take(')')) throw new Re2Error('opens a group that it does not close');
    return node;
  }

  #afterBackslash(): readonly Re2Node[] {
    if (this.#take('Q')) {
      const end = this.pattern.indexOf('\\E', this.#at);
      const quoted = this.pattern.slice(this.#at, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.pattern.length : end + 2;
      return [...quoted].map((char) => this.#text(char));
    }
    const assertion = this.#match(/[ABbz]/)?.[0];
    if (assertion !== undefined)
      return [{ kind: 'assertion', source: { A: '(?<![^])', z: '(?![^])' }[assertion] ?? `\\${assertion}` }];
    const several = this.#classOf();
    if (several !== undefined) return [{ kind: 'class', source: `[${several}]` }];
    return [this.#text(this.#escaped())];
  }

  /** Classes that have a name: `\d`, `\pL`, `\P{Greek}`. */
  #classOf(): string | undefined {
    const letter = this.#match(/[dDsSwW]/)?.[0];
    if (letter !== undefined) {
      const set = perl[letter.toLowerCase()] ?? '';
      return letter === letter.toLowerCase() ? set : complement(set);
    }
    const [, sign, one, inverse, several] = this.#match(/([pP])(?:\{(\^?)([^}]*)\}|(.))/)?.map(String) ?? [];
    if (sign === undefined) return undefined;
    const isOne = several !== 'undefined';
    const name = (isOne ? several : inverse) ?? '';
    const letterOf = (sign === 'P') !== (one === '^') ? 'P' : 'p';
    if (name === 'Any') return letterOf === 'p' ? '\\u{0}-\\u{10FFFF}' : '';
    const source = /^[A-Z][a-z]?$/.test(name) ? name : `Script=${name}`;
    if (!/^\w+$/.test(name) || compiled(`\\p{${source}}`) === undefined)
      throw new Re2Error(`has a class ${JSON.stringify(name)}, which Unicode has not`);
    return `\\${letterOf}{${source}}`;
  }

  /** One character after a backslash. */
  #escaped(): string {
    if (this.#at >= this.pattern.length) throw new Re2Error('ends with a backslash');
    const [, long, short, octal] =
      this.#match(/x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2})/) ?? [];
    const code = octal === undefined ? Number.parseInt(long ?? short ?? '', 16) : Number.parseInt(octal, 8);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    const char = this.#char();
    const control = controls[char];
    if (control !== undefined) return control;
    if (/[1-9k]/.test(char)) throw new Re2Error('refers back to a group, which RE2 cannot');
    if (/[0-9A-Za-z]|[^\0-\x7f]/.test(char)) throw new Re2Error(`has \\${char}, which RE2 has not`);
    return char;
  }

  #set(): string {
    const inverse = this.#take('^');
    const parts: string[] = [];
    for (let first = true; first || !this.#peek(']'); first = false) {
      if (this.#at >= this.pattern.length) throw new Re2Error('opens a class of characters that it does not close');
      parts.push(this.#setPart());
    }
    this.#take(']');
    return `[${inverse ? '^' : ''}${parts.join('')}]`;
  }

  #setPart(): string {
    const [, not, name] = this.#match(/\[:(\^?)([^:]*):\]/) ?? [];
    if (name !== undefined) {
      const set = Object.hasOwn(posix, name) ? posix[name] : undefined;
      if (set === undefined) throw new Re2Error(`has a class [:${name}:], which RE2 has not`);
      return not === '^' ? complement(set) : set;
    }
    if (this.#peek('\\')) {
      this.#at++;
      const several = this.#classOf();
      if (several !== undefined) return several;
      this.#at--;
    }
    const low = this.#setChar();
    if (!this.#peek('-') || this.#peek('-]') || this.#at + 1 >= this.pattern.length) return escaped(low);
    this.#at++;
    const high = this.#setChar();
    if ((high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0))
      throw new Re2Error(`has a range ${low}-${high}, which goes backwards`);
    return `${escaped(low)}-${escaped(high)}`;
  }

  #setChar(): string {
    if (this.#at >= this.pattern.length) throw new Re2Error('opens a class of characters that it does not close');
    return this.#take('\\') ? this.#escaped() : this.#char();
  }
}

/** Whether repetitions within each other come to no more than that. */
function fits(node: Re2Node, most: number): boolean {
  if (node.kind === 'group') return node.options.every((option) => option.every((each) => fits(each, most)));
  if (node.kind !== 'repeat') return true;
  const isCounted = node.least > 1 || (Number.isFinite(node.most) && node.most > 1);
  const count = isCounted ? (Number.isFinite(node.most) ? node.most : node.least) : 1;
  return count <= most && fits(node.of, Math.floor(most / Math.max(count, 1)));
}

function complement(set: string): string {
  const all = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  const inside = new RegExp(`[${set}]`, 'u');
  return `${all
    .filter((char) => !inside.test(char))
    .map(escaped)
    .join('')}\\u{80}-\\u{10FFFF}`;
}

function escaped(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

function compiled(source: string, flags = 'u'): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** The same for JavaScript, to look at what a pattern does; undefined where JavaScript has no such thing. */
export function inJavaScript(node: Re2Node): RegExp | undefined {
  return compiled(sourceOf(node), hasAnyCase(node) ? 'giu' : 'gu');
}

function sourceOf(node: Re2Node): string {
  if (node.kind === 'text') return escaped(node.char);
  if (node.kind === 'group') return `(?:${node.options.map((option) => option.map(sourceOf).join('')).join('|')})`;
  if (node.kind !== 'repeat') return node.source;
  const most = Number.isFinite(node.most) ? node.most : '';
  return `(?:${sourceOf(node.of)}){${node.least},${most}}${node.lazy ? '?' : ''}`;
}

function hasAnyCase(node: Re2Node): boolean {
  if (node.kind === 'group') return node.options.some((option) => option.some(hasAnyCase));
  return node.kind === 'repeat' ? hasAnyCase(node.of) : node.anyCase === true;
}
