import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { Deployment as KplusDeployment } from 'cdk8s-plus-28';
import { IMAGES_TO } from '../../../constructs/app/app-images';
import { ImageLock, type KubernetesObject } from '../../../core';
import { imagesOf } from '../../../core/images';
import {
  type BulwarkApp,
  type BulwarkAppProps,
  ClusterTarget,
  type ImageRegistry,
  LockedNamespace,
  Mount,
  SecureCronJob,
  SecureDaemonSet,
  SecureDeployment,
  SecureJob,
  SecureStatefulSet,
  VaultSecretMount,
} from '../../../index';
import { basics, errorsOf, objectsOf, temporaryFolder, testApp, vault } from '../../support/app';

const digest = `sha256:${'a'.repeat(64)}`;
const locked = `sha256:${'b'.repeat(64)}`;
const privateRegistry: ImageRegistry = {
  host: 'registry.acme.example',
  upstreams: ['docker.io/library', 'quay.io/acme'],
  pullSecrets: ['registry-pull'],
};
const redis = `docker.io/library/redis@${digest}`;
const moved = `registry.acme.example/docker.io/library/redis@${digest}`;

const appOf = (props: Partial<BulwarkAppProps> = {}) =>
  testApp({ registries: [], vault: undefined, privateRegistry, ...props });
const namespaceIn = (app: BulwarkApp) => new LockedNamespace(app, 'shop', { owner: 'team-shop' });
const pods = (app: BulwarkApp): readonly KubernetesObject[] =>
  objectsOf(app).filter((object) => imagesOf(object).length > 0);

