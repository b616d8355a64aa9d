import type { SecretFault } from './fault';

/** How a value is written, so that it cannot end the text around it; `jsonText` within a text of JSON. */
export type Escape = 'none' | 'json' | 'jsonText' | 'shell' | 'properties' | 'url' | 'base64' | 'lines';

/** A text, or a field of the secret in its place. */
export type TemplatePart = string | { readonly field: string; readonly as: Escape };

/** What a text may say of a field, besides its name: `{{ .password | url }}`. */
export const escapes: readonly Escape[] = ['json', 'shell', 'properties', 'url', 'base64', 'lines'];

/** A name in front of each line: a variable, a key. */
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const propertyName = /^[A-Za-z0-9_.-]+$/;
const action = /^\.([A-Za-z0-9_][A-Za-z0-9_.-]*)(?:\s*\|\s*([a-z0-9]+))?$/;

/**
 * What a file says, with the fields of a secret in it. Whoever delivers the secret fills them in: what is written here holds no value.
 *
 *     SecretTemplate.envFile({ DB_USER: 'username', DB_PASSWORD: 'password' })
 *     SecretTemplate.text('postgres://{{ .username | url }}:{{ .password | url }}@db:5432/orders')
 */
export class SecretTemplate {
  /** Lines of `NAME='value'`, quoted as a POSIX shell reads them: no value ends its quotes. */
  static envFile(variables: Readonly<Record<string, string>>): SecretTemplate {
    const lines = entries(variables).flatMap(([name, field]): TemplatePart[] => [
      `${name}='`,
      { field, as: 'shell' },
      "'\n",
    ]);
    return new SecretTemplate(lines, nameFaults(variables, variableName, 'a variable', "as in 'DB_PASSWORD'"));
  }

  /**
   * A JSON object with these keys. A value is a field, or a text with fields in it:
   * `{ REDIS_ADDR: SecretTemplate.text('redis:6379,password={{ .password }}') }`
   */
  static json(keys: Readonly<Record<string, string | SecretTemplate>>): SecretTemplate {
    const members = entries(keys).flatMap(([key, value], i): TemplatePart[] => [
      `${i === 0 ? '{' : ','}${JSON.stringify(key)}:`,
      ...(value instanceof SecretTemplate ? jsonText(value) : [{ field: value, as: 'json' } as const]),
    ]);
    return new SecretTemplate([...members, '}\n'], [...nameFaults(keys, /^/, 'a key', ''), ...jsonTextFaults(keys)]);
  }

  /** Lines of `key=value`, escaped as Java's `Properties.load` reads them. */
  static properties(keys: Readonly<Record<string, string>>): SecretTemplate {
    const lines = entries(keys).flatMap(([key, field]): TemplatePart[] => [
      `${key}=`,
      { field, as: 'properties' },
      '\n',
    ]);
    return new SecretTemplate(lines, nameFaults(keys, propertyName, 'a key', "as in 'db.password'"));
  }

  /**
   * Any other text. A field stands in two braces with a dot before its name, and after a bar how it is written, if not as it is:
   * `{{ .password | url }}`. There are `json`, `shell`, `properties`, `url`, `base64`, and `lines` for a list.
   */
  static text(text: string): SecretTemplate {
    return parse(text);
  }

  /** @internal */
  constructor(
    /** @internal */
    readonly parts: readonly TemplatePart[],
    /** What is wrong with how it is written. @internal */
    readonly faults: readonly SecretFault[] = [],
  ) {}

  /** The fields that it prints, each once. */
  get fields(): readonly string[] {
    return [...new Set(this.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.field])))];
  }
}

/** What is wrong with a template of a secret that has these fields. @param known undefined where nobody knows them */
export function templateFaults(template: SecretTemplate, known: readonly string[] | undefined): readonly SecretFault[] {
  if (template.faults.length === 0 && template.fields.length === 0)
    return [fault('prints no field of the secret', "print one: '{{ .password }}'; what is no secret is a ConfigMap's")];
  const missing = known === undefined ? [] : template.fields.filter((field) => !known.includes(field));
  return [
    ...template.faults,
    ...missing.map((field) =>
      fault(`prints the field ${field}, which the secret has not`, `print one of ${known?.join(', ')}`, field),
    ),
  ];
}

