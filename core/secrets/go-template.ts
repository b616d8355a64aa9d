import type { Escape, SecretTemplate, TemplatePart } from './template';

/** How one of the programs that fill in templates is asked for a field, all of them being templates of Go. */
export interface GoDialect {
  /** The secret's fields, as an expression. */
  readonly fields: string;
  /** The name of a function of sprig there. */
  readonly sprig: (name: string) => string;
  /** A value as JSON, as the pipeline that writes it. */
  readonly json: string;
}

/**
 * The template in Go's language. A field that the secret lacks ends in an error, never in an empty file: `fail` is what both programs
 * have for that.
 */
export function goTemplate({ parts }: Pick<SecretTemplate, 'parts'>, dialect: GoDialect): string {
  const fields = [...new Set(parts.flatMap((part) => (isField(part) && part.as !== 'lines' ? [part.field] : [])))];
  const guards = fields.map((field) => guard(field, dialect));
  return [...guards, ...parts.map((part) => (isField(part) ? fieldText(part, dialect) : literal(part)))].join('');
}

/** All fields as JSON. */
export function goJson(dialect: GoDialect): string {
  return `{{ ${dialect.fields} | ${dialect.json} }}\n`;
}

type Field = Exclude<TemplatePart, string>;

function isField(part: TemplatePart): part is Field {
  return typeof part !== 'string';
}

function guard(field: string, { fields, sprig }: GoDialect): string {
  const has = `${sprig('hasKey')} ${fields} ${quoted(field)}`;
  return `{{ if not (${has}) }}{{ ${sprig('fail')} ${quoted(`the secret has no field ${field}`)} }}{{ end }}`;
}

function fieldText({ field, as }: Field, dialect: GoDialect): string {
  const value = `index ${dialect.fields} ${quoted(field)}`;
  // A list that is not there has no lines: Vault leaves out the chain of a root that signs by itself.
  if (as === 'lines') return `{{ range ${value} }}{{ . }}\n{{ end }}`;
  return `{{ ${[value, ...filters[as](dialect)].join(' | ')} }}`;
}

const filters: Readonly<Record<Exclude<Escape, 'lines'>, (dialect: GoDialect) => readonly string[]>> = {
  none: () => [],
  json: ({ json }) => [json],
  jsonText: ({ sprig, json }) => [
    sprig('toString'),
    json,
    `${sprig('trimPrefix')} ${quoted('"')}`,
    `${sprig('trimSuffix')} ${quoted('"')}`,
  ],
  // 'it''s' is written 'it'\''s': the quotes are closed, an escaped one is set, and they are opened again.
  shell: ({ sprig }) => [sprig('toString'), `${sprig('replace')} ${quoted("'")} ${quoted("'\\''")}`],
  properties: ({ sprig }) => [
    sprig('toString'),
    ...[
      ['\\', '\\\\'],
      ['\n', '\\n'],
      ['\r', '\\r'],
      ['\t', '\\t'],
      [' ', '\\ '],
    ].map(([from = '', to = '']) => `${sprig('replace')} ${quoted(from)} ${quoted(to)}`),
  ],
  url: ({ sprig }) => [sprig('toString'), 'urlquery', `${sprig('replace')} "+" "%20"`],
  base64: ({ sprig }) => [sprig('toString'), sprig('b64enc')],
};

/** A text of Go. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A text as it is, in which Go would otherwise look for actions: a brace at its end would begin one with what follows. */
function literal(text: string): string {
  return text.replace(/\{\{|\{$/g, (braces) => `{{ "${braces}" }}`);
}
