import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ClusterTarget, LockedNamespace, Platform, SecureDeployment } from '../../../index';
import { basics, errorsOf, registry, temporaryFolder, testApp } from '../../support/app';

/** A plain cdk8s app with a platform, and the same as a BulwarkApp. */
const apps: readonly (readonly [string, () => App])[] = [
  [
    'a plain cdk8s App',
    () => {
      const app = new App({ outdir: join(temporaryFolder(), 'dist') });
      Platform.attach(app, { target: ClusterTarget.of('1.36'), registries: [registry], today: '2026-11-21' });
      return app;
    },
  ],
  ['a BulwarkApp', () => testApp()],
];

describe.each(apps)('in %s', (_, make) => {
  it('cluster-scoped objects in a namespace carry none, those of other libraries too', () => {
    const app = make();
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    new kplus.ClusterRole(shop, 'plus').allowRead(kplus.ApiResource.NODES);
    new ApiObject(shop, 'raw', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' });
    new ApiObject(shop, 'class', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { namespace: 'odd' },
      provisioner: 'csi.example.com',
    });
    new kplus.ConfigMap(shop, 'settings');
    const namespaces = Testing.synth(shop).map(({ kind, metadata }) => [
      kind,
      'namespace' in metadata,
      metadata.namespace,
    ]);
    for (const kind of ['Namespace', 'ClusterRole', 'StorageClass'])
      expect(namespaces.filter(([found]) => found === kind)).toContainEqual([kind, false, undefined]);
    expect(namespaces.filter(([kind]) => kind === 'ClusterRole')).toHaveLength(2);
    expect(namespaces.filter(([, has]) => !has)).toHaveLength(4);
    for (const [, has, namespace] of namespaces) if (has) expect(namespace).toBe('shop');
    expect(app.synthYaml()).not.toContain('odd');
  });

  it('a chart is synthesized for tests as it is written', () => {
    const app = make();
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    new SecureDeployment(shop, 'api', basics);
    const text = app.synthYaml();
    expect(
      Testing.synth(shop)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([...text.matchAll(/^kind: (\w+)/gm)].map(([, kind]) => kind).sort());
    expect(
      Testing.synth(shop).find(({ kind }) => kind === 'Deployment').spec.template.spec.automountServiceAccountToken,
    ).toBe(false);
  });

  it('what the rules refuse is refused, all at once, before anything is written', () => {
    const app = make();
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    new SecureDeployment(shop, 'api', { ...basics, image: `${registry}/app:latest` });
    new SecureDeployment(shop, 'web', { ...basics, user: 0 });
    new SecureDeployment(shop, 'waived', {
      ...basics,
      image: `${registry}/app:latest`,
      exceptions: [{ rule: 'image-digest', reason: 'upstream has no digests', expires: '2027-01-31' }],
    });
    for (const synthesize of [() => app.synth(), () => app.synthYaml(), () => Testing.synth(shop)]) {
      expect(synthesize).toThrow(
        /shop\/api\n {2}error image-digest[\s\S]*shop\/web\n {2}error run-as-non-root[\s\S]*error run-as-user/,
      );
      expect(synthesize).not.toThrow(/waived/);
    }
    expect(existsSync(app.outdir) ? readdirSync(app.outdir) : []).toEqual([]);
  });
});

describe('Platform', () => {
  it('in a plain App says once what constructs of others find wrong with themselves', () => {
    const [, make] = apps[0]!;
    const app = make();
    const chart = new Chart(app, 'chart');
    chart.node.addValidation({ validate: () => ['chart is crooked'] });
    expect(() => app.synth()).toThrow('Validation failed with the following errors:\n  [chart] chart is crooked');
    expect(() => app.synth()).not.toThrow(/construct-validation/);
  });

  it('is missed, with a clear error, in an app that has none', () => {
    const app = new App();
    const message =
      "this app has no platform. Use BulwarkApp in place of cdk8s' App, or call Platform.attach(app, { target, registries }) right after the App is made.";
    expect(() => new LockedNamespace(app, 'shop', { owner: 'x' })).toThrow(`shop: ${message}`);
    expect(() => new SecureDeployment(new Chart(app, 'chart'), 'api', basics)).toThrow(`chart/api: ${message}`);
    expect(() => Platform.of(app)).toThrow(message);
    for (const given of [undefined, null, 'shop', {}])
      expect(() => Platform.of(given as never)).toThrow(/ is no construct; give the app, or a construct of it$/);
  });

  it('is found from every construct of its app', () => {
    const app = testApp();
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    expect(Platform.of(shop)).toBe(app.platform);
  });

  it.each([
    ['docker.io/library/redis@sha256:1', 'registry.internal/hub/redis@sha256:1'],
    ['docker.io/acme/web@sha256:1', 'registry.internal/acme/web@sha256:1'],
    ['docker.io/acmeinc/web@sha256:1', 'docker.io/acmeinc/web@sha256:1'],
    ['quay.io/x/y@sha256:1', 'quay.io/x/y@sha256:1'],
  ])('pulls %s from %s', (image, mirrored) => {
    const mirrors = { 'docker.io/library': 'registry.internal/hub/', 'docker.io/acme/': 'registry.internal/acme' };
    expect(testApp({ mirrors }).platform.mirrored(image)).toBe(mirrored);
  });

  it('pulls a mirrored repository from nowhere else, although its registry is allowed', () => {
    const digest = `sha256:${'b'.repeat(64)}`;
    const mirrors = { 'docker.io/library/redis': 'reg.internal/redis' };
    const app = testApp({ vault: undefined, registries: ['docker.io'], mirrors });
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    new SecureDeployment(shop, 'cache', { ...basics, image: `index.docker.io/library/redis@${digest}` });
    expect(app.synthYaml()).toContain(`image: reg.internal/redis@${digest}`);
  });

  it('allows the mirrors, and nothing that is not mirrored', () => {
    const digest = `sha256:${'b'.repeat(64)}`;
    const app = testApp({
      vault: undefined,
      registries: [],
      mirrors: { 'docker.io/library': 'registry.internal/hub' },
    });
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    new SecureDeployment(shop, 'cache', {
      ...basics,
      image: `docker.io/library/redis@${digest}`,
      initContainers: [{ ...basics, name: 'init', image: `docker.io/library/busybox@${digest}` }],
    });
    expect(errorsOf(app)).toEqual([]);
    expect(app.synthYaml()).toContain(`image: registry.internal/hub/busybox@${digest}`);
    new SecureDeployment(shop, 'other', { ...basics, image: `docker.io/other/redis@${digest}` });
    expect(errorsOf(app)).toMatchObject([{ rule: 'image-allowed', construct: 'shop/other' }]);
  });
});

describe('a second platform', () => {
  it('is refused, beside the one of a BulwarkApp too', () => {
    const props = { target: ClusterTarget.of('1.34'), registries: [] };
    const plain = new App();
    Platform.attach(plain, props);
    expect(() => Platform.attach(plain, props)).toThrow('this app has a platform already');
    expect(() => Platform.attach(testApp(), props)).toThrow('this app has a platform already');
  });
});
