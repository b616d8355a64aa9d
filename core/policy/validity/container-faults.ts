import { isDnsLabel, toDnsLabel } from '../../manifest/names';
import type { Path } from '../../manifest/path';
import type { Container, EnvVar, EphemeralContainer, PodSpec, Probe } from '../../manifest/pod';
import type { PodContainer } from '../../manifest/pod-template';
import { entriesOf, isSet, type PodFault, setAmong } from './fault';

type AnyContainer = Container | EphemeralContainer;

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const probeHandlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;
const hooks = ['postStart', 'preStop'] as const;
const hookHandlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'] as const;

/** Names that are no names, or of two containers. */
export function containerNameFaults(containers: readonly PodContainer[]): readonly PodFault[] {
  const seen = new Set<string>();
  return containers.flatMap(({ container: { name }, path }): readonly PodFault[] => {
    const at = ['spec', ...path, 'name'];
    if (!isDnsLabel(String(name))) {
      const remedy = `name it ${toDnsLabel(String(name))}, for example: at most 63 lower-case letters, digits and dashes`;
      return [{ path: at, value: name, message: `${JSON.stringify(name)} is no name of a container`, remedy }];
    }
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const remedy = 'give each container of the pod, init containers among them, a name of its own';
    return [{ path: at, value: name, message: `two containers are called ${name}`, remedy }];
  });
}

/** Probes, hooks, restart rules and the environment of one container. */
export function containerFaults({ container, role }: PodContainer, at: Path, spec: PodSpec): readonly PodFault[] {
  return [
    ...(role === 'init' ? initFaults(container, at) : handlerFaults(container, at)),
    ...restartFaults(container, at),
    ...(role === 'init' || spec.restartPolicy === 'Never' ? resizeFaults(container, at) : []),
    ...entriesOf(container.env).flatMap(([i, variable]) => envFaults(container, variable, [...at, 'env', i])),
  ];
}

/** An init container ends before anybody could ask it. */
function initFaults(container: AnyContainer, at: Path): readonly PodFault[] {
  return setAmong(container, [...probes, 'lifecycle']).map((field) => ({
    path: [...at, field],
    message: `init container ${container.name} has a ${field}, which only a container that keeps running may have`,
    remedy: `leave ${field} out, or make it a sidecar`,
  }));
}

function handlerFaults(container: AnyContainer, at: Path): readonly PodFault[] {
  const ofProbes = setAmong(container, probes).flatMap((field) => [
    ...oneHandler(container, [...at, field], field, container[field], probeHandlers),
    ...probeFaults(container, [...at, field], field, container[field] as Probe),
  ]);
  const ofHooks = setAmong(container.lifecycle, hooks).flatMap((field) =>
    oneHandler(container, [...at, 'lifecycle', field], field, container.lifecycle?.[field], hookHandlers),
  );
  return [...ofProbes, ...ofHooks];
}

function oneHandler<K extends string>(
  container: AnyContainer,
  path: Path,
  field: string,
  given: Readonly<Partial<Record<K, unknown>>> | null | undefined,
  kinds: readonly K[],
): readonly PodFault[] {
  const found = setAmong(given, kinds);
  if (found.length === 1) return [];
  const many = found.length > 1;
  return [
    {
      path,
      value: found,
      message: many
        ? `container ${container.name}: ${field} does ${found.length} things: ${found.join(', ')}`
        : `container ${container.name}: ${field} does nothing`,
      remedy: many
        ? `keep one; a patch takes the other out with ${found[0]}: null`
        : `give it one of ${kinds.join(', ')}`,
    },
  ];
}

function probeFaults(container: AnyContainer, path: Path, field: string, probe: Probe): readonly PodFault[] {
  const faults: PodFault[] = [];
  const { successThreshold, terminationGracePeriodSeconds } = probe;
  if (field !== 'readinessProbe' && isSet(successThreshold) && successThreshold !== 1) {
    const message = `container ${container.name}: one success is all that a ${field} counts`;
    faults.push({ path: [...path, 'successThreshold'], value: successThreshold, message, remedy: 'set it to 1' });
  }
  if (field === 'readinessProbe' && isSet(terminationGracePeriodSeconds)) {
    const at = [...path, 'terminationGracePeriodSeconds'];
    const message = `container ${container.name}: a readinessProbe ends nothing, so that it has no grace period`;
    faults.push({ path: at, value: terminationGracePeriodSeconds, message, remedy: 'leave it out' });
  }
  return faults;
}

function restartFaults(container: AnyContainer, at: Path): readonly PodFault[] {
  if (!container.restartPolicyRules?.length || isSet(container.restartPolicy)) return [];
  const message = `container ${container.name} has restart rules and no restart policy that they are exceptions to`;
  return [{ path: [...at, 'restartPolicy'], message, remedy: 'set restartPolicy of the container too' }];
}

/** A resize cannot restart what runs once. */
function resizeFaults(container: AnyContainer, at: Path): readonly PodFault[] {
  return entriesOf(container.resizePolicy).flatMap(([i, { resourceName, restartPolicy }]): readonly PodFault[] => {
    if (restartPolicy !== 'RestartContainer') return [];
    const path = [...at, 'resizePolicy', i, 'restartPolicy'];
    const message = `container ${container.name}: a change of its ${resourceName} cannot restart what runs once`;
    return [{ path, value: restartPolicy, message, remedy: 'use NotRequired' }];
  });
}

function envFaults(container: AnyContainer, { name, value, valueFrom }: EnvVar, path: Path): readonly PodFault[] {
  if (!isSet(valueFrom)) return [];
  const sources = Object.entries(valueFrom ?? {}).flatMap(([source, given]) => (isSet(given) ? [source] : []));
  if (value) {
    const message = `container ${container.name}: the variable ${name} has a value and a source`;
    return [{ path, value: sources, message, remedy: 'keep one; a patch takes the value out with value: null' }];
  }
  if (sources.length === 1) return [];
  const message = `container ${container.name}: the variable ${name} has ${sources.length} sources`;
  return [{ path: [...path, 'valueFrom'], value: sources, message, remedy: 'give it one source' }];
}
