/** Escapes that JavaScript and RE2 read alike, beside those of punctuation. */
const sharedEscapes = 'dDwWbBntrf';

/**
 * The source of a regular expression that means the same to JavaScript and to RE2, which CEL has: linear in time, without flags.
 *
 * @throws TypeError for flags, look-around, back references, named groups, and for `.` and `\s`, which the two read differently
 */
export function portablePattern({ source, flags }: RegExp): string {
  const refuse = (what: string, instead: string): never => {
    throw new TypeError(`/${source}/: ${what} is not the same to JavaScript and to RE2: ${instead}`);
  };
  if (flags.replace('u', '') !== '') refuse(`the flag ${flags}`, 'write the characters out as a class');
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const character = source.charAt(i);
    if (character === '\\') {
      i++;
      const escaped = source.charAt(i);
      if (/[A-Za-z0-9]/.test(escaped) && !sharedEscapes.includes(escaped))
        refuse(`\\${escaped}`, 'write the characters out as a class');
    } else if (inClass) {
      inClass = character !== ']';
    } else if (character === '[') {
      inClass = true;
    } else if (character === '.') {
      refuse('.', 'write [^\\n]');
    } else if (character === '(' && source.charAt(i + 1) === '?' && source.charAt(i + 2) !== ':') {
      refuse(source.slice(i, i + 4), 'only plain and (?:…) groups are');
    }
  }
  return source.replaceAll('\\/', '/');
}
