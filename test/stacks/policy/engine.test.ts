/**
 * The pack under Pulumi's own engine: `pulumi preview --policy-pack`, with a state in a folder, a program in this repository, and a stand-in for the Kubernetes
 * provider. Skipped where there is no `pulumi`: it is built from github.com/pulumi/pulumi/pkg/v3/cmd/pulumi, or installed.
 */
import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { describeUnless } from '../../support/lack';
import { pulumiLack } from '../../support/pulumi/project';

const root = join(__dirname, '../../..');

describeUnless(pulumiLack(), 'a preview under the pack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-pulumi-'));
  const bin = join(folder, 'bin');
  const pack = join(folder, 'pack');

  /** A program on the PATH by which the engine finds a plugin. */
  const plugin = (name: string, script: string): void => {
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  };

  const preview = async (resources: readonly object[]): Promise<string> => {
    writeFileSync(join(folder, 'resources.json'), JSON.stringify(resources));
    const program = join(root, 'test/support/pulumi/program.cjs');
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
    const { stdout } = await promisify(execFile)(process.execPath, [program, folder, pack], {
      env,
      maxBuffer: 2 ** 24,
    });
    return stdout;
  };

  beforeAll(() => {
    for (const each of [bin, pack, join(folder, 'home'), join(folder, 'state')]) mkdirSync(each);
    // As the SDK ships it: the pack's process is Pulumi's own runner of policy packs.
    plugin(
      'pulumi-analyzer-policy',
      `#!/bin/sh\nexec node "${join(root, 'node_modules/@pulumi/pulumi/cmd/run-policy-pack')}" "$@"\n`,
    );
    plugin(
      'pulumi-resource-kubernetes',
      `#!/bin/sh\nexec node "${join(root, 'test/support/pulumi/provider.cjs')}" "$@"\n`,
    );
    for (const file of ['PulumiPolicy.yaml', 'package.json'])
      copyFileSync(join(root, 'policy-pack', file), join(pack, file));
    symlinkSync(join(root, 'node_modules'), join(pack, 'node_modules'));
    writeFileSync(
      join(pack, 'index.js'),
      `require('tsx/cjs/api').register();\nrequire(${JSON.stringify(join(root, 'stacks/policy/main.ts'))});\n`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const configMap = {
    type: 'kubernetes:core/v1:ConfigMap',
    name: 'made',
    props: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'made', namespace: 'shop' } },
  };
  const pod = (container: object) => ({
    type: 'kubernetes:core/v1:Pod',
    name: 'pod',
    props: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'pod', namespace: 'shop' },
      spec: { containers: [{ name: 'a', ...container }] },
    },
  });

  it('goes through where nothing is wrong', async () => {
    expect(await preview([configMap])).toMatch(/^previewed$/m);
  }, 120_000);

  it('is refused over what is wrong, and leaves open what is not known', async () => {
    const said = await preview([
      configMap,
      pod({ image: { outputOf: 'made' }, securityContext: { privileged: true } }),
    ]);
    expect(said).toMatch(/^refused$/m);
    expect(said).toMatch(/\[mandatory: high\] +privileged +\(kubernetes:core\/v1:Pod: pod\)/);
    expect(said).toContain(
      'Pod shop/pod: spec.containers[0].securityContext.privileged = true: container "a" is privileged',
    );
    expect(said).toMatch(/\[advisory: high\] +image-digest +\(kubernetes:core\/v1:Pod: pod\)/);
    expect(said).toContain(".spec.containers.0.image can't be known during preview");
    expect(said).not.toMatch(/\[mandatory: \w+\] +image-/);
  }, 120_000);
});
