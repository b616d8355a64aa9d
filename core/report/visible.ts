/** Characters that steer a terminal, begin a line or turn the order of others around: C0, C1, line separators, bidirectional controls, tags. */
const hidden = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text from manifests, exceptions and paths as people may read it: on one line, with every character that nobody sees as an escape.
 * Without it a name forges lines of a report, and commands of the CI system that prints it.
 */
export function visible(text: string): string {
  return text.replace(hidden, (sign) => short[sign] ?? `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
