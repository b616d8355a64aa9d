import { isLiteral, isSecretByName } from './settings';

const written = String.raw`[ \t]*("[^"]*"?|'[^']*'?|[^\s"'&;,}]+)`;
const setting = String.raw`(?<![\w.])([A-Za-z_][\w.-]{0,127})["']?[ \t]*`;
/** `password=…`, as in a path, an action of a template. */
const assigned = new RegExp(`${setting}=${written}`, 'g');
/** `password: …`, `"password":"…"`, as in a line of a file. Sentences have colons, too. */
const listed = new RegExp(`${setting}:(?=[ \\t"'])${written}`, 'g');

/** The secrets that a sentence sets by their names, with an equals sign. */
export function assignedIn(text: string): readonly string[] {
  return setIn(text, assigned);
}

/** The secrets that a text sets by their names, anywhere in a line. */
export function settingsInLine(text: string): readonly string[] {
  return [...setIn(text, assigned), ...setIn(text, listed)];
}

function setIn(text: string, form: RegExp): readonly string[] {
  return [...text.matchAll(form)].flatMap(([, name = '', given = '']) => {
    const secret = given.replace(/^(["'])(.*?)\1?$/s, '$2');
    return isLiteral(secret) && isSecretByName(name, secret) ? [secret] : [];
  });
}
