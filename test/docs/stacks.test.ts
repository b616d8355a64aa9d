/** The keys of the program's configuration in docs/stacks/README.md are those of the source. `UPDATE_DOCS=1 npx jest test/docs` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Schema } from '../../core/config/schema';
import { type ConfigKey, configKeys } from '../../stacks/program/config-keys';

const page = join(resolve(__dirname, '../..'), 'docs/stacks/README.md');
const place = /\| Key \| Type \|[^\n]*\n(?:\|[^\n]*\n)+/;

function rows(name: string, schema: Schema & Partial<ConfigKey>): readonly string[] {
  const { type, items, description = '', secret, properties = {} } = schema;
  const shown = type === 'array' ? `list of ${items?.type}` : String(type);
  const own = `| \`${name}\` | ${shown}${secret === true ? ', secret' : ''} | ${description} |`;
  const below = Object.entries({ ...properties, ...items?.properties }).flatMap(([key, each]) =>
    rows(`${name}${type === 'array' ? '[]' : ''}.${key}`, each),
  );
  return [own, ...below];
}

it('the table of configuration keys is that of the source', () => {
  const keys = Object.entries(configKeys as Readonly<Record<string, ConfigKey>>);
  const table = [
    '| Key | Type | What it is |',
    '| --- | --- | --- |',
    ...keys.flatMap(([name, key]) => rows(`kube-bulwark:${name}`, key)),
  ].join('\n');
  const text = readFileSync(page, 'utf8');
  expect(text).toMatch(place);
  const right = text.replace(place, () => `${table}\n`);
  if (process.env.UPDATE_DOCS === '1') writeFileSync(page, right);
  else expect(text).toBe(right);
});
