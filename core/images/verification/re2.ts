/** Escapes of letters that JavaScript and RE2 read alike. */
const sharedEscapes = 'dDwWsSbBntrf';
/** More of one thing RE2 does not repeat, repetitions within it counted, too. */
const mostRepeated = 1_000;

/**
 * What RE2 does not take, or reads otherwise than JavaScript, by which the expression was looked at. Kyverno would find it where the policy is asked, which refuses every image.
 *
 * @param pattern that JavaScript takes
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function re2Fault(pattern: string): string | undefined {
  if (/\(\?(?:<?[=!]|<)|\\[1-9k]/.test(pattern)) return 'RE2 has neither lookaround nor references';
  return escapeFault(pattern) ?? classFault(pattern) ?? (repeats(pattern) > mostRepeated ? tooMany : undefined);
}

const tooMany = `RE2 repeats nothing more than ${mostRepeated} times, repetitions within one another multiplied`;

function escapeFault(pattern: string): string | undefined {
  for (const [escaped, character = ''] of pattern.matchAll(/\\(.)/gs))
    if (character > '\x7f' || (/[A-Za-z0-9]/.test(character) && !sharedEscapes.includes(character)))
      return `RE2 does not read ${escaped} as it is read elsewhere: write the characters out`;
  if (/(?:^|[^\\])(?:\\\\)*\(\?(?!:)/.test(pattern)) return 'RE2 has other groups with ?: write (…) or (?:…)';
  return undefined;
}

function classFault(pattern: string): string | undefined {
  for (const text of classesIn(pattern)) {
    if (/^\[\^?\]/.test(text)) return `RE2 has no class of nothing, or of everything: ${text}`;
    if (text.includes('[:')) return `RE2 reads the class ${text} otherwise than it is read elsewhere`;
    if (/\\[bB]/.test(text)) return `RE2 has no boundary in a class: ${text}`;
    if (/[^[^]-\\[dDwWsS]/.test(text)) return `RE2 takes no range that ends in a class: ${text}`;
  }
  return undefined;
}

/** The classes of characters, as they are written. */
function classesIn(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\\.|(\[(?:\\.|[^\]\\])*\])/gs)].flatMap(([, text]) => text ?? []);
}

/** How often the innermost thing is repeated by numbers at most, or without an end at least. */
function repeats(pattern: string): number {
  const plain = pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, 'a');
  const most = [1];
  let last = 1;
  for (const [token, least = '', to = ''] of plain.matchAll(/\{(\d+)(?:,(\d*))?\}|./gs)) {
    if (least !== '') last *= Math.max(1, Number(to || least));
    else if (token === '(') most.push(1);
    else last = token === ')' ? (most.pop() ?? 1) : 1;
    most.push(Math.max(most.pop() ?? 1, last));
  }
  return Math.max(...most);
}
