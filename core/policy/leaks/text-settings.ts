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

/**
 * The settings that lines of a text make: YAML, JSON with a line a member, properties, INI, TOML, files of environment variables. Comments are
 * none, and what is no literal is left out.
 */
export function textSettings(text: string): readonly TextSetting[] {
  const settings: TextSetting[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (line.length > LONGEST_LINE) continue;
    const match = setting.exec(line.trimEnd());
    settings.push(...within(line).map((each) => ({ ...each, line: i + 1 })));
    if (match === null) continue;
    const [, , name = '', written = ''] = match;
    const value = literalOf(block.test(written) ? (lines[i + 1]?.trim() ?? '') : written);
    if (value !== undefined) settings.push({ name, value, line: i + 1 });
  }
  return settings;
}

/** `<password>…</password>`. */
const element = /<([A-Za-z][\w.-]{0,127})>([^<>]{1,1000})<\/\1>/g;
/** `{ user: a, password: … }`. */
const member = /[{,][ \t]*(["']?)([A-Za-z_][\w.-]{0,127})\1[ \t]*:[ \t]+("[^"]*"|'[^']*'|[^,}{[\]"']{1,1000})/g;
/** Directives of Redis, which are no words for secrets elsewhere. */
const directive = /^[ \t]*(requirepass|masterauth)[ \t]+(\S{1,1000})[ \t]*$/;

/** The settings that stand within a line. */
function within(line: string): readonly Omit<TextSetting, 'line'>[] {
  const [, redis, password = ''] = directive.exec(line) ?? [];
  const found = [
    ...(redis === undefined ? [] : [{ name: `${redis} (password)`, written: password }]),
    ...(line.includes('</')
      ? [...line.matchAll(element)].map(([, name = '', written = '']) => ({ name, written }))
      : []),
    ...(/\{.*\}/.test(line) && !/^\s*#/.test(line)
      ? [...line.matchAll(member)].map(([, , name = '', written = '']) => ({ name, written: written.trim() }))
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
