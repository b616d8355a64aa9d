import type { LogsFault } from '../fault';
import { markOf, type RedactionPattern, redactionPatterns } from './catalogue';
import { holdsAlways } from './needles';
import { inJavaScript, parseRe2, Re2Error, type Re2Node } from './re2';

/** A pattern of one's own. */
export interface CustomPattern {
  /** A DNS label: what stands in the line instead is `[redacted:<id>]`. */
  readonly id: string;
  /** A regular expression of RE2: https://github.com/google/re2/wiki/Syntax */
  readonly pattern: string;
  /** A text that each match holds, in exactly this spelling: lines without it are not searched, which is much faster. @default - every line is searched */
  readonly needle?: string;
}

/** The most of them: each line is searched for each. */
const mostPatterns = 100;

/** The longest, in characters. */
const longest = 1_000;

/** Lines that hold no secret: a pattern that takes much of one takes too much. */
const harmless: readonly string[] = ['', 'x', 'started', 'GET /healthz 200', '{"level":"info","msg":"ready","n":1}'];

/** Ids that stand in lines besides those of patterns. */
const otherIds: readonly string[] = ['email', 'card', 'card-unchecked', 'iban', 'iban-unchecked'];

/** Faults of patterns of one's own. @param key of their list */
export function customFaults(key: string, custom: readonly CustomPattern[]): readonly LogsFault[] {
  if (custom.length > mostPatterns) {
    const message = `each line would be searched for ${custom.length} patterns, and ${mostPatterns} are the most`;
    return [{ key, message, remedy: 'join some by |' }];
  }
  const taken = new Set([...redactionPatterns.map(({ id }) => id), ...otherIds]);
  return custom.flatMap(({ id, pattern, needle }, i) => {
    const at = `${key}[${i}]`;
    const faults: LogsFault[] = [];
    if (!/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(id))
      faults.push({
        key: `${at}.id`,
        message: `${JSON.stringify(id.slice(0, 60))} is no DNS label of up to 40 characters`,
        remedy: 'use small letters, digits and -',
      });
    else if (taken.has(id))
      faults.push({
        key: `${at}.id`,
        message: `there is a pattern ${id} already`,
        remedy: 'call it something else',
      });
    taken.add(id);
    const { wrong, node } = read(pattern);
    if (wrong !== undefined) faults.push({ key: `${at}.pattern`, ...wrong });
    if (needle === undefined) return faults;
    if (needle.length < 2)
      faults.push({
        key: `${at}.needle`,
        message: `${JSON.stringify(needle)} is in nearly every line`,
        remedy: 'give two characters or more that every match holds, or leave it out',
      });
    else if (node !== undefined && !holdsAlways(node, needle))
      faults.push({
        key: `${at}.needle`,
        message: 'a match need not hold it, and lines without it are not searched: what they hold would stay',
        remedy: 'give a text that stands in each branch of the pattern, in this spelling, or leave it out',
      });
    return faults;
  });
}

/** A pattern as it is read, or what is wrong with it. */
function read(pattern: string): { readonly node?: Re2Node; readonly wrong?: Omit<LogsFault, 'key'> } {
  const remedy = 'write it in the syntax of RE2: https://github.com/google/re2/wiki/Syntax';
  if (pattern === '')
    return { wrong: { message: 'it is empty, and matches everywhere', remedy: 'say what is a secret' } };
  if (pattern.length > longest) {
    const message = `it has ${pattern.length} characters, and ${longest} are the most`;
    return { wrong: { message, remedy: 'say less of the secret, or write two' } };
  }
  try {
    const node = parseRe2(pattern);
    const message = tooMuch(node);
    if (message === undefined) return { node };
    return { node, wrong: { message, remedy: 'say what stands before or in the secret' } };
  } catch (error) {
    if (!(error instanceof Re2Error)) throw error;
    return { wrong: { message: `it ${error.message}`, remedy } };
  }
}

/** That it takes what is no secret, as far as harmless lines show it. */
function tooMuch(node: Re2Node): string | undefined {
  const expression = inJavaScript(node);
  if (expression === undefined) return undefined;
  for (const line of harmless) {
    const matches = [...line.matchAll(expression)].map(([match]) => match);
    const all = matches.join('').length;
    if (matches.includes('') || (all > 0 && 2 * all > line.length))
      return matches.join('') === line
        ? `it matches all of ${JSON.stringify(line)}, and so lines that hold no secret`
        : `it matches in ${JSON.stringify(line)}, ${matches.length} times, and so in lines that hold no secret`;
    const short = matches.find((match) => match.length === 1);
    if (short !== undefined) return `a single ${JSON.stringify(short)} matches it, which is no secret`;
  }
  return undefined;
}

/** As those of the catalogue. */
export function customPatterns(custom: readonly CustomPattern[]): readonly RedactionPattern[] {
  return custom.map(({ id, pattern, needle }) => ({
    id,
    what: id,
    forms: [{ ...(needle !== undefined && { needle }), pattern, replacement: markOf(id) }],
  }));
}
