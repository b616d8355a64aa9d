/**
 * A regular expression of Go as one that JavaScript and RE2 read alike, without flags: letters that are matched whatever their case
 * become classes, as JavaScript of Node.js 20 has no flags for a part of an expression.
 *
 * @throws SyntaxError for what there is no other way to write
 */
export function portableFromGo(source: string): string {
  let out = '';
  let at = 0;
  const scopes: boolean[] = [];
  let folds = false;
  const fail = (what: string): never => {
    throw new SyntaxError(`/${source}/: ${what}`);
  };
  while (at < source.length) {
    const rest = source.slice(at);
    const flags = /^\(\?([ims]*)(?:-([ims]+))?([:)])/.exec(rest);
    const character = source.charAt(at);
    if (flags) {
      const [whole, on = '', off = '', end] = flags;
      if (/[ms]/.test(on + off)) fail(`the flags ${whole}`);
      const inside: boolean = off.includes('i') ? false : on.includes('i') ? true : folds;
      if (end === ':') {
        scopes.push(folds);
        out += '(?:';
      }
      folds = inside;
      at += whole.length;
    } else if (character === '(') {
      const name = /^\(\?P<\w+>/.exec(rest)?.[0];
      scopes.push(folds);
      out += '(';
      at += name?.length ?? 1;
    } else if (character === ')') {
      folds = scopes.pop() ?? false;
      out += ')';
      at++;
    } else if (character === '[') {
      const { text, length } = classFromGo(rest, folds);
      out += `[${text}]`;
      at += length;
    } else if (character === '\\') {
      const { text, length } = escapeFromGo(rest, false);
      out += /^[A-Za-z]$/.test(text) ? folded(text, folds) : text;
      at += length;
    } else if (character === '.') {
      out += '[^\\n]';
      at++;
    } else if (character === '{' && !/^\{\d+(?:,\d*)?\}/.test(rest)) {
      out += '\\{';
      at++;
    } else if (character === '{') {
      const count = /^\{[^}]*\}/.exec(rest)?.[0] ?? '';
      out += count;
      at += count.length;
    } else if (character === '}' || character === ']') {
      out += `\\${character}`;
      at++;
    } else {
      out += folded(character, folds);
      at++;
    }
  }
  return out;
}

const folded = (character: string, folds: boolean): string =>
  folds && /[A-Za-z]/.test(character) ? `[${character.toLowerCase()}${character.toUpperCase()}]` : character;

/** What Go's `\s` is; JavaScript's has more. */
const space = ' \\t\\n\\f\\r';

/** An escape as it stands outside of a class, or in one. */
function escapeFromGo(rest: string, inClass: boolean): { readonly text: string; readonly length: number } {
  const hex = /^\\x([0-9A-Fa-f]{2})/.exec(rest);
  if (hex) return { text: String.fromCharCode(Number.parseInt(hex[1] ?? '', 16)), length: 4 };
  const character = rest.charAt(1);
  if (character === 's') return { text: inClass ? space : `[${space}]`, length: 2 };
  if (character === 'S') return { text: inClass ? '!-\uffff' : `[^${space}]`, length: 2 };
  if (character === 'z') return { text: '$', length: 2 };
  // JavaScript with the flag `u` takes escapes of these signs alone.
  if (/[^A-Za-z0-9^$\\.*+?()[\]{}|/-]/.test(character)) return { text: character, length: 2 };
  if (character === '-' && !inClass) return { text: '-', length: 2 };
  return { text: rest.slice(0, 2), length: 2 };
}

function classFromGo(rest: string, folds: boolean): { readonly text: string; readonly length: number } {
  let at = 1;
  let text = '';
  if (rest.charAt(at) === '^') {
    text += '^';
    at++;
  }
  while (rest.charAt(at) !== ']') {
    const below = rest.slice(at);
    const named = /^\[:alnum:\]/.exec(below)?.[0];
    const range = /^([A-Za-z0-9])-([A-Za-z0-9])/.exec(below);
    if (named) {
      text += 'A-Za-z0-9';
      at += named.length;
    } else if (range) {
      const [whole, from = '', to = ''] = range;
      text += whole;
      if (folds && /[a-z]/.test(from)) text += `${from.toUpperCase()}-${to.toUpperCase()}`;
      if (folds && /[A-Z]/.test(from)) text += `${from.toLowerCase()}-${to.toLowerCase()}`;
      at += whole.length;
    } else if (below.startsWith('\\')) {
      const escaped = escapeFromGo(below, true);
      text += escaped.text;
      at += escaped.length;
    } else {
      const character = below.charAt(0);
      const both = folds && /[A-Za-z]/.test(character) ? character.toLowerCase() + character.toUpperCase() : character;
      text += both === '-' ? '\\-' : both === '[' ? '\\[' : both;
      at++;
    }
  }
  return { text, length: at + 1 };
}
