import { isInt32 } from '../../int32';
import { isDnsLabel, toDnsLabel } from '../../manifest/names';
import type { Path } from '../../manifest/path';
import { isAbsent, listOf } from '../../manifest/plain';
import type { Container, EnvFromSource, EnvVar, EphemeralContainer, PodSpec, Probe } from '../../manifest/pod';
import type { PodContainer } from '../../manifest/pod-template';
import { askFaults } from './ask-faults';
import { eachEntry, type Faults, setAmong } from './fault';
import { heldFaults } from './held-faults';
import { resourceFaults } from './resource-faults';

type AnyContainer = Container | EphemeralContainer;

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const initForbidden = [...probes, 'lifecycle'] as const;
const probeHandlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;
const probeNumbers = [
  'initialDelaySeconds',
  'periodSeconds',
  'timeoutSeconds',
  'successThreshold',
  'failureThreshold',
] as const;
const keyed = ['configMapKeyRef', 'secretKeyRef'] as const;
const wholes = ['configMapRef', 'secretRef'] as const;
const hooks = ['postStart', 'preStop'] as const;
const hookHandlers = ['exec', 'httpGet', 'tcpSocket', 'sleep'] as const;

/** Names that are no names, or of two containers. */
export function containerNameFaults(faults: Faults, containers: readonly PodContainer[]): void {
  containers.forEach(({ container: { name }, path }, i) => {
    if (!isDnsLabel(String(name))) {
      const remedy = `name it ${toDnsLabel(String(name))}, for example: at most 63 lower-case letters, digits and dashes`;
      const message = `${JSON.stringify(name)} is no name of a container`;
      faults.push({ path: ['spec', ...path, 'name'], value: name, message, remedy });
    } else if (containers.findIndex(({ container }) => container.name === name) < i) {
      const remedy = 'give each container of the pod, init containers among them, a name of its own';
      const message = `two containers are called ${name}`;
      faults.push({ path: ['spec', ...path, 'name'], value: name, message, remedy });
    }
  });
}

/** Probes, hooks, restart rules and the environment of one container. */
export function containerFaults(faults: Faults, { container, role }: PodContainer, at: Path, spec: PodSpec): void {
  if (role === 'init') initFaults(faults, container, at);
  else handlerFaults(faults, container, at);
  restartFaults(faults, container, at);
  if (role === 'init' || spec.restartPolicy === 'Never') resizeFaults(faults, container, at);
  amountFaults(faults, container, at);
  if (!isAbsent(container.resources)) resourceFaults(faults, container.name, container.resources, [...at, 'resources']);
  if (listOf(container.ports).length > 1) portNameFaults(faults, container, at);
  if (!isAbsent(container.envFrom))
    eachEntry(container.envFrom, (source, i) => {
      sourceFaults(faults, container, source, [...at, 'envFrom', i]);
    });
  eachEntry(container.env, (variable, i) => {
    if (!isAbsent(variable.valueFrom)) envFaults(faults, container, variable, [...at, 'env', i]);
  });
}

/** Anywhere else null is nothing. The API server reads an amount that is null as 0, which is seldom what was meant. */
function amountFaults(faults: Faults, { name, resources }: AnyContainer, at: Path): void {
  for (const field of setAmong(resources, ['limits', 'requests'] as const)) {
    const amounts = resources?.[field] ?? {};
    for (const resource in amounts) {
      if (amounts[resource] !== null) continue;
      const message = `container ${name}: the API server reads null as 0`;
      const path = [...at, 'resources', field, resource];
      faults.push({ path, value: null, message, remedy: 'write an amount, or leave it out' });
    }
  }
}

/** An init container ends before anybody could ask it. */
function initFaults(faults: Faults, container: AnyContainer, at: Path): void {
  for (const field of setAmong(container, initForbidden)) {
    const message = `init container ${container.name} has a ${field}, which only a container that keeps running may have`;
    faults.push({ path: [...at, field], message, remedy: `leave ${field} out, or make it a sidecar` });
  }
}

function handlerFaults(faults: Faults, container: AnyContainer, at: Path): void {
  setAmong(container, probes).forEach((field) => {
    oneHandler(faults, container, at, [field], container[field], probeHandlers);
    probeFaults(faults, container, at, field, container[field] as Probe);
  });
  setAmong(container.lifecycle, hooks).forEach((field) => {
    oneHandler(faults, container, at, ['lifecycle', field], container.lifecycle?.[field], hookHandlers);
  });
}

