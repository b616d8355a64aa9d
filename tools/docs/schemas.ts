/** npm run docs: the JSON schemas that the package publishes, in schemas/. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configSchema, type Schema } from '../../core/config/schema';
import { reportSchema } from '../../core/report/report-schema';

const folder = join(resolve(__dirname, '../..'), 'schemas');

export const schemas: Readonly<Record<string, Schema>> = { config: configSchema, report: reportSchema };

for (const [name, schema] of Object.entries(schemas)) {
  const text = { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `kube-bulwark ${name}`, ...schema };
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(text, undefined, 2)}\n`);
}
