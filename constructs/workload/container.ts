import type { EnvValue, Probe as KplusProbe, Volume as KplusVolume } from 'cdk8s-plus-28';
import { Quantity } from '../../core/manifest';
import type { Container, Probe as CoreProbe, EnvVar, Lifecycle } from '../../core/manifest/pod';
import { remembering } from '../../core/manifest/remembering';
import type { DeclarationFault } from '../app/declaration';
import type { Platform } from '../app/platform';
import { byteQuantity, convertEnvValue, convertProbe, cpuQuantity } from '../kplus';
import type { SecretMount } from '../secrets/secret-mount';
import { missingImage } from './container-shape';
import { Env } from './env';
import type { Mount, WritablePath } from './mount';
import { type Port, type PortProps, resolvePorts } from './port';
import { Probe } from './probe';
import type { Resources } from './resources';
import type { BroughtMount, PodVolumes } from './volumes';

/** What a container does before it is asked to stop. */
export type PreStop =
  /** Waits: the usual way to let load balancers catch up (Kubernetes 1.30 and later). */
  | { readonly sleepSeconds: number }
  /** Runs a command of the image. */
  | { readonly exec: readonly [string, ...string[]] };

/** One container of a workload. */
export interface ContainerProps {
  /**
   * The image, with its registry and its digest: `registry.acme.example/payments/api@sha256:…`. A tag beside the digest is
   * documentation; a tag alone needs an exception to the rule `image-digest`, since a tag can be moved.
   */
  readonly image: string;
  /** What it is given. */
  readonly resources: Resources;
  /** The program and its arguments in place of the image's. @default - the image's */
  readonly command?: readonly string[];
  /** @default - the image's */
  readonly args?: readonly string[];
  /** @default - the image's */
  readonly workingDir?: string;
  /** Environment variables. Secrets are mounted as files, never put here. @default - none */
  readonly env?: Readonly<Record<string, string | Env | EnvValue>>;
  /** The port that it serves, and that connections reach. @default - none */
  readonly port?: number | PortProps;
  /** Further ports. @default - none */
  readonly ports?: readonly (number | PortProps)[];
  /** Whether it can take traffic. Required where there is a port. @default - none */
  readonly readiness?: Probe | KplusProbe;
  /** Whether it must be restarted. @default - none */
  readonly liveness?: Probe | KplusProbe;
  /** Whether it has started: the other probes wait for it. @default - none */
  readonly startup?: Probe | KplusProbe;
  /** Paths that it may write to; the rest of its file system is read-only. @default - none */
  readonly writable?: readonly (string | WritablePath)[];
  /** Files from ConfigMaps, Secrets and volumes, by the path they appear under. @default - none */
  readonly mounts?: Readonly<Record<string, Mount | KplusVolume>>;
  /** Secrets that it reads, each as a file. @default - none */
  readonly secrets?: readonly SecretMount[];
  /** Capabilities on top of none. Anything but `NET_BIND_SERVICE` needs an exception. @default - none */
  readonly capabilities?: readonly string[];
  /** What happens before SIGTERM. @default - a container with a port sleeps 5 s where the target can */
  readonly preStop?: PreStop;
}

/** A container as declared: its manifest, before hardening, and what it brings along. */
export interface DeclaredContainer {
  readonly container: Container;
  readonly faults: readonly DeclarationFault[];
}

/** Where a container stands. */
export interface ContainerPlace {
  readonly platform: Platform;
  /** The namespace it runs in; undefined where none is named. */
  readonly namespace: string | undefined;
  /** The pod's volumes so far: those of the container are added. */
  readonly volumes: PodVolumes;
  /** Whether it is the one that the workload is about. */
  readonly main: boolean;
  /** What the pod mounts into it besides its own, by the prop that asks for it. */
  readonly brought: readonly BroughtMount[];
}

/**
 * The ports of a container.
 * @param main whether it is the one that the workload is about: its first port is called as what its probes speak
 */
export function resolveContainerPorts(props: ContainerProps, main: boolean): readonly Port[] {
  const { port, ports = [] } = props;
  const declared = port === undefined ? ports : [port, ...ports];
  return resolvePorts(declared, main ? spokenBy(props) : undefined);
}

/** What the first probe that says so speaks. */
function spokenBy({ readiness, liveness, startup }: ContainerProps): string | undefined {
  const protocolOf = (probe: Probe | KplusProbe | undefined) => (probe instanceof Probe ? probe.protocol : undefined);
  return protocolOf(readiness) || protocolOf(liveness) || protocolOf(startup);
}