describe('a private registry', () => {
  it('has the images of every container of every workload, of volumes, and of the agent', () => {
    const app = appOf({
      target: ClusterTarget.of('1.36', { nodes: { imageVolumes: true } }),
      vault: { ...vault, agent: { image: `quay.io/acme/vault@${digest}` } },
    });
    const shop = namespaceIn(app);
    const further = (name: string) => ({ ...basics, name, image: redis });
    const props = {
      ...basics,
      image: redis,
      initContainers: [further('init')],
      sidecars: [further('side')],
      containers: [further('more')],
      mounts: { '/model': Mount.image(`quay.io/acme/model:3@${digest}`) },
    };
    new SecureDeployment(shop, 'a', {
      ...props,
      secrets: [VaultSecretMount.kv('secret/data/a', { file: '/a/a', delivery: 'agent' })],
    });
    new SecureStatefulSet(shop, 'b', props);
    new SecureDaemonSet(shop, 'c', props);
    new SecureJob(shop, 'd', props);
    new SecureCronJob(shop, 'e', { ...props, schedule: '0 3 * * *' });
    expect(errorsOf(app)).toEqual([]);
    const found = pods(app);
    expect(found.map(({ kind }) => kind).sort()).toEqual(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'StatefulSet']);
    const model = `registry.acme.example/quay.io/acme/model:3@${digest}`;
    for (const object of found) expect(imagesOf(object)).toEqual([moved, model]);
    const yaml = app.synthYaml();
    expect(yaml).not.toMatch(/image: (?!registry\.acme\.example\/)/);
    expect(yaml.match(/imagePullSecrets:\n\s+- name: registry-pull\n/g)).toHaveLength(5);
    expect(yaml).toContain(`vault.hashicorp.com/agent-image: registry.acme.example/quay.io/acme/vault@${digest}`);
  });

  it('takes the digest that the lock has for upstream', () => {
    const imageLock = join(temporaryFolder(), 'images.lock.json');
    const image = 'docker.io/library/redis:7.4';
    writeFileSync(imageLock, ImageLock.of([[image, { digest: locked, platforms: ['linux/amd64'] }]]).toString());
    const app = appOf({ imageLock });
    new SecureDeployment(namespaceIn(app), 'cache', { ...basics, image });
    expect(app.synthYaml()).toContain(`image: registry.acme.example/${image}@${locked}\n`);
  });

  it('has upstream asked for what is to be locked, and says what is copied where', () => {
    const file = join(temporaryFolder(), 'used');
    process.env[IMAGES_TO] = file;
    try {
      const app = appOf();
      const images = ['docker.io/library/redis:7.4', redis, `registry.acme.example/own@${digest}`];
      const shop = namespaceIn(app);
      for (const [i, image] of images.entries()) new SecureDeployment(shop, `w${i}`, { ...basics, image });
      app.synth();
    } finally {
      delete process.env[IMAGES_TO];
    }
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toEqual([
      'docker.io/library/redis:7.4\tregistry.acme.example/docker.io/library/redis:7.4',
      `${redis}\t${moved}`,
      `registry.acme.example/own@${digest}`,
    ]);
  });

  it('leaves what is in it already, and what registries allow', () => {
    const app = appOf({ registries: ['ghcr.io/acme'] });
    const shop = namespaceIn(app);
    const images = [`registry.acme.example/shop/cart@${digest}`, `ghcr.io/acme/cart@${digest}`, moved];
    for (const [i, image] of images.entries()) new SecureDeployment(shop, `w${i}`, { ...basics, image });
    expect(errorsOf(app)).toEqual([]);
    expect(pods(app).flatMap((object) => imagesOf(object))).toEqual(images);
  });

  it('comes after mirrors', () => {
    const mirrors = { 'gcr.io/acme': 'quay.io/acme' };
    const { platform } = appOf({ mirrors });
    expect(platform.mirrored('gcr.io/acme/x:1')).toBe('registry.acme.example/quay.io/acme/x:1');
    expect(platform.faults).toEqual([]);
  });

  it('has what it holds of a mirror pulled from nowhere else', () => {
    const app = appOf({ mirrors: { 'gcr.io/acme': 'quay.io/acme/gcr/' } });
    const image = `quay.io/acme/gcr/x@${digest}`;
    const spec = { containers: [{ name: 'raw', image }] };
    new ApiObject(namespaceIn(app), 'raw', { apiVersion: 'v1', kind: 'Pod', ...{ spec } });
    expect(errorsOf(app).filter(({ rule }) => rule === 'image-allowed')).toMatchObject([{ value: image }]);
  });

  it('is refused where a mirror has more than an upstream', () => {
    expect(errorsOf(appOf({ mirrors: { 'gcr.io/acme': 'quay.io' } }))).toMatchObject([
      { property: 'privateRegistry.upstreams', message: expect.stringMatching(/^quay\.io has an upstream in it/) },
    ]);
  });

  it('refuses an image of no upstream, and says how to have it there', () => {
    const app = appOf();
    const shop = namespaceIn(app);
    new SecureDeployment(shop, 'other', {
      ...basics,
      image: redis,
      initContainers: [{ ...basics, name: 'init', image: `ghcr.io/x/y@${digest}` }],
    });
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({
        rule: 'image-allowed',
        construct: 'shop/other',
        container: 'init',
        value: `ghcr.io/x/y@${digest}`,
        message: expect.stringContaining(`ghcr.io/x/y@${digest} of init container "init" comes from ghcr.io/x/y`),
        remedy:
          'list ghcr.io/x/y in privateRegistry.upstreams, and copy it there (bulwark images copy); or push the image to registry.acme.example',
      }),
    ]);
  });

  it('refuses what is not a construct of ours and pulls from upstream, and renames nothing in it', () => {
    const app = appOf();
    const shop = namespaceIn(app);
    new KplusDeployment(shop, 'plus', { containers: [{ image: redis }] });
    const spec = { containers: [{ name: 'raw', image: redis }] };
    new ApiObject(shop, 'raw', { apiVersion: 'v1', kind: 'Pod', ...{ spec } });
    const patched = new SecureDeployment(shop, 'patched', { ...basics, image: redis });
    patched.patchPod({ containers: [{ name: 'patched', image: redis }] });
    const found = errorsOf(app).filter(({ rule }) => rule === 'image-allowed');
    expect(found.map(({ construct }) => construct).sort()).toEqual(['shop', 'shop/patched', 'shop/plus/Resource']);
    for (const { remedy, value } of found) {
      expect(value).toBe(redis);
      expect(remedy).toBe(
        `write ${moved}: only images of kube-bulwark's constructs are named anew, and those of charts, plain objects and patches stay as they are written`,
      );
    }
  });

  const refused: readonly (readonly [
    what: string,
    given: Readonly<Record<string, unknown>>,
    property: string,
    message: RegExp,
  ])[] = [
    ['no host', { host: undefined }, 'host', /is missing/],
    ['a host that is no text', { host: 5 }, 'host', /5 is no host/],
    ['a host with a scheme', { host: 'https://r.example' }, 'host', /has a scheme/],
    ['plain HTTP', { host: 'http://r.example' }, 'host', /no registry without TLS/],
    ['a host with a path', { host: 'r.example/hub' }, 'host', /has a path/],
    ['a host with a password', { host: 'me:hunter22@r.example' }, 'host', /has a user in it/],
    ['no upstreams', { upstreams: undefined }, 'upstreams', /is missing/],
    ['every upstream', { upstreams: ['*'] }, 'upstreams[0]', /is a pattern/],
    ['an upstream without a registry', { upstreams: ['library'] }, 'upstreams[0]', /names no registry/],
    ['the host of Docker Hub', { host: 'registry-1.docker.io' }, 'host', /is Docker Hub/],
    ['a host in capitals', { host: 'Registry.invalid' }, 'host', /is called registry\.invalid$/],
    ['an upstream in capitals', { upstreams: ['Docker.io/library'] }, 'upstreams[0]', /is called docker\.io$/],
    ['an upstream by an older name', { upstreams: ['index.docker.io'] }, 'upstreams[0]', /is called docker\.io$/],
    ['an upstream with the port of HTTPS', { upstreams: ['ghcr.io:443/x'] }, 'upstreams[0]', /is called ghcr\.io$/],
    ['a path in capitals', { upstreams: ['docker.io/Library'] }, 'upstreams[0]', /names no registry/],
    ['an upstream by its address', { upstreams: ['[::1]:5000'] }, 'upstreams[0]', /neither capitals nor brackets/],
    ['an upstream with a tag', { upstreams: ['docker.io/library/redis:7'] }, 'upstreams[0]', /names no registry/],
    ['an upstream with a slash at its end', { upstreams: ['docker.io/library/'] }, 'upstreams[0]', /names no registry/],
    ['an upstream that is empty', { upstreams: [''] }, 'upstreams[0]', /names no registry/],
    ['an upstream with a scheme', { upstreams: ['https://docker.io'] }, 'upstreams[0]', /names no registry/],
    ['itself as an upstream', { upstreams: ['registry.acme.example/x'] }, 'upstreams', /private registry itself/],
    ['a Secret that is none', { pullSecrets: ['Registry_Pull'] }, 'pullSecrets[0]', /is not the name of a Secret/],
    ['a prop that there is not', { password: 'x' }, 'password', /no prop "password"/],
  ];
  it.each(refused)('is refused with %s, once', (_, given, property, message) => {
    const app = appOf({ privateRegistry: { ...privateRegistry, ...given } as ImageRegistry });
    new SecureDeployment(namespaceIn(app), 'own', {
      ...basics,
      image: `${given.host === undefined ? 'registry.acme.example' : 'registry.invalid'}/x@${digest}`,
    });
    const errors = errorsOf(app).filter(({ rule }) => rule !== 'image-allowed');
    expect(errors).toEqual([
      expect.objectContaining({
        rule: 'prop-valid',
        construct: '',
        property: `privateRegistry.${property}`,
        message: expect.stringMatching(message),
      }),
    ]);
    expect(JSON.stringify(errors)).not.toContain('hunter22');
  });

  it('is refused where it is no object, with how to write one', () => {
    expect(errorsOf(appOf({ privateRegistry: 'registry.acme.example' as never }))).toMatchObject([
      {
        property: 'privateRegistry',
        remedy: "give an object such as { host: 'registry.acme.example', upstreams: ['docker.io/library'] }",
      },
    ]);
  });

  it.each([
    ['the same', 'docker.io/library'],
    ['more', 'docker.io/'],
    ['less', 'docker.io/library/redis'],
  ])('is refused where registries allow %s as an upstream does', (_, registry) => {
    expect(errorsOf(appOf({ registries: [registry] }))).toMatchObject([
      { property: 'privateRegistry.upstreams', remedy: `take ${registry.replace(/\/$/, '')} out of registries` },
    ]);
  });
});

