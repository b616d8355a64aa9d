import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { ImageLock } from '../../../core/images';
import { servingPlainHttp } from '../../support/plain-http';
import { describeTool } from '../../support/policy-tools';
import { type Registry, type RegistryAuthentication, startRegistry, user } from '../../support/registry';
import { runningCliIn } from '../../support/run-cli';
import { runsTypeScript } from '../../support/typescript';

jest.setTimeout(300_000);

const root = resolve(__dirname, '..', '..', '..');
/** With a space, as folders of people have. */
const program = `"${process.execPath}" ${runsTypeScript.join(' ')} main.ts`;

describeTool('registry', 'bulwark images lock', ({ path }) => {
  let registry: Registry;
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'bulwark images '));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const start = (auth: RegistryAuthentication) => {
    beforeAll(async () => {
      registry = await startRegistry(path, auth);
    });
    afterAll(() => registry.stop());
  };
  const nobody = () => ({ DOCKER_CONFIG: join(cwd, 'nobody'), REGISTRY_AUTH_FILE: join(cwd, 'nobody', 'auth.json') });
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = nobody()) =>
    runningCliIn({ cwd, env }, 'images', ...args);
  const lock = (...args: readonly string[]) => run(['lock', '--ca', registry.caFile, ...args]);
  const locked = (): Readonly<Record<string, { readonly digest: string; readonly platforms: readonly string[] }>> => {
    const result = ImageLock.parse(readFileSync(join(cwd, 'images.lock.json'), 'utf8'), 'images.lock.json');
    if ('faults' in result) throw new Error(result.faults.map(({ reason }) => reason).join('\n'));
    return Object.fromEntries(result.lock.images);
  };
  /** An app of two workloads and a volume. */
  const writeApp = (...images: readonly string[]) => {
    writeFileSync(join(cwd, 'cdk8s.yaml'), `language: typescript\napp: ${JSON.stringify(program)}\n`);
    writeFileSync(
      join(cwd, 'main.ts'),
      `import { BulwarkApp, ClusterTarget, LockedNamespace, SecureDeployment } from ${JSON.stringify(join(root, 'index.ts'))};
const app = new BulwarkApp({ target: ClusterTarget.of('1.34'), registries: [${JSON.stringify(registry.host)}] });
const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
for (const [n, image] of ${JSON.stringify(images)}.entries())
  new SecureDeployment(shop, 'app-' + n, { image, resources: { cpu: '100m', memory: '128Mi' } });
console.log(app.synth().toString());
`,
    );
  };

  describe('of a registry that asks nobody', () => {
    start('none');

    it('locks what an app uses, writes nothing else, and the app has the digests from then on', async () => {
      const one = await registry.push('team/one', '1.0', ['linux/amd64', 'linux/arm64/v8']);
      const two = await registry.push('team/two', 'v2', ['linux/amd64']);
      const [first, second] = [`${registry.host}/team/one:1.0`, `${registry.host}/team/two:v2`];
      writeApp(first, second, `${registry.host}/team/pinned:1@sha256:${'a'.repeat(64)}`);
      expect(await lock()).toEqual({
        code: 0,
        stdout: [
          `+ ${first}  ${one.slice(0, 19)}…  linux/amd64, linux/arm64/v8`,
          `+ ${second}  ${two.slice(0, 19)}…  linux/amd64`,
          'images.lock.json: 2 images, 2 added, 0 moved, 0 removed\n',
        ].join('\n'),
        stderr: '',
      });
      expect(locked()).toEqual({
        [first]: { digest: one, platforms: ['linux/amd64', 'linux/arm64/v8'] },
        [second]: { digest: two, platforms: ['linux/amd64'] },
      });
      expect(existsSync(join(cwd, 'dist'))).toBe(false);

      const { spawnSync } = require('node:child_process') as typeof import('node:child_process');
      const synthesis = spawnSync(program, { cwd, shell: true, encoding: 'utf8' });
      expect(synthesis).toMatchObject({ status: 0 });
      const manifest = readFileSync(join(cwd, 'dist', 'shop.yaml'), 'utf8');
      expect(manifest.match(/image: .*/g)).toEqual([
        `image: ${first}@${one}`,
        `image: ${second}@${two}`,
        `image: ${registry.host}/team/pinned:1@sha256:${'a'.repeat(64)}`,
      ]);
    });

    it('says that a tag has moved, keeps what is locked, and renews what it is told to', async () => {
      const [moving, staying] = [`${registry.host}/team/moving:1`, `${registry.host}/team/staying:1`];
      const old = await registry.push('team/moving', '1', ['linux/amd64']);
      await registry.push('team/staying', '1', ['linux/amd64']);
      writeApp(moving, staying);
      await lock();
      expect(await lock('--check')).toMatchObject({
        code: 0,
        stdout: 'images.lock.json: 2 images, as registries have them\n',
      });

      const now = await registry.push('team/moving', '1', ['linux/amd64'], 'another program');
      expect(await lock('--check')).toEqual({
        code: 1,
        stdout: `${moving} is no longer ${old}: the tag has moved. See why, then: bulwark images lock --update --ca ${registry.caFile} ${moving}\n`,
        stderr: '',
      });
      expect((await lock('--check', '--format', 'json')).stdout).toBe(
        `${JSON.stringify({ file: 'images.lock.json', missing: [], unused: [], moved: [moving] }, undefined, 2)}\n`,
      );
      expect(await lock()).toMatchObject({
        code: 0,
        stdout: 'images.lock.json: 2 images, 0 added, 0 moved, 0 removed\n',
      });
      expect(locked()[moving]?.digest).toBe(old);

      await registry.push('team/staying', '1', ['linux/amd64'], 'another one, too');
      const before = locked()[staying];
      expect(await lock('--update', moving)).toMatchObject({
        code: 0,
        stdout: `~ ${moving}  ${now.slice(0, 19)}…  linux/amd64\nimages.lock.json: 2 images, 0 added, 1 moved, 0 removed\n`,
      });
      expect(locked()[moving]?.digest).toBe(now);
      expect(locked()[staying]).toEqual(before);
      expect((await lock('-u', '-f', 'json')).stdout).toContain(`"moved": [\n    "${staying}"\n  ]`);
    });

    it('takes out what nothing uses, and --check says both', async () => {
      const names = ['a', 'b', 'c'].map((name) => `${registry.host}/team/${name}:1`);
      for (const name of ['a', 'b', 'c']) await registry.push(`team/${name}`, '1', ['linux/amd64']);
      writeApp(...names.slice(0, 2));
      await lock();
      writeApp(...names.slice(1));
      expect(await lock('--check')).toMatchObject({
        code: 1,
        stdout: `${names[2]} is used and not locked: bulwark images lock --ca ${registry.caFile}\n${names[0]} is locked and not used: bulwark images lock --ca ${registry.caFile}\n`,
      });
      expect((await lock()).stdout).toContain('2 images, 1 added, 0 moved, 1 removed');
      expect(Object.keys(locked())).toEqual(names.slice(1));
    });

    it('locks images that are named, and those of manifests', async () => {
      await registry.push('team/named', 'x', ['linux/amd64']);
      const named = `${registry.host}/team/named:x`;
      expect(await lock(named, '--lock', 'other.json')).toMatchObject({ code: 0 });
      expect(readFileSync(join(cwd, 'other.json'), 'utf8')).toContain(named);
      const containers = [
        { name: 'a', image: named },
        { name: 'b', image: `${named}@sha256:${'a'.repeat(64)}` },
      ];
      writeFileSync(
        join(cwd, 'pod.json'),
        JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers } }),
      );
      expect(await lock('--from', 'pod.json')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('1 image, 1 added'),
      });
    });

    it('takes --app in place of cdk8s.yaml', async () => {
      await registry.push('team/app', '1', ['linux/amd64']);
      writeApp(`${registry.host}/team/app:1`);
      rmSync(join(cwd, 'cdk8s.yaml'));
      expect(await lock()).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('there is no app in cdk8s.yaml here'),
      });
      expect(await lock('--app', program)).toMatchObject({ code: 0 });
      expect(Object.keys(locked())).toEqual([`${registry.host}/team/app:1`]);
    });

    it('says every image that is not there, and leaves the lock as it was', async () => {
      await registry.push('team/there', '1', ['linux/amd64']);
      writeApp(`${registry.host}/team/there:1`);
      await lock();
      const before = readFileSync(join(cwd, 'images.lock.json'), 'utf8');
      const gone = ['there:2', 'nowhere:1'].map((name) => `${registry.host}/team/${name}`);
      writeApp(`${registry.host}/team/there:1`, ...gone);
      const { code, stdout, stderr } = await lock('--update');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      for (const image of gone) expect(stderr).toContain(`bulwark: ${image}: ${registry.host} has no such image`);
      expect(stderr).toContain('bulwark: 2 images could not be locked: images.lock.json is as it was\n');
      expect(readFileSync(join(cwd, 'images.lock.json'), 'utf8')).toBe(before);
    });

    it('refuses images that lack a platform', async () => {
      await registry.push('team/intel', '1', ['linux/amd64']);
      await registry.push('team/both', '1', ['linux/amd64', 'linux/arm64/v8']);
      const names = ['intel', 'both'].map((name) => `${registry.host}/team/${name}:1`);
      expect(await lock(...names, '--platform', 'linux/amd64', '--platform', 'linux/arm64')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`${names[0]}: it does not run on linux/arm64: it is made for linux/amd64\n`),
      });
      expect(existsSync(join(cwd, 'images.lock.json'))).toBe(false);
      expect(await lock(names[1] ?? '', '--platform', 'linux/arm64')).toMatchObject({ code: 0 });
    });

    it('trusts a private authority only when it is named', async () => {
      await registry.push('team/one', '1.0', ['linux/amd64']);
      const image = `${registry.host}/team/one:1.0`;
      expect(await run(['lock', image])).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(
          /of an authority that is not trusted here .*: name that authority's certificate by --ca/,
        ),
      });
      expect(await run(['lock', image], { ...nobody(), NODE_EXTRA_CA_CERTS: registry.caFile })).toMatchObject({
        code: 0,
      });
    });

    it('takes what an app prints where it does not synthesize, and locks nothing', async () => {
      writeApp('no image');
      const { code, stderr } = await lock();
      expect(code).toBe(2);
      expect(stderr).toContain('the app does not synthesize');
      expect(stderr).toContain('no image');
    });
  });

  it('does not speak plain HTTP', async () => {
    const asked = await servingPlainHttp(async (host) => {
      expect(await run(['lock', `${host}/team/one:1`])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('it speaks plain HTTP'),
      });
    });
    expect(asked).toBe(0);
  });

  describe.each(['htpasswd', 'token'] as const)('of a registry that asks by %s', (auth) => {
    start(auth);
    let image: string;
    let digest: string;
    beforeAll(async () => {
      digest = await registry.push('team/private', '1', ['linux/amd64']);
      image = `${registry.host}/team/private:1`;
    });
    const login = (password: string) => Buffer.from(`${user.name}:${password}`).toString('base64');
    const docker = (config: object) => {
      const folder = join(cwd, 'docker');
      mkdirSync(folder);
      writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
      return { ...nobody(), DOCKER_CONFIG: folder };
    };
    const tryIt = (env: Readonly<Record<string, string>>) => run(['lock', '--ca', registry.caFile, image], env);

    it('does not let in whoever names nobody', async () => {
      const { code, stderr } = await tryIt(nobody());
      expect(code).toBe(2);
      expect(stderr).toContain(`lets nobody in without a user and password`);
      expect(stderr).toContain(`docker login ${registry.host}`);
    });

    it('does not let in a wrong password, which is in no message', async () => {
      const { code, stderr } = await tryIt(
        docker({ auths: { [registry.host]: { auth: login('wrong-made-up-one') } } }),
      );
      expect(code).toBe(2);
      expect(stderr).toContain('refuses the user and password that it was given');
      expect(stderr).not.toContain('wrong-made-up-one');
      expect(stderr).not.toContain(login('wrong-made-up-one'));
    });

    it("takes what docker login left, and podman's file", async () => {
      expect(await tryIt(docker({ auths: { [registry.host]: { auth: login(user.password) } } }))).toMatchObject({
        code: 0,
      });
      expect(locked()[image]?.digest).toBe(digest);
      const file = join(cwd, 'auth.json');
      writeFileSync(file, JSON.stringify({ auths: { [registry.host]: { auth: login(user.password) } } }));
      expect(await tryIt({ ...nobody(), REGISTRY_AUTH_FILE: file })).toMatchObject({ code: 0 });
    });

    it('asks a credential helper', async () => {
      const helper = join(cwd, 'docker-credential-made-up');
      const script = `#!/bin/sh\nread server\ntest "$1 $server" = "get ${registry.host}" || exit 3\necho '{"Username":"${user.name}","Secret":"${user.password}"}'\n`;
      writeFileSync(helper, script);
      chmodSync(helper, 0o755);
      const path = { PATH: `${cwd}${delimiter}${process.env.PATH}` };
      expect(await tryIt({ ...docker({ credHelpers: { [registry.host]: 'made-up' } }), ...path })).toMatchObject({
        code: 0,
      });
      writeFileSync(helper, '#!/bin/sh\nexit 3\n');
      const { code, stderr } = await run(['lock', '--ca', registry.caFile, image, '-u'], {
        ...nobody(),
        DOCKER_CONFIG: join(cwd, 'docker'),
        ...path,
      });
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('docker-credential-made-up') });
    });

    it('asks for one token a repository, whatever the number of tags', async () => {
      const tags = ['a', 'b', 'c', 'd'];
      for (const tag of tags) await registry.push('team/many', tag, ['linux/amd64']);
      const env = docker({ auths: { [registry.host]: { auth: login(user.password) } } });
      const names = tags.map((tag) => `${registry.host}/team/many:${tag}`);
      const before = registry.tokens();
      expect(await run(['lock', '--ca', registry.caFile, ...names], env)).toMatchObject({ code: 0 });
      expect(Object.keys(locked())).toEqual(names);
      expect(registry.tokens() - before).toBe(auth === 'token' ? 1 : 0);
    });
  });
});
