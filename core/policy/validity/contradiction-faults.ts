import type { Path } from '../../manifest/path';
import type { PodSpec } from '../../manifest/pod';
import type { PodContainer } from '../../manifest/pod-template';
import { eachEntry, type Faults } from './fault';

const hostNamespaces = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
/** Seconds: what the API server sets where nothing is said. */
const defaultGrace = 30;
/** Seconds: the shortest life of a token that the API server gives. */
const shortestToken = 600;
const sysctlsOfIpc = /^(?:kernel[./](?:sem$|shm|msg)|fs[./]mqueue[./])/;
const sysctlsOfNetwork = /^net[./]/;

/** Settings of a container that the API server takes one by one, and not together. */
export function contradictionsIn(faults: Faults, { container }: PodContainer, at: Path, spec: PodSpec): void {
  const { privileged, allowPrivilegeEscalation, capabilities, procMount } = container.securityContext ?? {};
  if (allowPrivilegeEscalation === false && (privileged === true || capabilities?.add?.includes('CAP_SYS_ADMIN'))) {
    const message = `container ${container.name} is ${privileged ? 'privileged' : 'given CAP_SYS_ADMIN'}, and may not escalate`;
    const remedy =
      'leave that out, or leave allowPrivilegeEscalation out too (in a patch: null), with an exception to privilege-escalation';
    faults.push({ path: [...at, 'securityContext', 'allowPrivilegeEscalation'], value: false, message, remedy });
  }
  if (procMount === 'Unmasked' && spec.hostUsers !== false) {
    const message = `container ${container.name} has an unmasked /proc outside of a user namespace`;
    const remedy = 'leave procMount out, or set hostUsers: false on the pod';
    faults.push({ path: [...at, 'securityContext', 'procMount'], value: procMount, message, remedy });
  }
  const seconds = container.lifecycle?.preStop?.sleep?.seconds;
  const grace = spec.terminationGracePeriodSeconds ?? defaultGrace;
  if (typeof seconds === 'number' && (seconds < 0 || seconds > grace)) {
    const message = `container ${container.name} sleeps ${seconds} seconds before it stops, and is killed after ${grace}`;
    const remedy = `set terminationGracePeriodSeconds to more than ${seconds}, or sleep for less`;
    faults.push({ path: [...at, 'lifecycle', 'preStop', 'sleep', 'seconds'], value: seconds, message, remedy });
  }
  if (spec.hostNetwork !== true) return;
  eachEntry(container.ports, ({ hostPort, containerPort }, i) => {
    if (!hostPort || hostPort === containerPort) return;
    const message = `container ${container.name} is on the network of its node, where port ${containerPort} is no other port ${hostPort}`;
    const path = [...at, 'ports', i, 'hostPort'];
    faults.push({ path, value: hostPort, message, remedy: 'leave hostPort out' });
  });
}

/** Settings of a pod that the API server takes one by one, and not together. */
export function contradictionFaults(faults: Faults, spec: PodSpec, containers: readonly PodContainer[]): void {
  hostProcessFaults(faults, spec, containers);
  if (spec.hostNetwork === true || spec.hostPID === true || spec.hostIPC === true) hostFaults(faults, spec);
  tokenFaults(faults, spec);
}

/** A pod is a process of its Windows node as a whole, on the node's network, or not at all. */
function hostProcessFaults(faults: Faults, spec: PodSpec, containers: readonly PodContainer[]): void {
  const inherited = spec.securityContext?.windowsOptions?.hostProcess;
  const isProcess = ({ container }: PodContainer): boolean =>
    (container.securityContext?.windowsOptions?.hostProcess ?? inherited) === true;
  if (!containers.some(isProcess)) return;
  if (inherited === false || !containers.every(isProcess)) {
    const path = ['spec', 'securityContext', 'windowsOptions', 'hostProcess'];
    const message = 'some containers are processes of their Windows node, and some are not';
    faults.push({ path, value: inherited, message, remedy: 'set hostProcess on the pod alone, for all of them' });
  }
  if (spec.hostNetwork !== true) {
    const message = 'a process of a Windows node is on the network of the node';
    faults.push({
      path: ['spec', 'hostNetwork'],
      value: spec.hostNetwork,
      message,
      remedy: 'set hostNetwork: true too',
    });
  }
}

/** What a namespace of the node leaves no room for. */
function hostFaults(faults: Faults, spec: PodSpec): void {
  for (const field of hostNamespaces) {
    if (spec[field] !== true || spec.hostUsers !== false) continue;
    const message = `a pod in a user namespace of its own cannot have ${field}`;
    faults.push({
      path: ['spec', field],
      value: true,
      message,
      remedy: `leave ${field} out, or leave hostUsers out too (in a patch: null)`,
    });
  }
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    const message = 'the containers see the processes of the node, and are to share those of the pod';
    const path = ['spec', 'shareProcessNamespace'];
    faults.push({ path, value: true, message, remedy: 'leave shareProcessNamespace or hostPID out' });
  }
  eachEntry(spec.securityContext?.sysctls, ({ name }, i) => {
    const ipc = spec.hostIPC === true && sysctlsOfIpc.test(name);
    if (!ipc && !(spec.hostNetwork === true && sysctlsOfNetwork.test(name))) return;
    const field = ipc ? 'hostIPC' : 'hostNetwork';
    const path = ['spec', 'securityContext', 'sysctls', i, 'name'];
    const message = `with ${field} the sysctl ${name} would be the node's own`;
    faults.push({ path, value: name, message, remedy: `leave ${field} or the sysctl out` });
  });
}

function tokenFaults(faults: Faults, spec: PodSpec): void {
  eachEntry(spec.volumes, ({ name, projected }, i) => {
    eachEntry(projected?.sources, ({ serviceAccountToken }, j) => {
      const seconds = serviceAccountToken?.expirationSeconds ?? shortestToken;
      if (seconds >= shortestToken) return;
      const below = ['projected', 'sources', j, 'serviceAccountToken', 'expirationSeconds'];
      const message = `volume ${name} asks for a token of ${seconds} seconds`;
      const path = ['spec', 'volumes', i, ...below];
      faults.push({ path, value: seconds, message, remedy: `ask for ${shortestToken} at least` });
    });
  });
}