function entries<T>(names: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(names ?? {});
}

/** How a field of a text is written once the text stands in JSON; undefined for what JSON would read as something else. */
const inJson: Readonly<Record<Escape, Escape | undefined>> = {
  none: 'jsonText',
  jsonText: 'jsonText',
  url: 'url',
  base64: 'base64',
  json: undefined,
  shell: undefined,
  properties: undefined,
  lines: undefined,
};

/** A text as a text of JSON. */
function jsonText({ parts }: SecretTemplate): readonly TemplatePart[] {
  const written = parts.map(
    (part): TemplatePart =>
      typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : { ...part, as: inJson[part.as] ?? 'jsonText' },
  );
  return ['"', ...written, '"'];
}

function jsonTextFaults(keys: Readonly<Record<string, string | SecretTemplate>>): readonly SecretFault[] {
  return entries(keys).flatMap(([key, value]) => {
    if (!(value instanceof SecretTemplate)) return [];
    const wrong = value.parts.flatMap((part) =>
      typeof part === 'string' || inJson[part.as] !== undefined
        ? []
        : [
            fault(
              `writes ${part.field} as ${part.as} into the JSON of ${key}`,
              `leave ${part.as} out: it is escaped for JSON as it is`,
            ),
          ],
    );
    return [...value.faults, ...wrong];
  });
}

function fault(message: string, remedy: string, value?: unknown): SecretFault {
  return { property: 'template', message: `the template ${message}`, remedy, ...(value !== undefined && { value }) };
}

function nameFaults(
  names: Readonly<Record<string, string | SecretTemplate>>,
  pattern: RegExp,
  what: string,
  example: string,
): readonly SecretFault[] {
  const given = entries(names);
  if (given.length === 0) return [fault('prints nothing', "name the fields: { DB_PASSWORD: 'password' }")];
  return given.flatMap(([name, field]) => {
    if (!pattern.test(name)) return [fault(`names ${what} ${JSON.stringify(name)}`, `name it ${example}`, name)];
    if (field instanceof SecretTemplate) return [];
    if (typeof field !== 'string' || field === '')
      return [fault(`has no field for ${name}`, `give its name: { ${name}: 'password' }`, name)];
    return [];
  });
}

/** Reads a text up to its first action that cannot be read: one fault is enough to mend it. */
function parse(text: string): SecretTemplate {
  const parts: TemplatePart[] = [];
  let rest = String(text ?? '');
  for (;;) {
    const start = rest.indexOf('{{');
    const before = start < 0 ? rest : rest.slice(0, start);
    if (before.includes('}}'))
      return refused('closes an action that it did not open', "write a field as '{{ .password }}'");
    if (before !== '') parts.push(before);
    if (start < 0) return new SecretTemplate(parts, parts.length === 0 ? [fault('is empty', 'print a field')] : []);
    const end = rest.indexOf('}}', start);
    const opened = rest.indexOf('{{', start + 2);
    if (end < 0 || (opened >= 0 && opened < end))
      return refused('opens an action and does not close it', "close it: '{{ .password }}'", shown(rest.slice(start)));
    const inner = rest.slice(start + 2, end).trim();
    const [, field, as = 'none'] = action.exec(inner) ?? [];
    if (field === undefined)
      return refused(
        `has an action that is no field: ${shown(inner)}`,
        "name one field: '{{ .password }}'; nothing else is evaluated",
      );
    if (as !== 'none' && !(escapes as readonly string[]).includes(as))
      return refused(`writes ${field} as ${as}, which is no way to`, `write it as one of ${escapes.join(', ')}`);
    parts.push({ field, as: as as Escape });
    rest = rest.slice(end + 2);
  }
}

function refused(message: string, remedy: string, value?: unknown): SecretTemplate {
  return new SecretTemplate([], [fault(message, remedy, value)]);
}

/** The beginning of what somebody wrote: enough to find it. What is quoted in it may be a secret in the place of a field, and is left out. */
function shown(text: string): string {
  const bare = text.replace(/"[^"]*"?|'[^']*'?|`[^`]*`?/g, '"…"');
  return bare.length > 40 ? `${bare.slice(0, 40)}…` : bare;
}
