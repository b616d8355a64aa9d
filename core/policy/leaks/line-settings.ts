import { isNamedSecretValue } from './named-secrets';
import { isLiteral, isSecretByName } from './settings';

const written = String.raw`[ \t]*("[^"]*"?|'[^']*'?|[^\s"'&;,}]+)`;
const setting = String.raw`(?<![\w.])([A-Za-z_][\w.-]{0,127})["']?[ \t]*`;
/** `password=…`, as in a path, an action of a template. */
const assigned = new RegExp(`${setting}=${written}`, 'g');
/** `password: …`, `"password":"…"`, as in a line of a file. Sentences have colons, too. */
const listed = new RegExp(`${setting}:(?=[ \\t"'])${written}`, 'g');

/** A text that is set by its name. */
interface Assigned {
  readonly name: string;
  readonly value: string;
}

/** The secrets that a sentence sets by their names, with an equals sign. */
export function assignedIn(text: string): readonly string[] {
  return setIn(text, assigned).map(({ value }) => value);
}

/** The secrets that a text sets by their names, anywhere in a line. */
export function settingsInLine(text: string): readonly string[] {
  return [...setIn(text, assigned), ...setIn(text, listed)].map(({ value }) => value);
}

/** A longer text is a file, and no line that somebody wrote. */
const LONGEST = 4_096;

/** A part of every name that is about secrets. */
const namesOne = /pass|pw|token|secret|cred|key|auth/i;

/** The name of the first secret that one line sets by its name, with an equals sign: `cache:6379,password=…`. Code, and what a file holds, is none. */
export function assignedName(line: string): string | undefined {
  if (line.length > LONGEST || !line.includes('=') || line.includes('\n') || !namesOne.test(line)) return undefined;
  return setIn(line, assigned).find(({ name, value }) => !value.includes('(') && isNamedSecretValue(name, value))?.name;
}

/** How base64 ends, and what closes a bracket behind it: `…dbpw==]` sets nothing. */
const padding = /^[=\])>]+$/;

function setIn(text: string, form: RegExp): readonly Assigned[] {
  return [...text.matchAll(form)].flatMap(([, name = '', given = '']) => {
    const value = given.replace(/^(["'])(.*?)\1?$/s, '$2');
    return isLiteral(value) && !padding.test(value) && isSecretByName(name, value) ? [{ name, value }] : [];
  });
}
