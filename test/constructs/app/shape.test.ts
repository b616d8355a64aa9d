import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AdmissionPolicies,
  BreakGlassPolicy,
  BulwarkApp,
  ClusterAuditor,
  ClusterGuardrails,
  ClusterTarget,
  Env,
  ExistingNamespace,
  ExternalWorkload,
  LockedNamespace,
  Probe,
  SecureCronJob,
  SecureDaemonSet,
  SecureDeployment,
  SecureJob,
  SecureStatefulSet,
  SignedImages,
  TrustBundle,
} from '../../../index';
import { basics, errorsOf, image, objectOf, testNamespace } from '../../support/app';

/** Classes as plain JavaScript sees them. */
type Loose = new (...given: unknown[]) => SecureDeployment;
const loose = (construct: unknown) => construct as Loose;

const workloads: readonly (readonly [string, Loose])[] = (
  [SecureDeployment, SecureStatefulSet, SecureDaemonSet, SecureJob, SecureCronJob] as const
).map((kind) => [kind.name, loose(kind)]);
const { resources } = basics;
const lazy = (given: unknown): unknown => Lazy.any({ produce: () => given });
const schedule = '@daily';

describe.each(workloads)('%s', (name, Workload) => {
  const timed = name === 'SecureCronJob' ? { schedule } : {};
  it.each([
    [undefined, 'it has no props'],
    [null, 'it has no props'],
    ['nginx', '"nginx" is no object of props'],
    [[], '[] is no object of props'],
    [new Map(), 'a Map is no object of props'],
  ])('without props (%j) is one finding that shows some', (props, message) => {
    const { app, shop } = testNamespace();
    new Workload(shop, 'api', props);
    expect(errorsOf(app)).toMatchObject(
      [
        {
          rule: 'prop-valid',
          construct: 'shop/api',
          property: 'props',
          message,
          remedy: /^give an object such as \{ image: /,
        },
      ].map((finding) => ({ ...finding, remedy: expect.stringMatching(finding.remedy) })),
    );
  });

  it.each([
    ['image', { ...timed, resources }],
    ['resources', { ...timed, image }],
    ['resources.cpu', { ...timed, image, resources: { memory: '64Mi' } }],
    ['resources.memory', { ...timed, image, resources: { cpu: '1' } }],
  ])('without %s is one finding, beside those of other constructs', (property, props) => {
    const { app, shop } = testNamespace();
    new Workload(shop, 'api', props);
    new SecureDeployment(shop, 'web', { ...basics, image: 'nginx@sha256:1' });
    const [first, ...others] = errorsOf(app);
    expect(first).toMatchObject({
      rule: 'prop-valid',
      construct: 'shop/api',
      property,
      message: `${property} is missing`,
      remedy: expect.stringContaining(`give it, as in ${property.split('.').at(-1)}: `),
    });
    expect(new Set(others.map(({ construct }) => construct))).toEqual(new Set(['shop/web']));
  });

  it('outside of a namespace, or of anything, says where it belongs', () => {
    const { app, shop } = testNamespace();
    const remedy = `it is in no namespace. Create it in one: new ${name}(new LockedNamespace(app, 'shop', { owner: 'team-shop' }), 'api', { … })`;
    expect(() => new Workload(app, 'api', { ...basics, schedule })).toThrow(`api: ${remedy}`);
    expect(() => new Workload(new Construct(app, 'part'), 'api', { ...basics, schedule })).toThrow(
      `part/api: ${remedy}`,
    );
    expect(() => new Workload(undefined, 'api', basics)).toThrow(
      `${name} api: undefined is no construct that it could be in; write new ${name}(scope, 'id', { … })`,
    );
    expect(() => new Workload(shop, undefined, basics)).toThrow(`shop: a ${name} in it has the id undefined; write`);
    expect(() => new Workload(shop, 5, basics)).toThrow(`shop: a ${name} in it has the id 5; write`);
  });
});

describe.each([AdmissionPolicies, BreakGlassPolicy, ClusterAuditor, ClusterGuardrails, SignedImages, TrustBundle])(
  '$name',
  (construct) => {
    it('outside of a chart says where it belongs', () => {
      const { app } = testNamespace();
      const make = (scope: Construct) => new (loose(construct))(scope, 'x', {});
      const remedy = `it is in no chart, and so in no file. Create it in one: new ${construct.name}(new Chart(app, 'cluster'), 'x', { … })`;
      expect(() => make(app)).toThrow(`x: ${remedy}`);
      expect(() => make(new Construct(app, 'part'))).toThrow(`part/x: ${remedy}`);
      expect(() => make(new Chart(app, 'cluster'))).not.toThrow();
    });
  },
);

describe('a prop of another type is one finding', () => {
  it.each<readonly [string, Loose, object, string]>([
    ['image', loose(SecureDeployment), { image: 5 }, '5 is not a text'],
    ['resources.cpu', loose(SecureDeployment), { resources: { cpu: 1, memory: '1Mi' } }, '1 is not a text such as'],
    ['name', loose(SecureDeployment), { name: 5 }, '5 is not a text'],
    ['port', loose(SecureDeployment), { port: '8080' }, '"8080" is not a number or an object with a port'],
    ['port.port', loose(SecureDeployment), { port: { name: 'http' } }, 'port.port is missing'],
    ['ports[1]', loose(SecureDeployment), { ports: [80, null], readiness: Probe.tcp() }, 'null is not a number'],
    ["env['A']", loose(SecureDeployment), { env: { A: 5 } }, "5 is not a text such as '8080' or 'true', or an Env"],
    ['env', loose(SecureDeployment), { env: [{ name: 'A', value: '5' }] }, 'is not an object'],
    ['readiness', loose(SecureDeployment), { readiness: { httpGet: {} } }, 'is not a Probe, such as Probe.http(…)'],
    [
      "mounts['/x']",
      loose(SecureDeployment),
      { mounts: { '/x': {} } },
      '{} is not a Mount, such as Mount.configMap(…)',
    ],
    ['writable', loose(SecureDeployment), { writable: '/tmp' }, '"/tmp" is not a list'],
    ['writable[0].path', loose(SecureDeployment), { writable: [{ size: '1Mi' }] }, 'writable[0].path is missing'],
    ['command', loose(SecureDeployment), { command: 'run me' }, '"run me" is not a list'],
    ['args[0]', loose(SecureDeployment), { args: [5] }, '5 is not a text'],
    ['preStop', loose(SecureDeployment), { preStop: { exec: 'x' } }, 'is not { sleepSeconds: 5 }'],
    ['sidecars[0]', loose(SecureDeployment), { sidecars: [null] }, 'null is not an object of container props'],
    ['sidecars[0].name', loose(SecureDeployment), { sidecars: [basics] }, 'sidecars[0].name is missing'],
    ['initContainers', loose(SecureDeployment), { initContainers: { name: 'x' } }, 'is not a list'],
    ['tokens[0].path', loose(SecureDeployment), { tokens: [{ audience: 'vault' }] }, 'tokens[0].path is missing'],
    ['tolerations', loose(SecureDeployment), { tolerations: {} }, '{} is not a list'],
    ['cloudIdentity', loose(SecureDeployment), { cloudIdentity: {} }, '{} is not a CloudIdentity'],
    ['selector', loose(SecureDeployment), { selector: 'x' }, '"x" is not an object'],
    ['service', loose(SecureDeployment), { service: true }, 'true is not false or an object'],
    ['autoscale', loose(SecureDeployment), { autoscale: true }, 'true is not an object'],
    ['autoscale.max', loose(SecureDeployment), { autoscale: { min: 2 } }, 'autoscale.max is missing'],
    ['schedule', loose(SecureCronJob), {}, 'schedule is missing'],
    ['schedule', loose(SecureCronJob), { schedule: 5 }, '5 is not a text'],
    ['storage[0].size', loose(SecureStatefulSet), { storage: [{ path: '/data' }] }, 'storage[0].size is missing'],
    ['maxUnavailable', loose(SecureDaemonSet), { maxUnavailable: {} }, '{} is not a number, or a text such as'],
    ['backoffLimit', loose(SecureJob), { backoffLimit: '3' }, '"3" is not a whole number from 0 to 2147483647'],
    ['nodes.value', loose(SecureJob), { nodes: { key: 'x' } }, 'nodes.value is missing'],
    ['completions', loose(SecureJob), { completions: -1 }, '-1 is not a whole number from 0 to 2147483647'],
    ['parallelism', loose(SecureJob), { parallelism: 1.5 }, '1.5 is not a whole number'],
    ['ttlSecondsAfterFinished', loose(SecureJob), { ttlSecondsAfterFinished: 2 ** 31 }, 'is not a whole number'],
    ['activeDeadlineSeconds', loose(SecureJob), { activeDeadlineSeconds: 1.5 }, 'is not a whole number'],
    [
      'startingDeadlineSeconds',
      loose(SecureCronJob),
      { schedule, startingDeadlineSeconds: -1 },
      '-1 is not a whole number',
    ],
    ['terminationGraceSeconds', loose(SecureDeployment), { terminationGraceSeconds: 1.5 }, '1.5 is not a whole number'],
    [
      'autoscale.cpuPercent',
      loose(SecureDeployment),
      { autoscale: { max: 3, cpuPercent: 0 } },
      '0 is not a whole number',
    ],
    [
      'nodeSelector',
      loose(SecureDeployment),
      { nodeSelector: new Map([['pool', 'secure']]) },
      'a Map is not an object',
    ],
    ['env', loose(SecureDeployment), { env: new Map() }, 'a Map is not an object'],
    ['capabilities', loose(SecureDeployment), { capabilities: new Set() }, 'a Set is not a list'],
    [
      'ports[1]',
      loose(SecureDeployment),
      { ports: [80, undefined], readiness: Probe.tcp() },
      'undefined is not a number',
    ],
    [
      'sidecars[0]',
      loose(SecureDeployment),
      { sidecars: [undefined] },
      'undefined is not an object of container props',
    ],
    ["env['A']", loose(SecureDeployment), { env: { A: lazy('debug') } }, "a Lazy value is not a text such as '8080'"],
    ['tolerations', loose(SecureDeployment), { tolerations: lazy([]) }, 'a Lazy value is not a list'],
    ['tolerations[0]', loose(SecureDeployment), { tolerations: [lazy({})] }, 'a Lazy value is not an object'],
    ['name', loose(SecureDeployment), { name: lazy('api') }, 'a Lazy value is not a text'],
    ['storage[0].size', loose(SecureStatefulSet), { storage: [{ path: '/data', size: '0' }] }, 'holds nothing'],
    ['storage[0].size', loose(SecureStatefulSet), { storage: [{ path: '/data', size: '-1' }] }, 'holds nothing'],
  ])('%s of a workload', (property, Workload, props, message) => {
    const { app, shop } = testNamespace();
    new Workload(shop, 'api', { ...basics, ...props });
    expect(errorsOf(app)).toMatchObject([
      { rule: 'prop-valid', construct: 'shop/api', property, message: expect.stringContaining(message) },
    ]);
  });

  it.each([
    ['props', undefined, 'it has no props'],
    ['props', null, 'it has no props'],
    ['owner', {}, 'owner is missing'],
    ['owner', { owner: 5 }, '5 is not a text'],
    ['name', { owner: 'x', name: 5 }, '5 is not a text'],
    ['quota', { owner: 'x', quota: 'big' }, '"big" is not an object'],
    ['access.viewers', { owner: 'x', access: { viewers: 'team' } }, '"team" is not a list'],
  ])('%s of a LockedNamespace given %j', (property, props, message) => {
    const { app } = testNamespace();
    new (loose(LockedNamespace))(app, 'data', props);
    expect(errorsOf(app)).toMatchObject([{ rule: 'prop-valid', construct: 'data', property, message }]);
  });

  it.each<readonly [string, (api: SecureDeployment) => unknown, string]>([
    [
      'connectTo',
      (api) => api.connectTo(undefined as never),
      'undefined is not a workload, a WorkloadGroup, a namespace',
    ],
    ['connectTo', (api) => api.connectTo('db' as never), '"db" is not a workload'],
    [
      'exposeTo',
      (api) => api.exposeTo('gateway' as never),
      '"gateway" is not a workload, a WorkloadGroup, a namespace, an ExternalWorkload, an Ext',
    ],
    ['exposeTo', (api) => api.exposeTo(new Chart(api.node.root, 'c') as never), 'this object is not a workload'],
    ['egressTo', (api) => api.egressTo(undefined as never), 'undefined is not an object'],
    ['egressTo.ports', (api) => api.egressTo({ cidr: '203.0.113.0/24' } as never), 'egressTo.ports is missing'],
    ['egressTo.ports', (api) => api.egressTo({ fqdn: 'example.org', ports: 443 } as never), '443 is not a list'],
    ['grantApiAccess[0].verbs', (api) => api.grantApiAccess({ resources: ['pods'] } as never), 'verbs is missing'],
  ])('argument of %s', (property, call, message) => {
    const { app, shop } = testNamespace();
    call(new SecureDeployment(shop, 'api', { ...basics, port: 80, readiness: Probe.tcp() }));
    expect(errorsOf(app)).toMatchObject([
      { rule: 'prop-valid', construct: 'shop/api', property, message: expect.stringContaining(message) },
    ]);
  });
});

it('null is what is left out', () => {
  const { app, shop } = testNamespace();
  const props = { ...basics, port: null, readiness: null, user: null, service: null, labels: null, sidecars: null };
  new (loose(SecureDeployment))(shop, 'api', props).connectTo(
    new SecureDeployment(shop, 'db', { ...basics, port: 80, readiness: Probe.tcp() }),
    null as never,
  );
  new (loose(ExistingNamespace))(app, 'data', null);
  expect(errorsOf(app)).toEqual([]);
  const plain = testNamespace();
  new SecureDeployment(plain.shop, 'api', basics);
  expect(objectOf(app, 'Deployment', 'api')).toEqual(objectOf(plain.app, 'Deployment', 'api'));
});

it('what cannot be converted is a finding beside the others, and not an exception', () => {
  const { app, shop } = testNamespace();
  const readiness = { _toKube: () => ({}) };
  new (loose(SecureDeployment))(shop, 'api', { ...basics, port: 80, readiness });
  new SecureDeployment(shop, 'web', { ...basics, user: 0 });
  expect(errorsOf(app)).toMatchObject([
    {
      rule: 'prop-valid',
      construct: 'shop/api',
      property: 'props',
      message: expect.stringContaining('a cdk8s-plus Probe'),
    },
    { construct: 'shop/web' },
    { construct: 'shop/web' },
  ]);
});

it('an ExternalWorkload that stands for nothing is refused where it is made', () => {
  const { app, shop } = testNamespace();
  const External = ExternalWorkload as unknown as Loose;
  expect(() => new External(app, 'db', { selector: { app: 'db' } })).toThrow(
    "db: it is in no namespace of its own. Create it in one: new ExternalWorkload(new ExistingNamespace(app, 'data'), 'db', { … })",
  );
  expect(() => new External(shop, 'a')).toThrow('shop/a: props: it has no props');
  expect(() => new External(shop, 'b', {})).toThrow('shop/b: selector = {}: it has no label');
  expect(() => new External(shop, 'c', { selector: { app: 'db' }, ports: 5 })).toThrow(
    'shop/c: ports: 5 is not a list',
  );
});

it('the address of nothing is refused where it is asked for', () => {
  expect(() => Env.addressOf(undefined as never)).toThrow(
    'Env.addressOf: undefined is no workload; give the construct itself',
  );
});

it('an app without a cluster or registries is refused, with every reason', () => {
  const App = BulwarkApp as unknown as new (props?: unknown) => BulwarkApp;
  const registries = /registries = .* is no list of texts; name where images may come from/;
  const target = /target = .* is no ClusterTarget; name the cluster: ClusterTarget.of\('1.34'\)/;
  for (const props of [undefined, null, {}, { target: '1.34', registries: 'registry.example' }]) {
    expect(() => new App(props)).toThrow(registries);
    expect(() => new App(props)).toThrow(target);
  }
  for (const mirrors of [
    { a: 5 },
    5,
    'abc',
    true,
    ['registry.internal'],
    new Map([['docker.io', 'registry.internal']]),
  ])
    expect(() => new App({ target: ClusterTarget.of('1.34'), registries: [], mirrors })).toThrow(
      /mirrors = .+; give a text/,
    );
  for (const podTemplateKinds of [{}, 'Rollout', new Map(), { pathOf: () => ['spec', 'nothing'] }])
    expect(() => new App({ target: ClusterTarget.of('1.34'), registries: [], podTemplateKinds })).toThrow(
      /podTemplateKinds = .+ is no PodTemplateKinds; name the kinds/,
    );
});

it('an app that cannot be made shows no password of a registry', () => {
  const App = BulwarkApp as unknown as new (props?: unknown) => BulwarkApp;
  const secret = 'https://robot:Zx9canaryHunter2q@registry.example';
  for (const props of [{ registries: secret }, { registries: [], mirrors: secret }])
    expect(() => new App({ target: ClusterTarget.of('1.34'), ...props })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('Zx9canaryHunter2q') }),
    );
});

