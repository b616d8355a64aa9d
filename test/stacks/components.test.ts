/** The components as programs in other languages have them: Pulumi's own analyzer makes the schema, and its own provider makes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ComponentProvider } from '@pulumi/pulumi/provider/experimental/provider';
import { outputNames } from '../../stacks/audit-logging';
import * as components from '../../stacks/components';
import { temporaryFolder } from '../support/app';
import { run } from '../support/pulumi/registered';

const root = resolve(__dirname, '../..');
jest.setTimeout(120_000);

interface Schema {
  readonly name: string;
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly isComponent: boolean;
        readonly inputProperties: object;
        readonly requiredInputs: readonly string[];
        readonly properties: object;
      }
    >
  >;
  readonly types: object;
}

/** As components/ is, over the sources instead of what is built of them. */
function provider(): ComponentProvider {
  const folder = temporaryFolder();
  const manifest = JSON.parse(readFileSync(join(root, 'components/package.json'), 'utf8'));
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'components/tsconfig.json'), 'utf8'));
  const entry = readFileSync(join(root, 'components/index.d.ts'), 'utf8').replace("'../lib/", `'${root}/`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, exports: './index.ts' }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['index.ts'] }));
  writeFileSync(join(folder, 'index.ts'), entry);
  return new ComponentProvider({ components: Object.values(components), dirname: folder, name: manifest.name });
}

describe('the components', () => {
  it('have a schema, which every argument and output is in', async () => {
    const schema = JSON.parse(await provider().getSchema()) as Schema;
    expect(schema.name).toBe('kube-bulwark');
    expect(Object.keys(schema.resources)).toEqual(Object.keys(components).map((name) => `kube-bulwark:index:${name}`));
    const { isComponent, inputProperties, requiredInputs, properties } = schema.resources[
      'kube-bulwark:index:AuditLogging'
    ] as Schema['resources'][string];
    expect(isComponent).toBe(true);
    expect(requiredInputs).toEqual(['kubernetesVersion', 'owner']);
    expect(Object.keys(properties).sort()).toEqual([...outputNames].sort());
    expect(properties).toMatchSnapshot();
    expect(inputProperties).toMatchSnapshot();
    expect(schema.types).toMatchSnapshot();
  });

  it('are made by their names', async () => {
    const inputs = { kubernetesVersion: '1.36', owner: 'team-platform', encryption: { kmsName: 'vault' } };
    const found = await run(() => provider().construct('audit', 'kube-bulwark:index:AuditLogging', inputs, {}));
    expect(found.map(({ type }) => type)).toContain('kube-bulwark:index:AuditLogging');
    expect(found.length).toBeGreaterThan(7);
  });

  it('have the version of the package', () => {
    const versionOf = (path: string): string => JSON.parse(readFileSync(join(root, path), 'utf8')).version;
    expect(versionOf('components/package.json')).toBe(versionOf('package.json'));
  });
});
