import { allowedLines, genericAllowedLines, genericLines, patternLines, stopwordLines } from './data';
import { KeywordIndex } from './keyword-index';
import { moreShapes, shapes } from './shapes';

/** A form of secrets. */
export interface Pattern {
  /** What a match is, for messages: `a GitHub token`. */
  readonly what: string;
  readonly form: RegExp;
  /** Bits a character that a secret has more than; 0 where it is not asked. */
  readonly entropy: number;
  /** Of secrets that are none. */
  readonly allowed: readonly RegExp[];
}

/** The last resort: a name that is about secrets, and a value that is random. */
export interface GenericPattern extends Pattern {
  /** Of matches that are about no secret. */
  readonly allowedMatches: readonly RegExp[];
  /** Words that no random value has. */
  readonly stopwords: readonly string[];
}

/** A pattern that is read when it is first asked for: a check meets few of them. */
export type LazyPattern = () => Pattern;

/** Answers what it first answered. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The pattern in that line and those below it. */
function readPattern(lines: readonly string[], at: number): Pattern {
  const [, id = '', entropy, source = ''] = /^(\S+) (\S+) \S+ \S+ (.+)$/.exec(lines[at] ?? '') ?? [];
  const allowed: RegExp[] = [];
  for (let i = at + 1; lines[i]?.startsWith('\t'); i++) allowed.push(new RegExp((lines[i] as string).slice(1)));
  return { what: `what gitleaks calls ${id}`, form: new RegExp(source), entropy: Number(entropy), allowed };
}

/** The keywords of those lines that are patterns of the kind, each with its pattern. */
function wordsOf(lines: readonly string[], kind: 'value' | 'named'): (readonly [string, LazyPattern])[] {
  const words: (readonly [string, LazyPattern])[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [id, , ofKind, keywords = ''] = (lines[at] as string).split(' ', 4);
    if (id === undefined || id.startsWith('\t') || ofKind !== kind) continue;
    const pattern = once(() => readPattern(lines, at));
    for (const word of keywords.split(',')) words.push([word, pattern]);
  }
  return words;
}

const wordsOfHouse = (): (readonly [string, LazyPattern])[] =>
  [...shapes, ...moreShapes].flatMap(({ what, form, keywords }) => {
    const pattern: Pattern = { what, form, entropy: 0, allowed: [] };
    return keywords.map((word) => [word, () => pattern] as const);
  });

/** By their keywords, the patterns that a value alone matches. */
export const patternsOfValues = once(() => new KeywordIndex([...wordsOfHouse(), ...wordsOf(patternLines, 'value')]));

/** By their keywords, the patterns that match a name and its value: `adobe_secret=…`. */
export const patternsOfSettings = once(() => new KeywordIndex(wordsOf(patternLines, 'named')));

/** By its keywords, the last resort. */
export const genericWords = once(() => new KeywordIndex(wordsOf(genericLines, 'named')));

export const genericPattern = once(
  (): GenericPattern => ({
    ...readPattern(genericLines, 0),
    allowedMatches: genericAllowedLines.map((source) => new RegExp(source)),
    stopwords: stopwordLines.flatMap((line) => line.split(' ')),
  }),
);

/** What stands in for a secret, whatever the pattern. */
export const allowedValues = once(() => allowedLines.map((source) => new RegExp(source)));