describe('a prop that there is not', () => {
  const faultsIn = (make: (shop: LockedNamespace, app: BulwarkApp) => void) => {
    const { app, shop } = testNamespace();
    make(shop, app);
    return errorsOf(app).map(({ rule, construct, property, message, remedy }) => ({
      rule,
      construct,
      property,
      message,
      remedy,
    }));
  };

  it.each(workloads)('of a %s is refused, with the one that was meant', (kind, Workload) => {
    const timed = kind === 'SecureCronJob' ? { schedule } : {};
    const faults = faultsIn((shop) => new Workload(shop, 'api', { ...basics, ...timed, usr: 0, exeptions: [{}] }));
    expect(faults).toContainEqual({
      rule: 'prop-valid',
      construct: 'shop/api',
      property: 'usr',
      message: 'there is no prop "usr"',
      remedy: 'did you mean user?',
    });
    expect(faults).toContainEqual(
      expect.objectContaining({ property: 'exeptions', remedy: 'did you mean exceptions?' }),
    );
  });

  it('is refused below props, in namespaces and in arguments alike', () => {
    const faults = faultsIn((shop, app) => {
      const api = new (loose(SecureDeployment))(shop, 'api', {
        ...basics,
        resources: { ...basics.resources, memori: '1Gi' },
        ports: [{ port: 8080, nam: 'http' }],
        sidecars: [{ ...basics, name: 'proxy', comand: ['a'] }],
      });
      api.egressTo({ cidr: '203.0.113.0/24', ports: [443], exept: ['203.0.113.1/32'] } as never);
      new LockedNamespace(app, 'cart', { owner: 'team-cart', labels: {}, quotas: { pods: 3 } } as never);
      new ExistingNamespace(app, 'old', { nme: 'old' } as never);
    });
    const properties = faults
      .filter(({ message }) => message.startsWith('there is no prop'))
      .map(({ property }) => property);
    expect(properties.sort()).toEqual(
      ['egressTo.exept', 'nme', 'ports[0].nam', 'quotas', 'resources.memori', 'sidecars[0].comand'].sort(),
    );
  });

  it('that is undefined is none, and those of open objects are their own', () => {
    const faults = faultsIn(
      (shop) =>
        new (loose(SecureDeployment))(shop, 'api', {
          ...basics,
          usr: undefined,
          tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }],
          labels: { any: 'thing' },
          env: { ANY: 'thing' },
        }),
    );
    expect(faults).toEqual([]);
  });

  it('of an exception widens nothing', () => {
    const faults = faultsIn((shop) => {
      new (loose(SecureDeployment))(shop, 'api', {
        ...basics,
        image: 'registry.example/app:1',
        exceptions: [
          { rule: 'image-digest', reason: 'the vendor signs no images', expires: '2026-12-31', contaner: 's' },
        ],
      });
    });
    expect(faults).toContainEqual({
      rule: 'exception-valid',
      construct: 'shop/api',
      property: 'exceptions.contaner',
      message: 'an exception has no "contaner"',
      remedy: 'did you mean container?',
    });
    expect(faults.map(({ rule }) => rule)).toContain('image-digest');
  });
});
