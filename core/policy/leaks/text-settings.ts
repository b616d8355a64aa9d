/** A setting in a file, whatever its form. */
export interface TextSetting {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** `name = value`, `name: value`, `"name": "value",`, `export NAME=value`, `- name: value`. */
const setting =
  /^[ \t]*(?:-[ \t]+|export[ \t]+|set[ \t]+)?(["']?)([A-Za-z_][\w./-]{0,127})\1[ \t]*(?:=>?|:(?=[ \t"']|$))[ \t]*(\S.*)?$/;
const block = /^[|>][+-]?\d?$/;
/** What is worked out or filled in later, is code, or stands for something else. */
const notLiteral = /\{\{|\$\{|\$\(|\(|^[<%@*&![{]|\]$/;

/** Whether a text may be of settings, and not one value: a file, or a line that sets something. */
export function mayHaveSettings(text: string): boolean {
  return /[\n{<]/.test(text) || ofOneLine.test(text);
}

const ofOneLine = /^(?:requirepass|masterauth|machine) |^["']?[A-Za-z_][\w./-]{0,127}["']?:[ \t]+\S+$/;

/**
 * The settings that lines of a text make: YAML, JSON with a line a member, properties, INI, TOML, files of environment variables. Comments are
 * none, and what is no literal is left out.
 */
export function textSettings(text: string): readonly TextSetting[] {
  const settings: TextSetting[] = [];
  const lines = text.split('\n');
  const isNetrc = machine.test(text) && /\blogin[ \t]+\S/.test(text);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (line.length > LONGEST_LINE) continue;
    const match = setting.exec(line.trimEnd());
    settings.push(...within(line, isNetrc).map((each) => ({ ...each, line: i + 1 })));
    if (match === null) continue;
    const [, , name = '', written = ''] = match;
    const value = literalOf(block.test(written) ? (lines[i + 1]?.trim() ?? '') : written);
    if (value !== undefined) settings.push({ name, value, line: i + 1 });
  }
  return settings;
}

/** `<password>…</password>`. */
const element = /<([A-Za-z][\w.-]{0,127})>([^<>]{1,1000})<\/\1>/g;
/** `{ user: a, password: … }`, `{"user":"a","password":"…"}`. */
const member =
  /[{,][ \t]*(?:(["'])([A-Za-z_][\w.-]{0,127})\1[ \t]*:[ \t]*|([A-Za-z_][\w.-]{0,127})[ \t]*:[ \t]+)("[^"]*"|'[^']*'|[^,}{[\]"']{1,1000})/g;
/** Directives of Redis, which are no words for secrets elsewhere. */
const directive = /^[ \t]*(requirepass|masterauth)[ \t]+(\S{1,1000})[ \t]*$/;
/** Where a file begins to say how one logs in to a machine. */
const machine = /(?:^|\n)[ \t]*(?:machine[ \t]+\S|default[ \t\r]*(?:\n|login))/;
/** As such a file has it: by itself, or at the end of its line. */
const netrcPassword =
  /^[ \t]*(?:(?:default|(?:machine|login)[ \t]+\S{1,255})[ \t]+){0,2}password[ \t]+(\S{1,1000})[ \t\r]*$/;

/** The settings that stand within a line. */
function within(line: string, isNetrc: boolean): readonly Omit<TextSetting, 'line'>[] {
  const [, redis, password = ''] = directive.exec(line) ?? [];
  const [, ofMachine] = (isNetrc && netrcPassword.exec(line)) || [];
  const found = [
    ...(redis === undefined ? [] : [{ name: `${redis} (password)`, written: password }]),
    ...(ofMachine === undefined ? [] : [{ name: 'password', written: ofMachine }]),
    ...(line.includes('</')
      ? [...line.matchAll(element)].map(([, name = '', written = '']) => ({ name, written }))
      : []),
    ...(line.includes('{') && line.lastIndexOf('}') > line.indexOf('{') && !/^\s*#/.test(line)
      ? [...line.replace(/\\(["'])/g, '$1').matchAll(member)].map(([, , quoted, name = '', written = '']) => ({
          name: quoted ?? name,
          written: written.trim(),
        }))
      : []),
  ];
  return found.flatMap(({ name, written }) => {
    const value = literalOf(written);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** A longer line is no setting that somebody wrote. */
const LONGEST_LINE = 4_096;

/** The text that a value stands for; undefined where that is not known, or where it is none. */
function literalOf(written: string): string | undefined {
  const quoted = /^(["'])(.*?)\1[ \t]*[,;]?(?:[ \t]+(?:#|\/\/).*)?$/.exec(written);
  const plain = quoted?.[2] ?? written.replace(/[ \t]+(?:#|\/\/).*$/, '').replace(/[,;]$/, '');
  if (plain === '' || notLiteral.test(plain)) return undefined;
  return quoted === null && /[ \t]/.test(plain) ? undefined : plain;
}
