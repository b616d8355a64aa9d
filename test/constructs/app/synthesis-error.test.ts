import { existsSync } from 'node:fs';
import {
  type BulwarkApp,
  ClusterTarget,
  type Finding,
  LockedNamespace,
  Mount,
  Probe,
  SecureDeployment,
  SecureJob,
  SynthesisError,
} from '../../../index';
import { basics, errorsOf, registry, testApp, testNamespace } from '../../support/app';

const digest = `sha256:${'c'.repeat(64)}`;
const deploy = (shop: LockedNamespace, props: object, id = 'api') =>
  new SecureDeployment(shop, id, { ...basics, ...props });
const image = (reference: string) => (shop: LockedNamespace) => deploy(shop, { image: reference });
const imageAt = { construct: 'shop/api', property: 'spec.template.spec.containers[0].image' };

/** What is wrong -> a declaration of it, and the one error that it must give. */
const faults: readonly (readonly [
  string,
  (shop: LockedNamespace, app: BulwarkApp) => unknown,
  Partial<Finding>,
  ClusterTarget?,
])[] = [
  [
    'an image without a registry',
    image(`nginx@${digest}`),
    {
      ...imageAt,
      rule: 'image-registry',
      value: `nginx@${digest}`,
      message: expect.stringContaining('names no registry') as never,
    },
  ],
  [
    'an image with a tag',
    image(`${registry}/app:1.0`),
    {
      ...imageAt,
      rule: 'image-digest',
      value: `${registry}/app:1.0`,
      message: expect.stringContaining('has the tag 1.0 and no digest') as never,
    },
  ],
  [
    'an image from a foreign registry',
    image(`evil.example/app@${digest}`),
    { ...imageAt, rule: 'image-allowed', value: `evil.example/app@${digest}` },
  ],
  [
    'memory above the limit of the namespace',
    (shop) => deploy(shop, { resources: { cpu: '1', memory: '5Gi' } }),
    {
      construct: 'shop/api',
      rule: 'namespace-limit',
      property: 'resources.memory',
      value: '5Gi',
      message: 'container api asks for more memory than namespace shop allows a container: 4Gi',
      remedy: "ask for less, or set limits: { maxMemory: '5Gi' } on the namespace",
    },
  ],
  [
    'a port used twice',
    (shop) => deploy(shop, { port: 8080, ports: [{ port: 8080, name: 'again' }], readiness: Probe.tcp() }),
    {
      construct: 'shop/api',
      rule: 'duplicate-port',
      property: 'spec.template.spec.containers[0].ports[0].containerPort',
      value: 8080,
      remedy: 'use another port number, or declare the port once',
    },
  ],
  [
    'a connection to a workload without that port',
    (shop) => deploy(shop, {}).connectTo(deploy(shop, { port: 5432, readiness: Probe.tcp() }, 'db'), { port: 3306 }),
    {
      construct: 'shop/api',
      rule: 'connection-port',
      property: 'connectTo',
      value: 3306,
      message: 'shop/db has no port 3306',
      remedy: 'it has tcp (5432)',
    },
  ],
  [
    'a name that is no DNS label',
    (shop) => deploy(shop, { name: 'My_App' }),
    {
      construct: 'shop/api',
      rule: 'name-valid',
      property: 'name',
      value: 'My_App',
      remedy: 'name it my-app, for example',
    },
  ],
  [
    'a name that is too long',
    (shop) => new SecureJob(shop, 'x'.repeat(64), basics),
    { construct: `shop/${'x'.repeat(64)}`, rule: 'name-valid', property: 'id' },
  ],
  [
    'a name that is too long for what its controller appends',
    (_shop, app) => new LockedNamespace(app, 'y'.repeat(64), { owner: 'x' }),
    { construct: 'y'.repeat(64), rule: 'name-valid', property: 'metadata.name' },
  ],
  [
    'a container that is no DNS label',
    (shop) => deploy(shop, { sidecars: [{ ...basics, name: 'My Proxy' }] }),
    {
      construct: 'shop/api',
      rule: 'pod-valid',
      property: 'spec.template.spec.initContainers[0].name',
      value: 'My Proxy',
      message: '"My Proxy" is no name of a container',
      remedy: 'name it my-proxy, for example: at most 63 lower-case letters, digits and dashes',
    },
  ],
  [
    'two containers with one name',
    (shop) => deploy(shop, { initContainers: [{ ...basics, name: 'api' }] }),
    {
      construct: 'shop/api',
      rule: 'pod-valid',
      property: 'spec.template.spec.containers[0].name',
      value: 'api',
      message: 'two containers are called api',
      remedy: 'give each container of the pod, init containers among them, a name of its own',
    },
  ],
  [
    'two objects with one identity',
    (shop) => [deploy(shop, {}, 'a'), deploy(shop, { name: 'a', service: false }, 'b')],
    {
      construct: 'shop/b',
      rule: 'identity-unique',
      property: 'metadata.name',
      value: 'a',
      object: 'Deployment.apps shop/a',
      message: 'there are two of them: the other is shop/a',
      remedy: "give one of them another metadata.name; in TypeScript: name: '…'",
    },
  ],
  [
    'a label value of more than 63 characters',
    (shop) => deploy(shop, { podLabels: { commit: 'f'.repeat(64) } }),
    {
      construct: 'shop/api',
      rule: 'label-value',
      property: 'spec.template.metadata.labels.commit',
      value: 'f'.repeat(64),
      message: `"${'f'.repeat(64)}" is no label value: it has 64 characters`,
      remedy:
        'at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit; longer texts are annotations',
    },
  ],
  [
    'a target version that does not exist',
    (shop) => deploy(shop, {}),
    {
      construct: '',
      rule: 'target-valid',
      property: 'target.version',
      value: '1.99',
      message: 'the toolkit knows no Kubernetes version "1.99"',
      remedy: 'use one of 1.28, 1.29, 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, 1.37; 1.37 is nearest',
    },
    ClusterTarget.of('1.99'),
  ],
  [
    'a field that the target lacks',
    (shop) => deploy(shop, { mounts: { '/model': Mount.image(`${registry}/model@${digest}`) } }),
    {
      construct: 'shop/api',
      rule: 'target-field',
      property: 'spec.template.spec.volumes[0].image',
      message:
        'the target lacks this field: Kubernetes 1.30 does not have image volumes (1.35 is the first to have it on by default)',
      remedy: 'leave it out, or raise the version of the target once its cluster is upgraded',
    },
    ClusterTarget.of('1.30'),
  ],
];