/** Declares a container: props in, manifest out. Adds no hardening: that is `harden()`'s. */
export function declareContainer(name: string, props: ContainerProps, place: ContainerPlace): DeclaredContainer {
  const { platform, namespace } = place;
  const { volumeMounts, diskBytes, faults } = place.volumes.mountInto(name, props, place.brought);
  const ports = resolveContainerPorts(props, place.main);
  const probes = declareProbes(props, ports.find(({ protocol }) => protocol === 'TCP')?.port);
  const container: Container = {
    name,
    image: props.image === missingImage ? anyAllowedImage(platform) : platform.images.pinned(props.image),
    ...declareProgram(props),
    ...(ports.length > 0 && { ports: ports.map(containerPort) }),
    ...(props.env && { env: declareEnv(props.env, namespace) }),
    resources: declareResources(props.resources, diskBytes, platform),
    ...probes,
    ...(props.preStop && { lifecycle: declareLifecycle(props.preStop) }),
    ...(props.capabilities?.length && { securityContext: { capabilities: { add: [...props.capabilities] } } }),
    ...(volumeMounts.length > 0 && { volumeMounts }),
  };
  return { container, faults: [...faults, ...probePortFaults(name, props, probes)] };
}

/** What runs, in place of what the image says. */
function declareProgram({
  command,
  args,
  workingDir,
}: ContainerProps): Pick<Container, 'command' | 'args' | 'workingDir'> {
  return {
    ...(command && { command: [...command] }),
    ...(args && { args: [...args] }),
    ...(workingDir !== undefined && { workingDir }),
  };
}

function containerPort({ name, port, protocol }: Port) {
  return { name, containerPort: port, protocol };
}

type Probes = Pick<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

/** The probes that there are, and that have something to ask. */
function declareProbes({ startup, readiness, liveness }: ContainerProps, port: number | undefined): Probes {
  const startupProbe = startup && renderProbe(startup, port);
  const readinessProbe = readiness && renderProbe(readiness, port);
  const livenessProbe = liveness && renderProbe(liveness, port);
  return {
    ...(startupProbe && { startupProbe }),
    ...(readinessProbe && { readinessProbe }),
    ...(livenessProbe && { livenessProbe }),
  };
}

function renderProbe(probe: Probe | KplusProbe, port: number | undefined): CoreProbe | undefined {
  return probe instanceof Probe ? probe.render(port) : convertProbe(probe, port);
}

/** Probes that ask a port where there is none. */
function probePortFaults(name: string, props: ContainerProps, probes: Probes): readonly DeclarationFault[] {
  return (['readiness', 'liveness', 'startup'] as const)
    .filter((kind) => props[kind] && probes[`${kind}Probe`] === undefined)
    .map((kind) => ({
      rule: 'probe-port',
      property: kind,
      message: `container ${name}: its ${kind} probe asks a port, and the container has none for TCP`,
      remedy: 'declare the port, name one in the probe, or use Probe.exec',
      container: name,
    }));
}

function declareEnv(env: NonNullable<ContainerProps['env']>, namespace: string | undefined): readonly EnvVar[] {
  return Object.entries(env).map(([name, value]) => declareVariable(name, value, namespace));
}

/** In place of an image that is not there, which is reported: what every rule accepts, so that it is reported once. */
function anyAllowedImage({ registries }: Platform): string {
  return `${registries[0]?.replace(/\/$/, '') ?? 'registry.example'}/missing@sha256:${'0'.repeat(64)}`;
}

function declareVariable(name: string, value: string | Env | EnvValue, namespace: string | undefined): EnvVar {
  if (typeof value === 'string') return { name, value };
  return value instanceof Env ? value.render(name, namespace) : convertEnvValue(name, value);
}

function declareLifecycle(preStop: PreStop): Lifecycle {
  if ('exec' in preStop) return { preStop: { exec: { command: [...preStop.exec] } } };
  return { preStop: { sleep: { seconds: preStop.sleepSeconds } } };
}

function declareResources(given: Resources, diskBytes: readonly string[], platform: Platform) {
  const memory = byteQuantity(given.memory);
  const storage =
    given.ephemeralStorage === undefined
      ? sumOf([platform.profile.ephemeralStorage, ...diskBytes].join('\n'))
      : byteQuantity(given.ephemeralStorage);
  return {
    requests: { cpu: cpuQuantity(given.cpu), memory, 'ephemeral-storage': storage },
    limits: {
      ...(given.cpuLimit !== undefined && { cpu: cpuQuantity(given.cpuLimit) }),
      memory,
      'ephemeral-storage': storage,
    },
  };
}

/** The sum, leaving out what is no quantity: the rules refuse that where it stands. Remembered, since most containers add the same. */
const sumOf = remembering((quantities) => {
  const parsed = quantities
    .split('\n')
    .map((text) => Quantity.tryParse(text))
    .filter((quantity) => quantity !== undefined);
  return parsed.reduce((sum, quantity) => sum.add(quantity)).toString();
});
