/** The keys of the program's configuration in docs/stacks/README.md are those of the source. `UPDATE_DOCS=1 npx jest test/docs` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Schema } from '../../core/config/schema';
import { auditSizing, settingsForLoad } from '../../core/control-plane';
import { type RegistryFeature, registryFeatures, registryProducts } from '../../core/registry/products';
import { registrySize } from '../../core/registry/sizing';
import { outputNames } from '../../stacks/audit-logging';
import { alertNames, auditRules } from '../../stacks/audit-logging/alerts';
import { toolIds } from '../../stacks/audit-logging/tools';
import { logAlertNames, logParts, logRules } from '../../stacks/log-pipeline/alerts';
import { registryAlertNames, registryRules } from '../../stacks/private-registry/alerts';
import { secretKeys, secretNames } from '../../stacks/private-registry/parts';
import { type ConfigKey, configKeys } from '../../stacks/program/config-keys';
import { registryPanels } from '../support/private-registry/panels';

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

/** The sizes of loads, as the source reckons them. */
function sizingTable(): string {
  const files = { caFile: '/a/ca.crt', clientCertificateFile: '/a/tls.crt', clientKeyFile: '/a/tls.key' };
  const number = (value: number): string => value.toLocaleString('en-US');
  const loads = [
    { readsPerSecond: 5, changesPerSecond: 0.5 },
    { readsPerSecond: 50, changesPerSecond: 5 },
    { readsPerSecond: 500, changesPerSecond: 50 },
    { readsPerSecond: 2000, changesPerSecond: 200 },
  ];
  return [
    '| Reads and changes a second | A day | Files | Kept | Disk | Buffer of the webhook | Lasts | Memory |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...loads.map((load) => {
      const { log, webhook } = settingsForLoad(load);
      const size = auditSizing(load, { log, webhook: { url: 'https://siem.example/audit', ...files, ...webhook } });
      const cells = [
        `${load.readsPerSecond} and ${load.changesPerSecond}`,
        `${number(size.megabytesPerDay)} MB`,
        `${log.maxBackups + 1} of ${log.maxSizeMegabytes} MB`,
        `${size.keptHours} hours`,
        `${number(size.diskMegabytes)} MB`,
        `${number(webhook.bufferSize)} events`,
        `${number(size.bufferedSeconds)} seconds`,
        `${size.bufferMegabytes} MB`,
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

describe('docs/stacks/audit-logging.md', () => {
  const file = join(resolve(__dirname, '../..'), 'docs/stacks/audit-logging.md');
  const text = readFileSync(file, 'utf8');

  it('has the sizes that the source reckons', () => {
    const table = /\| Reads and changes a second \|[^\n]*\n(?:\|[^\n]*\n)+/;
    expect(text).toMatch(table);
    const right = text.replace(table, () => `${sizingTable()}\n`);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(file, right);
    else expect(text).toBe(right);
  });

  it('names every tool and every output', () => {
    for (const name of [...toolIds, ...outputNames.filter((each) => each !== 'namespace')])
      expect(text).toContain(`\`${name}\``);
  });
});

/** Which product has what. */
function productTable(): string {
  const rows = Object.keys(registryFeatures).map((id) => {
    const { what, has } = registryFeatures[id as RegistryFeature];
    return `| ${what} | ${registryProducts.map((product) => (has[product] ? 'yes' : 'no')).join(' | ')} |`;
  });
  return [`| Feature | ${registryProducts.join(' | ')} |`, '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** What a load takes of each replica, by password and by token. */
function registrySizes(): string {
  const loads = [
    { pullsPerSecond: 0.2, imageGibibytes: 20 },
    { pullsPerSecond: 1, imageGibibytes: 50 },
    { pullsPerSecond: 5, imageGibibytes: 200 },
    { pullsPerSecond: 20, imageGibibytes: 1_000 },
  ];
  const cpu = (millis: number): string => `${millis / 1_000}`;
  return [
    '| Pulls a second | Images | CPU, by password | CPU, by token | Memory | Volume | CPU of each of three, by token |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...loads.map((load) => {
      const [one, token] = [registrySize(load, 1, true), registrySize(load, 1, false)];
      const three = registrySize(load, 3, false);
      const cells = [
        load.pullsPerSecond,
        `${load.imageGibibytes} GiB`,
        cpu(one.cpuMillis),
        cpu(token.cpuMillis),
        `${one.memory} MiB`,
        `${one.volume} GiB`,
        cpu(three.cpuMillis),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

/** What each graph is for. */
function graphTable(): string {
  const panels = registryPanels({ namespace: 'registry', volume: true, backup: true });
  const rows = panels.map(({ title, description = '' }) => `| ${title} | ${description} |`);
  return ['| Graph | What to look for |', '| --- | --- |', ...rows].join('\n');
}

describe('docs/stacks/private-registry.md', () => {
  const file = join(resolve(__dirname, '../..'), 'docs/stacks/private-registry.md');

  it('names the Secrets that somebody else may make, with their types and keys', () => {
    const text = readFileSync(file, 'utf8');
    const types = { users: 'Opaque', upload: 'Opaque', pull: 'kubernetes.io/dockerconfigjson' };
    for (const id of ['users', 'upload', 'pull'] as const) {
      const cells = [`\`${secretNames[id]}\``, '[^|]+', `\`${types[id]}\``, `\`${secretKeys[id]}\``];
      expect(text).toMatch(new RegExp(`^\\| ${cells.join(' \\| ')} \\|`, 'm'));
    }
  });

  it.each([
    ['products', /\| Feature \|[^\n]*\n(?:\|[^\n]*\n)+/, productTable],
    ['graphs', /\| Graph \|[^\n]*\n(?:\|[^\n]*\n)+/, graphTable],
    ['sizes', /\| Pulls a second \|[^\n]*\n(?:\|[^\n]*\n)+/, registrySizes],
  ])('has the %s of the source', (_, table, made) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(table);
    const right = text.replace(table, () => `${made()}\n`);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(file, right);
    else expect(text).toBe(right);
  });
});

describe('runbooks', () => {
  const options = { namespace: 'a', labels: {}, runbooks: 'https://runbooks.example/#' };
  const places = [
    ...alertNames.map((name) => [name, 'docs/stacks/audit-logging.md', auditRules(options)] as const),
    ...logAlertNames.map(
      (name) => [name, 'docs/stacks/log-pipeline.md', logRules({ ...options, parts: logParts })] as const,
    ),
    ...registryAlertNames.map(
      (name) =>
        [name, 'docs/stacks/private-registry.md', registryRules({ ...options, volume: true, backup: true })] as const,
    ),
  ];

  it.each(places)('%s has one in %s, and says so', (name, file, { spec }) => {
    const text = readFileSync(join(resolve(__dirname, '../..'), file), 'utf8');
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
    const anchor = name.toLowerCase();
    expect(headings).toContain(anchor);
    expect(spec).toMatchObject({
      groups: [
        {
          rules: expect.arrayContaining([
            expect.objectContaining({
              alert: name,
              annotations: expect.objectContaining({
                runbook: `${file}#${anchor} of kube-bulwark`,
                runbook_url: `https://runbooks.example/#${anchor}`,
              }),
            }),
          ]),
        },
      ],
    });
  });
});
