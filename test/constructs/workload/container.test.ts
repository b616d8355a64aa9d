import { Size } from 'cdk8s';
import { Cpu, EnvValue, Probe as KplusProbe } from 'cdk8s-plus-28';
import {
  ClusterTarget,
  Env,
  Mount,
  Probe,
  SecretFile,
  SecureDeployment,
  type SecureDeploymentProps,
} from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, testNamespace } from '../../support/app';
import { podOf } from '../../support/workload-kinds';

function deploy(props: Partial<SecureDeploymentProps>, target?: ClusterTarget) {
  const { app, shop } = testNamespace(target && { target });
  new SecureDeployment(shop, 'api', { ...basics, ...props });
  return {
    app,
    pod: () => podOf(app, 'Deployment', 'api'),
    main: () => podOf(app, 'Deployment', 'api').containers[0]!,
  };
}
const ready = { port: 8080, readiness: Probe.http('/ready') };

describe('the paths that a container may write to', () => {
  it('are bounded volumes, which count against its local disk unless they are memory', () => {
    const { pod, main } = deploy({
      writable: ['/tmp', { path: '/cache/', size: '1Gi' }, { path: '/run', size: '8Mi', medium: 'memory' }],
    });
    expect(pod().volumes).toEqual([
      { name: 'api-writable-tmp', emptyDir: { sizeLimit: '64Mi' } },
      { name: 'api-writable-cache', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'api-writable-run', emptyDir: { medium: 'Memory', sizeLimit: '8Mi' } },
    ]);
    expect(main().volumeMounts?.map(({ mountPath, readOnly }) => [mountPath, readOnly])).toEqual([
      ['/tmp', undefined],
      ['/cache/', undefined],
      ['/run', undefined],
    ]);
    expect(main().resources?.limits?.['ephemeral-storage']).toBe('1216Mi');
    expect(main().securityContext?.readOnlyRootFilesystem).toBe(true);
  });

  it('have volumes with names of their own, however the containers are called', () => {
    const long = 'x'.repeat(60);
    const { app, pod } = deploy({
      name: long,
      writable: ['/tmp', '/cache'],
      containers: [
        { ...basics, name: `${long}y`, writable: ['/tmp'] },
        { ...basics, name: 'a', writable: ['/writable/b'] },
        { ...basics, name: 'a-writable', writable: ['/b'] },
      ],
    });
    expect(errorsOf(app)).toEqual([]);
    const { spec } = objectOf(app, 'Deployment', long) as unknown as {
      spec: { template: { spec: ReturnType<typeof pod> } };
    };
    const names = spec.template.spec.volumes?.map(({ name }) => name) ?? [];
    expect(names).toHaveLength(5);
    expect(new Set(names).size).toBe(5);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  it.each([
    ['tmp', '"tmp" is no absolute path'],
    ['/', '"/" is the root of the container'],
    ['/a/../etc', '"/a/../etc" leads upwards'],
    ['/a:b', '"/a:b" has a colon in it, and nothing is mounted so'],
  ])('are refused at %s', (path, message) => {
    expect(errorsOf(deploy({ writable: [path] }).app)).toMatchObject([
      {
        rule: 'mount-path',
        construct: 'shop/api',
        property: 'writable',
        value: path,
        container: 'api',
        message: `container api: ${message}`,
        remedy: 'give an absolute path below /, without .. and :',
      },
    ]);
  });

  it('are refused twice', () => {
    expect(errorsOf(deploy({ writable: ['/tmp', '/tmp/'] }).app)).toMatchObject([
      {
        rule: 'mount-path',
        value: '/tmp/',
        message: 'container api: two volumes are mounted at /tmp',
        remedy: 'mount each volume at a path of its own',
      },
    ]);
  });

  it.each<[string, Parameters<typeof deploy>[0]]>([
    ['settings', { mounts: { '/etc/api': Mount.configMap('api') }, writable: ['/etc/api/cache'] }],
    [
      'secrets',
      { secrets: [SecretFile.fromSecret('db', { key: 'a', file: '/etc/api/a' })], writable: ['/etc/api/cache'] },
    ],
  ])('are refused within a folder of %s', (_what, props) => {
    expect(errorsOf(deploy(props).app)).toMatchObject([
      {
        rule: 'mount-path',
        property: 'writable',
        value: '/etc/api/cache',
        message:
          'container api: /etc/api/cache is within /etc/api, a volume that is read-only: there is no folder to mount it at',
        remedy: 'mount it beside that folder',
      },
    ]);
  });

  it('may stand beside one another, and within what is writable', () => {
    const mounts = { '/etc/api': Mount.configMap('api'), '/var/cache/api': Mount.scratch({ size: '1Gi' }) };
    expect(errorsOf(deploy({ mounts, writable: ['/etc/api-cache', '/var/cache'] }).app)).toEqual([]);
  });
});

describe('the probes of a container', () => {
  it('ask its first port, and name it', () => {
    const { main } = deploy({
      port: 8080,
      ports: [9090],
      readiness: Probe.grpc(),
      liveness: Probe.tcp({ port: 9090 }),
    });
    expect(main().ports?.map(({ name, containerPort }) => [name, containerPort])).toEqual([
      ['grpc', 8080],
      ['tcp-9090', 9090],
    ]);
    expect(main().readinessProbe).toEqual({ grpc: { port: 8080 } });
    expect(main().livenessProbe).toEqual({ tcpSocket: { port: 9090 } });
  });

  it('are asked for where there is a port', () => {
    expect(errorsOf(deploy({ port: 8080 }).app)).toMatchObject([
      { rule: 'readiness-probe', construct: 'shop/api', container: 'api' },
    ]);
    expect(errorsOf(deploy({}).app)).toEqual([]);
  });

  it.each(['readiness', 'liveness', 'startup'] as const)('of kind %s need a port, or a command', (kind) => {
    expect(errorsOf(deploy({ [kind]: Probe.http('/') }).app)).toMatchObject([
      {
        rule: 'probe-port',
        property: kind,
        message: `container api: its ${kind} probe asks a port, and the container has none for TCP`,
        remedy: 'declare the port, name one in the probe, or use Probe.exec',
      },
    ]);
    expect(errorsOf(deploy({ [kind]: Probe.exec(['/bin/true']) }).app)).toEqual([]);
  });
});

describe('the port of a probe', () => {
  const udp = { port: 5300, protocol: 'UDP' } as const;
  const faultsOf = (props: Partial<SecureDeploymentProps>) =>
    errorsOf(deploy(props).app).map(({ rule, property, message }) => [
      rule,
      property?.split('.').slice(-3).join('.'),
      message,
    ]);

  it('is the first TCP port, where none is named', () => {
    const { app, main } = deploy({
      port: udp,
      ports: [8080],
      readiness: Probe.tcp(),
      liveness: KplusProbe.fromTcpSocket(),
    });
    expect(errorsOf(app)).toEqual([]);
    expect(main().readinessProbe).toEqual({ tcpSocket: { port: 8080 } });
    expect(main().livenessProbe).toMatchObject({ tcpSocket: { port: 8080 } });
  });

  it('is refused where there is none for TCP, unless one is named', () => {
    const message = 'container api: its readiness probe asks a port, and the container has none for TCP';
    const [first] = faultsOf({ port: udp, readiness: Probe.tcp() });
    expect(first).toEqual(['probe-port', 'readiness', message]);
    expect(faultsOf({ port: udp, readiness: Probe.tcp({ port: 5300 }) })).toEqual([]);
    expect(faultsOf({ port: udp, readiness: Probe.tcp({ port: 'udp-5300' }) })).toEqual([]);
  });

  it('has a name that the container has', () => {
    expect(faultsOf({ port: 8080, readiness: Probe.http('/', { port: 'http' }) })).toEqual([]);
    expect(faultsOf({ port: 8080, readiness: Probe.http('/', { port: 'nope' }) })).toEqual([
      ['probe-port', 'readinessProbe.httpGet.port', expect.stringMatching(/asks port nope, and .* none of that name$/)],
    ]);
  });

  it('may be a number that is not declared', () => {
    expect(faultsOf({ port: 8080, readiness: Probe.http('/', { port: 9999 }) })).toEqual([]);
    expect(faultsOf({ readiness: Probe.http('/', { port: 9999 }) })).toEqual([]);
  });

  it('is judged after patches, too', () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', { ...basics, port: 8080, readiness: Probe.http('/') });
    api.patchPod({ containers: [{ name: 'api', readinessProbe: { httpGet: { port: 'nope' } } }] });
    expect(errorsOf(app)).toMatchObject([{ rule: 'probe-port', value: 'nope' }]);
  });
});

describe('a container takes values of cdk8s-plus', () => {
  it('for probes, variables, CPU and memory', () => {
    const { app, main } = deploy({
      port: 8080,
      readiness: KplusProbe.fromHttpGet('/ready'),
      env: { A: EnvValue.fromValue('1'), B: Env.field('metadata.name') },
      resources: { cpu: Cpu.millis(250), memory: Size.mebibytes(64), ephemeralStorage: Size.gibibytes(1) },
    });
    expect(errorsOf(app)).toEqual([]);
    expect(main().readinessProbe).toMatchObject({ httpGet: { path: '/ready', port: 8080 } });
    expect(main().env).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ]);
    expect(main().resources).toEqual({
      requests: { cpu: '250m', memory: '64Mi', 'ephemeral-storage': '1Gi' },
      limits: { memory: '64Mi', 'ephemeral-storage': '1Gi' },
    });
  });
});