describe('registries and mirrors', () => {
  it('are called by the one name that images have', () => {
    const app = testApp({
      registries: ['registry-1.docker.io/library', 'registry.example', 'Registry.internal:443'],
      mirrors: { 'index.docker.io/library': 'mirror.internal', 'ghcr.io/acme': 'mirror.internal:05000/acme' },
    });
    expect(errorsOf(app)).toEqual(
      [
        ['registries[0]', 'registry-1.docker.io/library', 'write docker.io/library'],
        ['registries[2]', 'Registry.internal:443', 'write registry.internal'],
        ['mirrors', 'index.docker.io/library', 'write docker.io/library'],
        ['mirrors["ghcr.io/acme"]', 'mirror.internal:05000/acme', 'write mirror.internal:5000/acme'],
      ].map(([property, value, remedy]) => expect.objectContaining({ rule: 'prop-valid', property, value, remedy })),
    );
  });
});

describe('imagePullSecrets', () => {
  const secretsIn = (workload: SecureDeployment) => workload.hardening.template.spec.imagePullSecrets;

  it('are those of the app and of the workload, each once, and need not be in the app', () => {
    const app = appOf();
    const imagePullSecrets = ['team.pull', 'registry-pull', 'team.pull'];
    const cache = new SecureDeployment(namespaceIn(app), 'cache', { ...basics, image: redis, imagePullSecrets });
    expect(errorsOf(app)).toEqual([]);
    expect(secretsIn(cache)).toEqual([{ name: 'registry-pull' }, { name: 'team.pull' }]);
  });

  it('are none by default', () => {
    const app = testApp();
    expect(secretsIn(new SecureDeployment(namespaceIn(app), 'cache', basics))).toBeUndefined();
  });

  it.each(['A_B', '', '-x', 'a/b', 'x'.repeat(254)])('refuse %j', (name) => {
    const app = testApp();
    const imagePullSecrets = [name, 'good'];
    const cache = new SecureDeployment(namespaceIn(app), 'cache', { ...basics, imagePullSecrets });
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({
        rule: 'prop-valid',
        construct: 'shop/cache',
        property: 'imagePullSecrets[0]',
        message: expect.stringMatching(/is not the name of a Secret, such as 'registry-pull'$/),
      }),
    ]);
    expect(secretsIn(cache)).toEqual([{ name: 'good' }]);
  });
});
