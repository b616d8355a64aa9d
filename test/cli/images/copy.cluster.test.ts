import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LOOPBACK } from '../../support/free-ports';
import { servingPlainHttp } from '../../support/plain-http';
import { describeTool } from '../../support/policy-tools';
import { type Registry, type RegistryAuthentication, startRegistry, user } from '../../support/registry';
import { runningCliIn } from '../../support/run-cli';
import { runsTypeScript } from '../../support/typescript';

jest.setTimeout(300_000);

const root = resolve(__dirname, '..', '..', '..');
const program = `"${process.execPath}" ${runsTypeScript.join(' ')} main.ts`;
const platforms = ['linux/amd64', 'linux/arm64/v8'];

describeTool('registry', 'bulwark images copy', ({ path }) => {
  let upstream: Registry;
  beforeAll(async () => {
    upstream = await startRegistry(path);
  });
  afterAll(() => upstream.stop());

  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'bulwark copy '));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  /** The repository of a copy. */
  const held = (repository: string) => `${upstream.host.replace(':', '-')}/${repository}`;
  const digestOf = (body: Buffer) => `sha256:${createHash('sha256').update(body).digest('hex')}`;

  describe.each<RegistryAuthentication>(['htpasswd', 'token'])('to a registry that asks by %s', (auth) => {
    let target: Registry;
    beforeAll(async () => {
      target = await startRegistry(path, auth);
    });
    afterAll(() => target.stop());

    const loggedIn = (password: string = user.password) => {
      const folder = join(cwd, 'docker');
      mkdirSync(folder, { recursive: true });
      const auths = { [target.host]: { auth: Buffer.from(`${user.name}:${password}`).toString('base64') } };
      writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }));
      return { DOCKER_CONFIG: folder, REGISTRY_AUTH_FILE: join(cwd, 'nobody.json') };
    };
    const run = (args: readonly string[], env: Readonly<Record<string, string>> = loggedIn()) =>
      runningCliIn({ cwd, env }, 'images', ...args, '--ca', upstream.caFile, '--ca', target.caFile);
    const lock = (...images: readonly string[]) => run(['lock', ...images]);
    const copy = (...args: readonly string[]) => run(['copy', '--to', target.host, ...args]);
    /** Everything below a manifest, each compared with its digest. @returns how many blobs there are; undefined where something is not there */
    const whole = async (repository: string, reference: string): Promise<number | undefined> => {
      const { status, body } = await target.get(repository, `manifests/${reference}`);
      if (status !== 200) return undefined;
      if (reference.startsWith('sha256:') && digestOf(body) !== reference) throw new Error(`${reference} is another`);
      const { manifests = [], config, layers = [] } = JSON.parse(body.toString('utf8'));
      let blobs = 0;
      for (const { digest } of manifests) blobs += (await whole(repository, digest)) ?? Number.NaN;
      for (const { digest } of config === undefined ? [] : [config, ...layers]) {
        const blob = await target.get(repository, `blobs/${digest}`);
        if (blob.status !== 200 || digestOf(blob.body) !== digest) throw new Error(`${digest} is not there`);
        blobs++;
      }
      return blobs;
    };
    const tagged = async (repository: string, tag: string) =>
      digestOf((await target.get(repository, `manifests/${tag}`)).body);

    it('copies what the lock names, by digest, for all platforms, and sends nothing twice', async () => {
      const digest = await upstream.push('team/one', '1.0', platforms, auth);
      const single = await upstream.push('team/two', 'v2', ['linux/amd64'], auth);
      const [one, two] = [`${upstream.host}/team/one:1.0`, `${upstream.host}/team/two:v2`];
      await lock(one, two);
      // What is copied is what was locked, whatever was pushed since.
      await upstream.push('team/one', '1.0', platforms, `${auth} later`);
      const would = await copy('--dry-run');
      expect(would).toMatchObject({ code: 0, stderr: '' });
      expect(would.stdout).toContain('2 images: 0 copied, 0 there already, 2 to be copied\n');
      expect((await target.get(held('team/one'), 'tags/list')).status).toBe(404);

      expect(await copy()).toEqual({
        code: 0,
        stdout: [
          `+ ${target.host}/${held('team/one')}:1.0  ${digest.slice(0, 19)}…  4 blobs, 0.0 MB`,
          `+ ${target.host}/${held('team/two')}:v2  ${single.slice(0, 19)}…  2 blobs, 0.0 MB`,
          '2 images: 2 copied, 0 there already\n',
        ].join('\n'),
        stderr: '',
      });
      expect(await tagged(held('team/one'), '1.0')).toBe(digest);
      expect(await whole(held('team/one'), digest)).toBe(4);
      expect(await whole(held('team/two'), single)).toBe(2);
      expect(await copy()).toMatchObject({ code: 0, stdout: expect.stringContaining('0 copied, 2 there already\n') });
      expect(JSON.parse((await copy('--format', 'json', two)).stdout)).toEqual({
        images: {
          [two]: { to: `${target.host}/${held('team/two')}:v2`, digest: single, state: 'there', blobs: 0, bytes: 0 },
        },
      });
    });

    it('copies what an app pulls from its private registry, by tag or digest, and the manifests name what is there', async () => {
      const digest = await upstream.push('team/app', '1', platforms, `app ${auth}`);
      const pinned = await upstream.push('team/pinned', '2', ['linux/amd64'], `pinned ${auth}`);
      const images = [`${upstream.host}/team/app:1`, `${upstream.host}/team/pinned@${pinned}`];
      writeFileSync(join(cwd, 'cdk8s.yaml'), `language: typescript\napp: ${JSON.stringify(program)}\n`);
      writeFileSync(
        join(cwd, 'main.ts'),
        `import { BulwarkApp, ClusterTarget, LockedNamespace, SecureDeployment } from ${JSON.stringify(join(root, 'index.ts'))};
const privateRegistry = { host: 'registry.acme.example', upstreams: [${JSON.stringify(upstream.host)}] };
const app = new BulwarkApp({ target: ClusterTarget.of('1.34'), registries: [], privateRegistry });
const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
for (const [n, image] of ${JSON.stringify(images)}.entries())
  new SecureDeployment(shop, 'app-' + n, { image, resources: { cpu: '100m', memory: '128Mi' } });
app.synth();
`,
      );
      const unlocked = await run(['copy']);
      expect(unlocked).toMatchObject({ code: 2, stdout: '' });
      expect(unlocked.stderr).toContain(
        `${images[0]} is not locked\nrun \`bulwark images lock --ca ${upstream.caFile} --ca ${target.caFile}\` first`,
      );
      await run(['lock']);
      // The host of the app is a name, which leads nowhere here.
      writeFileSync(
        join(cwd, 'main.ts'),
        readFileSync(join(cwd, 'main.ts'), 'utf8').replace(
          'app.synth();',
          `if (!process.env.KUBE_BULWARK_IMAGES_TO) app.synth();
else { app.synth(); const fs = require('node:fs'); const file = process.env.KUBE_BULWARK_IMAGES_TO; fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('registry.acme.example', '${target.host}')); }`,
        ),
      );
      expect(await run(['copy'])).toMatchObject({ code: 0, stdout: expect.stringContaining('2 images: 2 copied') });
      expect(await whole(held('team/app'), digest)).toBe(4);
      expect(await whole(held('team/pinned'), pinned)).toBe(2);
      // Distribution knows a repository by its tags.
      expect((await target.get(held('team/pinned'), 'tags/list')).status).toBe(404);
    });

    it('never has half an image: a blob that is not what its digest says fails it, and the tag stays where it was', async () => {
      const image = `${upstream.host}/team/broken:1`;
      const before = await upstream.push('team/broken', '1', platforms, `sound ${auth}`);
      await lock(image);
      await copy(image);
      const digest = await upstream.push('team/broken', '1', platforms, `another ${auth}`);
      await run(['lock', '--update', image]);
      const layer = digestOf(Buffer.from(`another ${auth} linux/arm64/v8`)).slice('sha256:'.length);
      const file = join(upstream.folder, `data/docker/registry/v2/blobs/sha256/${layer.slice(0, 2)}/${layer}/data`);
      const sound = readFileSync(file);
      writeFileSync(file, Buffer.from(sound).fill('x'));
      const failed = await copy(image);
      expect(failed).toMatchObject({ code: 2 });
      expect(failed.stderr).toContain(
        `bulwark: ${image}: what ${upstream.host} sent is not sha256:${layer}: it was not passed on\nbulwark: 1 image could not be copied: their tags are as they were\n`,
      );
      expect(await tagged(held('team/broken'), '1')).toBe(before);
      expect((await target.get(held('team/broken'), `manifests/${digest}`)).status).toBe(404);
      expect((await target.get(held('team/broken'), `blobs/sha256:${layer}`)).status).toBe(404);

      writeFileSync(file, sound);
      expect(await copy(image)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 blob, ') });
      expect(await tagged(held('team/broken'), '1')).toBe(digest);
      expect(await whole(held('team/broken'), digest)).toBe(4);
    });

    it('goes on with others where one is gone, and says which', async () => {
      await upstream.push('team/there', '1', ['linux/amd64'], `there ${auth}`);
      const there = `${upstream.host}/team/there:1`;
      await lock(there);
      const gone = `${upstream.host}/team/nowhere@sha256:${'a'.repeat(64)}`;
      const down = `${LOOPBACK}:1/team/x@sha256:${'b'.repeat(64)}`;
      const { code, stdout, stderr } = await copy(there, gone, down);
      expect(code).toBe(2);
      expect(stdout).toContain('1 image: 1 copied');
      expect(stderr).toContain(`bulwark: ${gone}: ${upstream.host} has no such image`);
      expect(stderr).toMatch(/127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/);
      expect(stderr).toContain('2 images could not be copied');
    });

    it('sends nothing as nobody, or with a wrong password, which is in no message', async () => {
      await upstream.push('team/secret', '1', ['linux/amd64'], `secret ${auth}`);
      const image = `${upstream.host}/team/secret:1`;
      await lock(image);
      const nobody = { DOCKER_CONFIG: join(cwd, 'nobody'), REGISTRY_AUTH_FILE: join(cwd, 'nobody.json') };
      const asNobody = await run(['copy', '--to', target.host, image], nobody);
      expect(asNobody).toMatchObject({ code: 2, stderr: expect.stringContaining('lets nobody in without a user') });
      const wrong = await run(['copy', '--to', target.host, image], loggedIn('wrong-made-up-one'));
      expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('refuses the user and password') });
      expect(wrong.stderr).not.toContain('wrong-made-up-one');
    });

    if (auth === 'token')
      it('says who to ask where it may read and not push', async () => {
        await upstream.push('team/sealed', '1', ['linux/amd64']);
        const image = `${upstream.host}/team/sealed:1`;
        await lock(image);
        const { code, stderr } = await copy(image);
        expect(code).toBe(2);
        expect(stderr).toMatch(/does not let you write it.*: ask its owner for the right to push/);
      });
  });

  it('speaks plain HTTP neither to upstream nor to the registry', async () => {
    const env = { DOCKER_CONFIG: join(cwd, 'nobody'), REGISTRY_AUTH_FILE: join(cwd, 'nobody.json') };
    const digest = await upstream.push('team/plain', '1', ['linux/amd64']);
    const asked = await servingPlainHttp(async (host) => {
      for (const [image, to] of [
        [`${upstream.host}/team/plain@${digest}`, host],
        [`${host}/team/plain@${digest}`, upstream.host],
      ] as const)
        expect(
          await runningCliIn({ cwd, env }, 'images', 'copy', '--ca', upstream.caFile, '--to', to, image),
        ).toMatchObject({
          code: 2,
          stdout: expect.anything(),
          stderr: expect.stringContaining('it speaks plain HTTP'),
        });
    });
    expect(asked).toBe(0);
  });
});
