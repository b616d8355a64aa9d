import { patternLines } from '../../secrets/leaks/data';

/** What may follow a token in source code. A log has commas, brackets and ampersands there, too. */
const terminator = /\(\?:\[`'" \\t\\n\\f\\r;\]\|\\\\\[[nNrR]+\]\|\$\)$/;

/**
 * The form of a token as gitleaks has it, in RE2, without what has to stand before and after it: a log is redacted wherever a token stands.
 * @throws RangeError where gitleaks has no such pattern any more
 */
export function gitleaksForm(id: string): string {
  const line = patternLines.find((each) => each.startsWith(`${id} `));
  const [, source] = /^\S+ \S+ \S+ \S+ (.+)$/.exec(line ?? '') ?? [];
  if (source === undefined) throw new RangeError(`gitleaks has no pattern ${id}`);
  return source.replace(terminator, '').replace(/^\\b/, '').replace(/\\b$/, '');
}