const consequences: Readonly<Record<string, readonly string[]>> = {
  'image-registry': ['image-allowed'],
};

describe('bad input', () => {
  it.each(faults.map(([what, declare, expected, target]) => [what, { declare, expected, target }] as const))(
    '%s is one clear error',
    (_, { declare, expected, target }) => {
      const { app, shop } = testNamespace(target && { target });
      declare(shop, app);
      const errors = errorsOf(app).filter(({ rule }) => rule === expected.rule);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors[0]).toMatchObject({ severity: 'error', ...expected });
      expect(errors[0]?.remedy).toMatch(/\w{2}/);
      // Nothing else but what comes of it: an image without a registry is in none that is allowed.
      expect(
        errorsOf(app).filter(
          ({ rule }) => ![expected.rule, ...(consequences[expected.rule ?? ''] ?? [])].includes(rule),
        ),
      ).toEqual([]);
    },
  );

  it('is reported all at once, by construct, and nothing is written', () => {
    const app = testApp({ target: ClusterTarget.of('1.12') });
    const shop = new LockedNamespace(app, 'shop', { owner: 'team shop' });
    const db = deploy(shop, { port: 0 }, 'db');
    deploy(shop, { image: 'nginx' }, 'web').connectTo(db, { port: 1 });
    deploy(shop, { resources: { cpu: '1', memory: '9Gi' }, user: 0, writable: ['tmp'] }, 'greedy');
    deploy(
      shop,
      { exceptions: [{ rule: 'nothing', reason: '', expires: '' }], env: { 'A B': '', PASSWORD: 'hunter2hunter2' } },
      'loud',
    );
    deploy(shop, { replicas: 1.5 }, 'half').egressTo({ cidr: 'everywhere', ports: [443] });
    deploy(shop, { podLabels: { a: '-' } }, 'Shouting');
    const error = (() => {
      try {
        return app.synth() as never;
      } catch (caught) {
        return caught as SynthesisError;
      }
    })();
    expect(error).toBeInstanceOf(SynthesisError);
    const rules = [
      'target-valid',
      'label-value',
      'port-valid',
      'readiness-probe',
      'connection-port',
      'image-registry',
      'namespace-limit',
      'run-as-user',
      'mount-path',
      'exception-valid',
      'env-name',
      'secret-literal',
      'replicas-valid',
      'cidr-valid',
      'name-valid',
    ];
    expect([...new Set(error.findings.map(({ rule }) => rule))]).toEqual(expect.arrayContaining(rules));
    expect(error.message).toMatch(/^\d\d errors, nothing was written\.\n/);
    for (const { construct, message, remedy } of error.findings) {
      expect(error.message).toContain(construct === '' ? '(app)' : construct);
      expect(error.message).toContain(`    ${message}\n    -> ${remedy}`);
    }
    expect(error.message).not.toContain('hunter2');
    expect(existsSync(app.outdir)).toBe(false);
  });

  it('prints its findings once where nobody catches it', () => {
    const { app, shop } = testNamespace();
    deploy(shop, { image: 'nginx' });
    try {
      app.synth();
      throw new Error('it did not throw');
    } catch (error) {
      expect(Object.keys(error as object)).not.toContain('findings');
      expect((error as SynthesisError).name).toBe('SynthesisError');
    }
  });
});
