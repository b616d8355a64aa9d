import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../../support/app';
import { runsTypeScript } from '../../support/typescript';

const root = resolve(__dirname, '../../..');

/** Runs `cdk8s synth` over this program, in a folder of its own. */
function synth(program: string) {
  const folder = temporaryFolder();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { module: 'Node16', paths: { 'kube-bulwark': [join(root, 'index.ts')] } } }),
  );
  writeFileSync(
    join(folder, 'cdk8s.yaml'),
    `language: typescript\napp: node ${runsTypeScript.join(' ')} main.ts\noutput: out\n`,
  );
  writeFileSync(join(folder, 'main.ts'), program);
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
  const run = spawnSync(
    process.execPath,
    [join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--no-check-upgrade'],
    { cwd: folder, env, encoding: 'utf8' },
  );
  return { folder, status: run.status, output: `${run.stdout}${run.stderr}` };
}

const head = `
  import { App } from 'cdk8s';
  import { BulwarkApp, ClusterTarget, LockedNamespace, Platform, SecureDeployment } from 'kube-bulwark';
  const image = 'registry.example/app@sha256:${'a'.repeat(64)}';
  const platform = { target: ClusterTarget.of('1.36'), registries: ['registry.example'] };
  const resources = { cpu: '100m', memory: '64Mi' } as const;
`;
const body = `
  const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
  new SecureDeployment(shop, 'api', { image, resources });
  app.synth();
`;

describe('cdk8s synth', () => {
  it.each([
    ['a BulwarkApp', 'const app = new BulwarkApp(platform);', 'shop.yaml'],
    ['a plain App', 'const app = new App(); Platform.attach(app, platform);', 'shop.k8s.yaml'],
  ])(
    'writes %s',
    (_, app, file) => {
      const { folder, status, output } = synth(head + app + body);
      expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining(file) });
      const text = readFileSync(join(folder, 'out', file), 'utf8');
      expect(text).toContain('automountServiceAccountToken: false');
      expect(text).toMatch(/kind: Namespace\nmetadata:\n(?! {2}namespace)/);
    },
    60_000,
  );

  it.each([
    ['a BulwarkApp', 'const app = new BulwarkApp(platform);'],
    ['a plain App', 'const app = new App(); Platform.attach(app, platform);'],
  ])(
    'refuses %s that breaks a rule',
    (_, app) => {
      const { folder, status, output } = synth(head + app + body.replace('{ image,', "{ image: 'nginx',"));
      expect(status).not.toBe(0);
      expect(output).toContain('error image-registry');
      expect(existsSync(join(folder, 'out', 'shop.k8s.yaml')) || existsSync(join(folder, 'out', 'shop.yaml'))).toBe(
        false,
      );
    },
    60_000,
  );
});
