/** Parts of containers as the escape hatch writes them. */
import * as fc from 'fast-check';
import type { Patch } from '../../../core/manifest';
import type { Container, EphemeralContainer, Lifecycle, Probe } from '../../../core/manifest/pod';
import { type Fields, few, of, optional, some } from './parts';
import { containerSecurityContext, wholeContext } from './security-context';

const image = `registry.example/tool@sha256:${'c'.repeat(64)}`;
const resources = { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '32Mi', 'ephemeral-storage': '32Mi' } };

/** Handlers that ask the pod, and handlers that ask somebody else. */
const handler = of<Probe>(
  { httpGet: { path: '/', port: 8080 } },
  { httpGet: { path: '/', port: 8080, host: '169.254.169.254' } },
  { httpGet: { path: '/', port: 8080, host: '' } },
  { tcpSocket: { port: 8080 } },
  { tcpSocket: { port: 8080, host: '10.0.0.1' } },
  { grpc: { port: 8080 } },
  { exec: { command: ['true'] } },
);
const probe: fc.Arbitrary<Patch<Probe> | null> = fc.oneof(
  { weight: 5, arbitrary: handler },
  { weight: 2, arbitrary: some<Probe>({ ...timing(), ...handlers() }, 2) },
  { weight: 1, arbitrary: fc.constant(null) },
);

function timing() {
  return {
    initialDelaySeconds: of(0, 5),
    timeoutSeconds: of(1, 3),
    periodSeconds: of(10),
    successThreshold: of(1),
    failureThreshold: of(3),
    terminationGracePeriodSeconds: of(10),
  };
}

/** Each kind of handler, to be merged into a probe that may have another. */
function handlers(): Fields<Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'>> {
  return {
    exec: of({ command: ['true'] }),
    httpGet: of({ port: 8080, host: '127.0.0.1' }, { port: 8080, path: '/' }),
    tcpSocket: of({ port: 8080 }),
    grpc: of({ port: 8080, service: 'app' }),
  };
}

const hook = of<NonNullable<Lifecycle['preStop']>>(
  { exec: { command: ['sleep', '5'] } },
  { httpGet: { port: 8080, path: '/stop' } },
  { httpGet: { port: 8080, host: '10.0.0.1' } },
  { tcpSocket: { port: 8080, host: '10.0.0.1' } },
  { sleep: { seconds: 3 } },
);

const lifecycle: fc.Arbitrary<Patch<Lifecycle> | null> = fc.option(
  some<Patch<Lifecycle>>({ postStart: hook, preStop: fc.option(hook, { freq: 4 }), stopSignal: of('SIGUSR1') }),
  { freq: 6 },
);

type Part = Patch<Omit<Container, 'name'>>;

/** Each field of a container but its name. */
export const containerFields: Fields<Part> = {
  image: of(image, 'redis', 'docker.io/library/redis:7'),
  command: of(['/app'], ['/bin/sh', '-c', 'true']),
  args: of([], ['--verbose']),
  workingDir: of('/srv'),
  ports: few(
    of(
      { containerPort: 8080, hostPort: 80 },
      { containerPort: 8080, hostPort: 0 },
      { containerPort: 9100, name: 'metrics' },
      { containerPort: 9101, name: 'more', hostIP: '127.0.0.1', hostPort: 9101 },
      { containerPort: 5353, protocol: 'UDP' as const, name: 'dns' },
    ),
    2,
    1,
  ),
  envFrom: of([{ configMapRef: { name: 'settings' } }], [{ secretRef: { name: 'tls' } }], []),
  env: few(
    of<NonNullable<Part['env']>[number]>(
      { name: 'LOG_LEVEL', value: 'debug' },
      { name: 'LOG_LEVEL', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'tls', key: 'password' } } },
      { name: 'PASSWORD', value: 'hunter2hunter2' },
    ),
    2,
    1,
  ),
  resources: of<Part['resources']>(
    { limits: { cpu: '1' } },
    { limits: { memory: '1Gi' } },
    { requests: { memory: '64Mi' }, limits: { memory: '64Mi' } },
    { limits: { 'example.com/gpu': '1' } },
    null,
  ),
  resizePolicy: of([{ resourceName: 'memory', restartPolicy: 'RestartContainer' as const }]),
  restartPolicy: of('Always', 'Never', 'OnFailure'),
  restartPolicyRules: of([{ action: 'Restart' as const, exitCodes: { operator: 'In' as const, values: [42] } }]),
  volumeMounts: few(
    of<NonNullable<Part['volumeMounts']>[number]>(
      { name: 'extra', mountPath: '/extra' },
      { name: 'extra', mountPath: '/tmp' },
      { name: 'more', mountPath: '/more', readOnly: true, recursiveReadOnly: 'IfPossible' },
      { name: '$main-writable-tmp', mountPath: '/other', subPath: 'sub' },
      { name: 'more', mountPath: '/host', mountPropagation: 'Bidirectional' },
    ),
    2,
    1,
  ),
  volumeDevices: of([{ name: 'extra', devicePath: '/dev/block' }]),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle,
  terminationMessagePath: of('/dev/termination-log'),
  terminationMessagePolicy: of('File', 'FallbackToLogsOnError'),
  imagePullPolicy: of('Always', 'IfNotPresent', 'Never'),
  securityContext: fc.oneof(
    { weight: 6, arbitrary: containerSecurityContext },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  stdin: fc.boolean(),
  stdinOnce: fc.boolean(),
  tty: fc.boolean(),
};

const { ports, livenessProbe, readinessProbe, startupProbe } = containerFields;
const networkFields = { ports, livenessProbe, readinessProbe, startupProbe, lifecycle } as unknown as Fields<Part>;

/** Fields that decide what Pod Security says are drawn more often than their number. */
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: some<Part>({ securityContext: containerSecurityContext } as Fields<Part>, 1) },
  { weight: 2, arbitrary: some(networkFields, 1) },
  { weight: 2, arbitrary: some(containerFields) },
);

/** A change of the main container. */
export const mainContainer: fc.Arbitrary<Patch<Container>> = part.map((fields) => ({ name: '$main', ...fields }));

/** A container that was not there, whole: hardened, nearly, or not at all. */
function whole(name: string, extra: fc.Arbitrary<Part>): fc.Arbitrary<Patch<Container>> {
  return fc.tuple(wholeContext, extra).map(([securityContext, more]) => ({
    name,
    image,
    resources,
    ...(securityContext && { securityContext }),
    ...more,
  }));
}

export const addedContainer = whole(
  'added',
  optional(some(containerFields, 1), 30).map((more) => more ?? {}),
);
export const addedInitContainer = whole(
  'added-init',
  fc.oneof(
    { weight: 2, arbitrary: of<Part>({}, { restartPolicy: 'Always' }) },
    { weight: 1, arbitrary: some(containerFields, 1) },
  ),
);
export const ephemeralContainer: fc.Arbitrary<Patch<EphemeralContainer>> = wholeContext.map((securityContext) => ({
  name: 'debugger',
  image,
  targetContainerName: '$main',
  ...(securityContext && { securityContext }),
}));
