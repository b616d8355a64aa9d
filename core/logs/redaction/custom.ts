import type { LogsFault } from '../fault';
import { markOf, type RedactionPattern, redactionPatterns } from './catalogue';

/** A pattern of one's own. */
export interface CustomPattern {
  /** A DNS label: what stands in the line instead is `[redacted:<id>]`. */
  readonly id: string;
  /** A regular expression of RE2: https://github.com/google/re2/wiki/Syntax */
  readonly pattern: string;
  /** A text that each match holds, in exactly this spelling: lines without it are not searched, which is much faster. @default - every line is searched */
  readonly needle?: string;
}

/** What RE2 does not have, and JavaScript may. */
const notInRe2: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/, 'it looks ahead or behind, which RE2 cannot'],
  [/\\[1-9]|\\k</, 'it refers back to a group, which RE2 cannot'],
  [/\(\?>|[*+?}]\+/, 'it has possessive or atomic groups, which RE2 cannot'],
];

/** The most that RE2 repeats: https://pkg.go.dev/regexp/syntax */
const mostRepeats = 1000;

/** Lines that hold no secret: a pattern that takes all of one takes too much. */
const harmless: readonly string[] = ['', 'x', 'started', 'GET /healthz 200', '{"level":"info","msg":"ready","n":1}'];

/** Faults of patterns of one's own. @param key of their list */
export function customFaults(key: string, custom: readonly CustomPattern[]): readonly LogsFault[] {
  const taken = new Set(redactionPatterns.map(({ id }) => id));
  return custom.flatMap(({ id, pattern, needle }, i) => {
    const at = `${key}[${i}]`;
    const faults: LogsFault[] = [];
    if (!/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(id))
      faults.push({
        key: `${at}.id`,
        message: `${JSON.stringify(id)} is no DNS label of up to 40 characters`,
        remedy: 'use small letters, digits and -',
      });
    else if (taken.has(id))
      faults.push({
        key: `${at}.id`,
        message: `there is a pattern ${id} already`,
        remedy: 'call it something else',
      });
    taken.add(id);
    const wrong = whatIsWrongWith(pattern);
    if (wrong !== undefined) faults.push({ key: `${at}.pattern`, ...wrong });
    if (needle !== undefined && needle.length < 2)
      faults.push({
        key: `${at}.needle`,
        message: `${JSON.stringify(needle)} is in nearly every line`,
        remedy: 'give two characters or more that every match holds, or leave it out',
      });
    return faults;
  });
}

function whatIsWrongWith(pattern: string): Omit<LogsFault, 'key'> | undefined {
  const remedy = 'write it in the syntax of RE2: https://github.com/google/re2/wiki/Syntax';
  if (pattern === '') return { message: 'it is empty, and matches everywhere', remedy: 'say what is a secret' };
  const [, why] = notInRe2.find(([form]) => form.test(withoutEscapes(pattern, form))) ?? [];
  if (why !== undefined) return { message: why, remedy };
  for (const [, from = '0', , to = from] of pattern.matchAll(/(?<!\\)\{(\d+)(,(\d*))?\}/g))
    if (Number(from) > mostRepeats || Number(to === '' ? 0 : to) > mostRepeats)
      return { message: `it repeats more than ${mostRepeats} times, which RE2 refuses`, remedy };
  const expression = inJavaScript(pattern);
  if (expression === undefined) return { message: 'it is no regular expression', remedy };
  const taken = harmless.find((line) => expression.exec(line)?.[0] === line);
  if (taken !== undefined)
    return {
      message: `it matches all of ${JSON.stringify(taken)}, and so lines that hold no secret`,
      remedy: 'say what stands before or in the secret',
    };
  return undefined;
}

/** Of a pattern, what counts for the form: an escaped backslash begins no reference. */
function withoutEscapes(pattern: string, form: RegExp): string {
  const pairs = pattern.replace(/\\\\/g, '');
  return form.source.startsWith('\\\\') ? pairs : pairs.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '_');
}

/** The same in JavaScript, as far as it can tell; undefined where it is no pattern at all. */
function inJavaScript(pattern: string): RegExp | undefined {
  const [, flags = '', rest = pattern] = /^\(\?([imsU]+)\)(.*)$/s.exec(pattern) ?? [];
  try {
    return new RegExp(
      rest
        .replace(/\(\?P</g, '(?<')
        .replace(/\\A/g, '^')
        .replace(/\\z/g, '$'),
      flags.replace('U', ''),
    );
  } catch {
    return undefined;
  }
}

/** As those of the catalogue. */
export function customPatterns(custom: readonly CustomPattern[]): readonly RedactionPattern[] {
  return custom.map(({ id, pattern, needle }) => ({
    id,
    what: id,
    forms: [{ ...(needle !== undefined && { needle }), pattern, replacement: markOf(id) }],
  }));
}
