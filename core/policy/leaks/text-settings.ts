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

const ofOneLine =
  /^\/\/\S+:_|^\s*\$\w|[Aa]uthorization["']?\s{0,9}[:=]|-pass(?:in|out)?\s|^(?:requirepass|masterauth|bindpw|rootpw|rootbindpw|machine|user) |\b(?:BY|by|PASSWORD|password)\s{1,9}'|\bdefine\(|_set_header\s|^["']?[A-Za-z_][\w./-]{0,127}["']?:[ \t]+\S+$/;

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
    const match = settingIn(line);
    settings.push(...within(line, isNetrc).map((each) => ({ ...each, line: i + 1 })));
    if (match === null) continue;
    const [, , name = '', written = ''] = match;
    const value = literalOf(block.test(written) || written === '' ? valueBelow(line, lines[i + 1], written) : written);
    if (value === undefined) continue;
    const called = name === 'value' ? nameAbove(lines[i - 1]) : undefined;
    settings.push({ name: called ?? name, value, line: i + 1 });
  }
  return settings;
}

function settingIn(line: string): RegExpExecArray | null {
  return line.length > LONGEST_LINE ? null : setting.exec(line.trimEnd());
}

const indentOf = (line: string): number => line.search(/\S|$/);

/** A value that stands in the line below its name: of YAML alone, a block or one that stands further in and is no setting of its own. */
function valueBelow(line: string, below: string | undefined, written: string): string {
  if (below === undefined) return '';
  if (block.test(written)) return below.trim();
  const isValue =
    /:\s*$/.test(line) &&
    indentOf(below) > indentOf(line) &&
    !/^\s*(?:-(?:\s|$)|#)/.test(below) &&
    !/:(?:\s|$)/.test(below);
  return isValue ? below.trim() : '';
}

/** What an entry of a list, such as a variable, is called in the line above its value. */
function nameAbove(above: string | undefined): string | undefined {
  const [, , name, written = ''] = (above !== undefined && settingIn(above)) || [];
  return name === 'name' || name === 'key' ? literalOf(written) : undefined;
}

/** `<password>…</password>`. */
const element = /<([A-Za-z][\w.-]{0,127})>([^<>]{1,1000})<\/\1>/g;
/** `{ user: a, password: … }`, `{"user":"a","password":"…"}`. */
const member =
  /[{,][ \t]*(?:(["'])([A-Za-z_][\w.-]{0,127})\1[ \t]*:[ \t]*|([A-Za-z_][\w.-]{0,127})[ \t]*:[ \t]+)("[^"]*"|'[^']*'|[^,}{[\]"']{1,1000})/g;
/** Directives of Redis and of clients of LDAP, which are no words for secrets elsewhere. */
const directive = /^[ \t]*(requirepass|masterauth|bindpw|rootpw|rootbindpw)[ \t]+(\S{1,1000})[ \t]*$/;
/** Where a file begins to say how one logs in to a machine. */
const machine = /(?:^|\n)[ \t]*(?:machine[ \t]+\S|default[ \t\r]*(?:\n|login))/;
/** As such a file has it: by itself, or at the end of its line. */
const netrcPassword =
  /^[ \t]*(?:(?:default|(?:machine|login)[ \t]+\S{1,255})[ \t]+){0,2}password[ \t]+(\S{1,1000})[ \t\r]*$/;

/** The name and the value that a form of lines gives them. */
interface Form {
  /** What is in every such line. */
  readonly has: string;
  readonly form: RegExp;
  /** @default - the form has a group for it */
  readonly name?: string;
}

/** How a password is kept, what a program puts in, a format. */
const notWritten = /^(?:SCRAM-SHA-256\$|md5[0-9a-f]{32}$|\*[0-9A-Fa-f]{40}$|\$|%|\{)|\$[A-Za-z_{(]/;

const forms: readonly Form[] = [
  // SQL.
  {
    has: "'",
    form: /\b(?:(?:with|encrypted|login|superuser|createdb|(?:user|role)\s{1,9}\S{1,128})\s{1,9}password|identified\s{1,9}(?:with\s{1,9}\S{1,128}\s{1,9})?(?:by|as))\s{1,9}'(?<value>[^']{1,1000})'/gi,
    name: 'PASSWORD',
  },
  // PHP.
  {
    has: 'define(',
    form: /\bdefine\(\s{0,9}(["'])(?<name>[A-Za-z_]\w{0,127})\1\s{0,9},\s{0,9}(["'])(?<value>[^"']{1,1000})\3/g,
  },
  {
    has: '$',
    form: /\$\w{1,128}(?:\[["']?[^"'\]]{1,128}["']?\]){0,8}\[["'](?<name>[A-Za-z_][\w.-]{0,127})["']\][ \t]*=[ \t]*(["'])(?<value>[^"']{1,1000})\2/g,
  },
  {
    has: '$',
    form: /^[ \t]*\$(?<name>[A-Za-z_]\w{0,127})[ \t]*=[ \t]*(["'])(?<value>[^"']{1,1000})\2/g,
  },
  // npm.
  {
    has: ':_',
    form: /^[ \t]*\/\/[^\s=]{1,500}:_(?:authToken|auth|password)[ \t]*=[ \t]*"?(?<value>[^\s"]{1,1000})/g,
    name: 'password of a registry',
  },
  // wpa_supplicant, strongSwan.
  {
    has: 'psk',
    form: /^[ \t]*psk[ \t]*=[ \t]*"(?<value>[^"]{1,63})"/g,
    name: 'password of a network',
  },
  {
    has: 'PSK',
    form: /^[^#\n]*:[ \t]*PSK[ \t]+"(?<value>[^"]{1,1000})"/g,
    name: 'password of a network',
  },
  // OpenSSL.
  {
    has: 'pass:',
    form: /(?:^|\s)-pass(?:in|out)?[ \t]+["']?pass:(?<value>[^\s"']{1,1000})/g,
    name: 'password of a key',
  },
  // HTTP.
  {
    has: 'uthorization',
    form: /\b(?<name>(?:[Pp]roxy-)?[Aa]uthorization)["']?\s{0,9}[:=]\s{0,9}["']?(?:[Bb]earer|[Bb]asic|[Tt]oken)[ \t]{1,9}(?<value>[^\s"'<>,;]{1,1000})/g,
  },
  // nginx.
  {
    has: '_set_header',
    form: /\b(?:proxy|grpc)_set_header[ \t]+(?<name>[\w-]{1,128})[ \t]+(?:"(?<value>[^"]{1,1000})"|(?<bare>[^\s;"]{1,1000}))/g,
  },
  // Redis.
  {
    has: '>',
    form: /^[ \t]*user[ \t]+\S{1,255}(?=.*[ \t](?:on|off)(?:[ \t]|$))(?:[ \t]+[^\s>]\S{0,1000})*[ \t]+>(?<value>\S{1,1000})/g,
    name: 'password of a user',
  },
];

/** What a line sets by such a form. */
function byForm(line: string): readonly Omit<TextSetting, 'line'>[] {
  return forms.flatMap(({ has, form, name: always }) => {
    if (!line.includes(has)) return [];
    return [...line.matchAll(form)].flatMap(({ groups = {} }) => {
      const { name = always ?? '', bare = '', value = bare } = groups;
      return notWritten.test(value) ? [] : [{ name, value }];
    });
  });
}

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
  const settings = found.flatMap(({ name, written }) => {
    const value = literalOf(written);
    return value === undefined ? [] : [{ name, value }];
  });
  return [...settings, ...byForm(line)];
}

/** What is used where a variable is not set: `${DB_PASSWORD:changeit}` of Spring, `${DB_PASSWORD:-changeit}` of a shell. */
export function defaultIn(value: string): string | undefined {
  return /^\$\{[A-Za-z_][\w.-]{0,127}:[-=]?([^-=?+${}][^${}]{0,999})\}$/.exec(value)?.[1];
}

/** A longer line is no setting that somebody wrote. */
const LONGEST_LINE = 4_096;

/** What YAML may say of a text before it: its type, its name. */
const tag = /^(?:(?:!!str|!|&[\w-]{1,128})[ \t]+){1,3}/;

/** The text that a value stands for; undefined where that is not known, or where it is none. */
function literalOf(written: string): string | undefined {
  const bare = written.replace(tag, '');
  const quoted = /^(["'])(.*?)\1[ \t]*[,;]?(?:[ \t]+(?:#|\/\/).*)?$/.exec(bare);
  const plain = quoted?.[2] ?? bare.replace(/[ \t]+(?:#|\/\/).*$/, '').replace(/[,;]$/, '');
  if (plain === '' || (notLiteral.test(plain) && defaultIn(plain) === undefined)) return undefined;
  return quoted === null && /[ \t]/.test(plain) ? undefined : plain;
}
