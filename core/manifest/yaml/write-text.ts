/**
 * How a text is written so that every reader of YAML 1.1 and 1.2 reads it back: plain where no reader can take it for
 * something else, as a literal block where it has several lines, otherwise in double quotes.
 */

/**
 * Words that one reader or another takes for a boolean, null, infinity or not-a-number, in any case; `e3` is a number to
 * the npm library `yaml` in its 1.1 mode.
 */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|[-+]?\.(?:inf|nan)|e[-+]?[0-9]+)$/i;

/**
 * All that numbers and dates are made of, in any base, with separators, exponents, base 60 (`1:30`) and times of day. A
 * text that starts like a number and holds nothing else is quoted, unless it has letters and no digit (`-c`) or is an
 * address or version with two dots.
 */
const NUMBER_LIKE = /^[-+.0-9][-+.,_:0-9A-Fa-foOxXtTzZ ]*$/;
const NO_NUMBER = /^(?:[^0-9]*[A-Za-z][^0-9]*|[0-9]+(?:\.[0-9]+){2,}(?::[0-9]+)?)$/;

/**
 * Characters beyond ASCII that may stand as they are. The others are escaped: line breaks of YAML 1.1 (NEL, U+2028),
 * what readers refuse (controls, U+FEFF, U+FFFE), and what is not seen, such as marks that reverse the direction of text.
 */
const VISIBLE =
  '\\u00a1-\\u00ac\\u00ae-\\u061b\\u061d-\\u115e\\u1161-\\u167f\\u1681-\\u17b3\\u17b6-\\u180a\\u1810-\\u1fff' +
  '\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\u2fff\\u3001-\\u3163\\u3165-\\ud7ff\\uf900-\\ufefe\\uff01-\\uff9f\\uffa1-\\uffef\\ufffd';
/** The same of characters beyond U+FFFF: planes 14 to 16 have tags, which are not seen, and private use. */
const SURROGATES = '\\ud800-\\udfff';
const UNSEEN_PAIR = '[\\udb40-\\udbff][\\udc00-\\udfff]';

const PLAIN_START = new RegExp(`^(?!-(?: |$)|---|\\.\\.\\.)[-+./_$(0-9A-Za-z${VISIBLE}${SURROGATES}]`);
const NOT_PLAIN = new RegExp(`:(?: |$)| (?:#|$)|[^ -~${VISIBLE}${SURROGATES}]|${UNSEEN_PAIR}`);

/** Half a surrogate pair: no encoding of Unicode can hold it. */
export const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const LITERAL_START = /^\n*[^\s]/;
const NOT_LITERAL = new RegExp(
  `\\n[ \\t]+(?:\\n|$)|[^\\n\\t -~${VISIBLE}${SURROGATES}]|${UNSEEN_PAIR}|${LONE_SURROGATE.source}`,
);

const ESCAPED = new RegExp(`${UNSEEN_PAIR}|[^ !#-[\\]-~${VISIBLE}${SURROGATES}]`, 'g');

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** Whether no YAML reader takes the text, without quotes in block style, for anything but itself. */
export function isPlain(text: string): boolean {
  return (
    PLAIN_START.test(text) &&
    !NOT_PLAIN.test(text) &&
    !WORD.test(text) &&
    (!NUMBER_LIKE.test(text) || NO_NUMBER.test(text))
  );
}

/** The text in double quotes, on one line. */
export function quoted(text: string): string {
  return `"${text.replace(ESCAPED, escaped)}"`;
}

function escaped(character: string): string {
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/**
 * The text as a literal block (`|`), indented by `pad`; undefined where readers disagree about one: if its first line
 * starts with a blank, a line has nothing but blanks, or a character must be escaped.
 */
export function literal(text: string, pad: string): string | undefined {
  if (!LITERAL_START.test(text) || NOT_LITERAL.test(text)) return undefined;
  const chomping = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') ? '+' : '';
  const body = `\n${text}`.replace(/\n(?=[^\n])/g, `\n${pad}`);
  return `|${chomping}${body}${chomping === '-' ? '\n' : ''}`;
}