describe('what a container does before it stops', () => {
  it.each([
    [{ sleepSeconds: 10 }, { sleep: { seconds: 10 } }, 31],
    [{ exec: ['/bin/drain', 'now'] }, { exec: { command: ['/bin/drain', 'now'] } }, 30],
    [undefined, { sleep: { seconds: 5 } }, 30],
  ] as const)('for %j', (preStop, expected, grace) => {
    const { pod, main } = deploy({ ...ready, ...(preStop && { preStop }) });
    expect(main().lifecycle).toEqual({ preStop: expected });
    expect(pod().terminationGracePeriodSeconds).toBe(grace);
  });

  it('is no command that the image may not have: a finding asks for one', () => {
    const { app, main } = deploy(ready, ClusterTarget.of('1.29'));
    expect(main().lifecycle).toBeUndefined();
    expect(findingsOf(app).find(({ rule }) => rule === 'pre-stop')).toMatchObject({
      severity: 'info',
      construct: 'shop/api',
      container: 'api',
    });
  });

  it('is no longer than its grace period', () => {
    const { app } = deploy({ ...ready, preStop: { sleepSeconds: 20 }, terminationGraceSeconds: 20 });
    expect(errorsOf(app).map(({ rule }) => rule)).toContain('termination-grace');
    expect(deploy({ ...ready, terminationGraceSeconds: 3 }).main().lifecycle).toBeUndefined();
  });
});

it('only NET_BIND_SERVICE is added without an exception', () => {
  expect(errorsOf(deploy({ capabilities: ['NET_BIND_SERVICE'] }).app)).toEqual([]);
  expect(errorsOf(deploy({ capabilities: ['NET_ADMIN'] }).app).map(({ rule }) => rule)).toEqual(['capabilities-add']);
});

it('secrets stand in files, not in variables', () => {
  expect(
    errorsOf(deploy({ env: { DB_PASSWORD: 'correct-horse-battery' } }).app).map(({ rule, container }) => [
      rule,
      container,
    ]),
  ).toEqual([['secret-literal', 'api']]);
  const kplusSecret = EnvValue.fromSecretValue({ secret: { name: 's' } as never, key: 'k' });
  expect(errorsOf(deploy({ env: { TOKEN: kplusSecret } }).app).map(({ rule }) => rule)).toEqual(['secret-in-env']);
});
