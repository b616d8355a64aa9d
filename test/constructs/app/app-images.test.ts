import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { IMAGES_TO } from '../../../constructs/app/app-images';
import { ImageLock, readManifests } from '../../../core';
import { imagesOf } from '../../../core/images';
import {
  BulwarkApp,
  ClusterTarget,
  LockedNamespace,
  Mount,
  Platform,
  type PlatformProps,
  SecureDeployment,
} from '../../../index';

const digest = `sha256:${'1'.repeat(64)}`;
const redis = 'registry.internal/hub/redis:7.4';
const lock = ImageLock.of([
  ['registry.acme.example/app:1', { digest, platforms: ['linux/amd64'] }],
  [redis, { digest: `sha256:${'2'.repeat(64)}`, platforms: ['linux/amd64'] }],
  ['registry.acme.example/model:3', { digest: `sha256:${'3'.repeat(64)}`, platforms: ['linux/amd64'] }],
]).toString();

describe('the lock of images', () => {
  const home = process.cwd();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'app-images-'));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(home);
    delete process.env[IMAGES_TO];
    rmSync(folder, { recursive: true, force: true });
  });

  const appOf = (image: string, props: Partial<PlatformProps> = {}) => {
    const app = new BulwarkApp({
      target: ClusterTarget.of('1.35', { nodes: { imageVolumes: true } }),
      registries: ['registry.acme.example'],
      mirrors: { 'docker.io/library': 'registry.internal/hub' },
      outdir: join(folder, 'dist'),
      ...props,
    });
    const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    const resources = { cpu: '100m', memory: '128Mi' } as const;
    new SecureDeployment(shop, 'app', {
      image,
      resources,
      sidecars: [{ name: 'cache', image: 'docker.io/library/redis:7.4', resources }],
      mounts: { '/model': Mount.image('registry.acme.example/model:3') },
    });
    return app;
  };
  const imagesIn = (yaml: string) =>
    readManifests(yaml, { source: 'a' }).documents.flatMap(({ object }) => imagesOf(object));
  const refused = (app: BulwarkApp): string => {
    try {
      app.synthYaml();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('nothing was refused');
  };

  it.each([undefined, 'images.lock.json', 'locks/prod.json'])(
    'gives every image its digest, read from %s',
    (imageLock) => {
      mkdirSync('locks');
      writeFileSync(imageLock ?? 'images.lock.json', lock);
      const app = appOf('registry.acme.example/app:1', imageLock === undefined ? {} : { imageLock });
      expect(imagesIn(app.synthYaml())).toEqual([
        `${redis}@sha256:${'2'.repeat(64)}`,
        `registry.acme.example/app:1@${digest}`,
        `registry.acme.example/model:3@sha256:${'3'.repeat(64)}`,
      ]);
    },
  );

  it('leaves alone what has a digest', () => {
    writeFileSync('images.lock.json', lock);
    const own = `registry.acme.example/app:1@sha256:${'9'.repeat(64)}`;
    expect(imagesIn(appOf(own).synthYaml())).toContain(own);
  });

  it('refuses a tag without an entry, and names the command', () => {
    writeFileSync('images.lock.json', lock);
    const message = refused(appOf('registry.acme.example/app:2'));
    expect(message).toContain('error image-digest: Deployment.apps shop/app');
    expect(message).toContain('`bulwark images lock`');
    expect(message).toMatch(/^1 error/);
  });

  it.each([
    [
      'edited by hand',
      lock.replace(digest, `sha256:${'8'.repeat(64)}`),
      /images\.lock\.json:\d+:\d+: the entry of registry\.acme\.example\/app:1 was changed by hand/,
    ],
    [
      'of a newer format',
      lock.replace('"lockfileVersion": 1', '"lockfileVersion": 9'),
      /lockfileVersion 9 is of a newer kube-bulwark[^\n]+\n +-> bring kube-bulwark up to date/,
    ],
    ['no JSON', '{', /images\.lock\.json:\d+:\d+: /],
  ])('refuses a lock that is %s, in one error', (_, text, wanted) => {
    writeFileSync('images.lock.json', text);
    const message = refused(appOf('registry.acme.example/app:1'));
    expect(message).toMatch(/^1 error/);
    expect(message).toMatch(wanted);
    expect(message).toContain('imageLock');
  });

  it('refuses a lock that is named and not there', () => {
    const message = refused(appOf('registry.acme.example/app:1', { imageLock: 'locks/none.json' }));
    expect(message).toContain('run `bulwark images lock --lock locks/none.json`');
    expect(message).toMatch(/^1 error/);
  });

  it('has null for no lock', () => {
    const own = `registry.acme.example/app:1@${digest}`;
    const message = refused(appOf(own, { imageLock: null as unknown as string }));
    expect(message).toContain('error image-digest');
    expect(message).not.toContain('imageLock');
  });

  it.each([5, '', {}])('refuses %j as the name of a lock', (imageLock) => {
    expect(() => appOf('registry.acme.example/app:1', { imageLock: imageLock as string })).toThrow(
      /imageLock = .* is no file/,
    );
  });

  it('records what is used, and writes nothing else', () => {
    writeFileSync('images.lock.json', 'what is wrong does not matter');
    process.env[IMAGES_TO] = join(folder, 'used');
    const app = appOf('registry.acme.example/app:1');
    expect(app.synth().dryRun).toBe(true);
    appOf(`registry.acme.example/app:1@${digest}`).synth();
    expect(new Set(readFileSync('used', 'utf8').trimEnd().split('\n'))).toEqual(
      new Set([
        redis,
        'registry.acme.example/app:1',
        `registry.acme.example/app:1@${digest}`,
        'registry.acme.example/model:3',
      ]),
    );
    expect(existsSync('dist')).toBe(false);
  });

  it('does not have a plain cdk8s App write stand-ins while images are recorded', () => {
    process.env[IMAGES_TO] = join(folder, 'used');
    const app = new App({ outdir: join(folder, 'dist') });
    Platform.attach(app, { target: ClusterTarget.of('1.34'), registries: ['registry.acme.example'] });
    new Chart(app, 'shop');
    expect(() => app.synth()).toThrow(/bulwark images lock --from <path>/);
    expect(readdirSync('dist')).toEqual([]);
  });
});