function oneHandler<K extends string>(
  faults: Faults,
  container: AnyContainer,
  at: Path,
  below: readonly string[],
  given: Readonly<Partial<Record<K, unknown>>> | null | undefined,
  kinds: readonly K[],
): void {
  const found = setAmong(given, kinds);
  if (given) askFaults(faults, container.name, given, [...at, ...below]);
  if (found.length === 1) return;
  const what = `container ${container.name}: ${below.at(-1)}`;
  const path = [...at, ...below];
  if (found.length === 0) {
    faults.push({ path, value: found, message: `${what} does nothing`, remedy: `give it one of ${kinds.join(', ')}` });
    return;
  }
  const message = `${what} does ${found.length} things: ${found.join(', ')}`;
  faults.push({ path, value: found, message, remedy: `keep one; a patch takes the other out with ${found[0]}: null` });
}

function probeFaults(faults: Faults, container: AnyContainer, at: Path, field: string, probe: Probe): void {
  const { successThreshold, terminationGracePeriodSeconds } = probe;
  for (const number of setAmong(probe, probeNumbers)) {
    if (isInt32(probe[number])) continue;
    const message = `container ${container.name}: ${JSON.stringify(probe[number])} is no ${number} of a ${field}`;
    faults.push({ path: [...at, field, number], value: probe[number], message, remedy: 'write a whole number from 0' });
  }
  if (field !== 'readinessProbe' && successThreshold && successThreshold !== 1) {
    const message = `container ${container.name}: one success is all that a ${field} counts`;
    const path = [...at, field, 'successThreshold'];
    faults.push({ path, value: successThreshold, message, remedy: 'set it to 1' });
  }
  if (field === 'readinessProbe' && !isAbsent(terminationGracePeriodSeconds)) {
    const path = [...at, field, 'terminationGracePeriodSeconds'];
    const message = `container ${container.name}: a readinessProbe ends nothing, so that it has no grace period`;
    faults.push({ path, value: terminationGracePeriodSeconds, message, remedy: 'leave it out' });
  }
}

function restartFaults(faults: Faults, container: AnyContainer, at: Path): void {
  if (!container.restartPolicyRules?.length || !isAbsent(container.restartPolicy)) return;
  const message = `container ${container.name} has restart rules and no restart policy that they are exceptions to`;
  faults.push({ path: [...at, 'restartPolicy'], message, remedy: 'set restartPolicy of the container too' });
}

/** A resize cannot restart what runs once. */
function resizeFaults(faults: Faults, container: AnyContainer, at: Path): void {
  eachEntry(container.resizePolicy, ({ resourceName, restartPolicy }, i) => {
    if (restartPolicy !== 'RestartContainer') return;
    const path = [...at, 'resizePolicy', i, 'restartPolicy'];
    const message = `container ${container.name}: a change of its ${resourceName} cannot restart what runs once`;
    faults.push({ path, value: restartPolicy, message, remedy: 'use NotRequired' });
  });
}

function envFaults(faults: Faults, container: AnyContainer, { name, value, valueFrom }: EnvVar, path: Path): void {
  const sources = Object.entries(valueFrom ?? {}).flatMap(([source, given]) => (!isAbsent(given) ? [source] : []));
  if (value) {
    const message = `container ${container.name}: the variable ${name} has a value and a source`;
    const remedy = 'keep one; a patch takes the value out with value: null';
    faults.push({ path, value: sources, message, remedy });
  } else if (sources.length !== 1) {
    const message = `container ${container.name}: the variable ${name} has ${sources.length} sources`;
    faults.push({ path: [...path, 'valueFrom'], value: sources, message, remedy: 'give it one source' });
  }
  for (const source of setAmong(valueFrom, keyed)) {
    if (valueFrom?.[source]?.key) continue;
    const message = `container ${container.name}: the variable ${name} is of no key`;
    const remedy = 'name the key that it holds';
    faults.push({ path: [...path, 'valueFrom', source, 'key'], value: valueFrom?.[source]?.key, message, remedy });
  }
  if (valueFrom) heldFaults(faults, valueFrom, [...path, 'valueFrom'], container.name);
}

function sourceFaults(faults: Faults, { name }: AnyContainer, source: EnvFromSource, path: Path): void {
  const given = setAmong(source, wholes);
  if (given.length === 1) return;
  const message = `container ${name}: an entry of its envFrom has ${given.length} sources`;
  faults.push({ path, value: given, message, remedy: `give it one of ${wholes.join(', ')}` });
}

/** Two ports with one name: probes and Services would not know which is meant. */
function portNameFaults(faults: Faults, { name, ports }: AnyContainer, at: Path): void {
  eachEntry(ports, ({ name: called }, i) => {
    if (!called || listOf(ports).findIndex((other) => other?.name === called) >= i) return;
    const message = `container ${name}: two ports are called ${called}`;
    const remedy = 'give each port of the container a name of its own';
    faults.push({ path: [...at, 'ports', i, 'name'], value: called, message, remedy });
  });
}
