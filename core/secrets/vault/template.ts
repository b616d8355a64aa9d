import { type GoDialect, goJson, goTemplate, quoted } from '../go-template';
import type { SecretTemplate } from '../template';
import { type PkiSource, readPathOf, type TransitSource, type VaultSource } from './source';

/** A source with something to write into a file. */
export type ReadableSource = Exclude<VaultSource, TransitSource>;

/** What a file holds: one field, a template, or, where neither is said, every field as JSON. */
export interface VaultFileContent {
  readonly field?: string;
  readonly template?: Pick<SecretTemplate, 'parts'>;
}

/** The template of Vault Agent (consul-template's language) that writes a file. */
export function agentTemplate(source: ReadableSource, content: VaultFileContent): string {
  const fields = source.kind === 'kv' && source.engine === 2 ? '.Data.data' : '.Data';
  const dialect: GoDialect = { fields, sprig: (name) => `sprig_${name}`, json: 'toJSON' };
  return `{{ with secret ${secretArguments(source).map(quoted).join(' ')} }}${bodyOf(content, dialect)}{{ end }}`;
}

/** The template of Vault Secrets Operator that writes a key of its Secret. */
export function operatorTemplate(content: VaultFileContent): string {
  return bodyOf(content, { fields: '.Secrets', sprig: (name) => name, json: 'mustToRawJson' });
}

function bodyOf({ field, template }: VaultFileContent, dialect: GoDialect): string {
  if (template !== undefined) return goTemplate(template, dialect);
  return field === undefined ? goJson(dialect) : goTemplate({ parts: [{ field, as: 'none' }] }, dialect);
}

const argumentsOf: { readonly [K in ReadableSource['kind']]: (source: never) => readonly string[] } = {
  kv: (source: Extract<ReadableSource, { kind: 'kv' }>) =>
    source.version === undefined ? [readPathOf(source)] : [`${readPathOf(source)}?version=${source.version}`],
  database: (source: Extract<ReadableSource, { kind: 'database' }>) => [readPathOf(source)],
  pki: (source: PkiSource) => [
    readPathOf(source),
    ...Object.entries(pkiParameters(source)).map(([name, value]) => `${name}=${value}`),
  ],
};

/** The same texts for the same source: the agent asks once for all templates that say the same, so that a key fits its certificate. */
function secretArguments(source: ReadableSource): readonly string[] {
  return argumentsOf[source.kind](source as never);
}

/** What is asked of a PKI engine, as its API takes it. */
export function pkiParameters({ commonName, altNames, ipSans, ttl }: PkiSource): Readonly<Record<string, string>> {
  return {
    common_name: commonName,
    ...(altNames.length > 0 && { alt_names: altNames.join(',') }),
    ...(ipSans.length > 0 && { ip_sans: ipSans.join(',') }),
    ...(ttl !== undefined && { ttl }),
  };
}
