import type { PodSpec } from '../../manifest/pod';
import type { PodContainer } from '../../manifest/pod-template';
import { entriesOf, type PodFault, setAmong } from './fault';

const hostNamespaces = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
/** Seconds: what the API server sets where nothing is said. */
const defaultGrace = 30;
/** Seconds: the shortest life of a token that the API server gives. */
const shortestToken = 600;
const sysctlsOfIpc = /^(?:kernel[./](?:sem$|shm|msg)|fs[./]mqueue[./])/;
const sysctlsOfNetwork = /^net[./]/;

/** Settings that the API server takes one by one, and not together. */
export function contradictionFaults(spec: PodSpec, containers: readonly PodContainer[]): readonly PodFault[] {
  return [
    ...containers.flatMap((found) => containerFaults(spec, found)),
    ...hostProcessFaults(spec, containers),
    ...hostFaults(spec),
    ...tokenFaults(spec),
  ];
}

function containerFaults(spec: PodSpec, { container, path }: PodContainer): readonly PodFault[] {
  const faults: PodFault[] = [];
  const at = ['spec', ...path];
  const { privileged, allowPrivilegeEscalation, capabilities, procMount } = container.securityContext ?? {};
  if (allowPrivilegeEscalation === false && (privileged === true || capabilities?.add?.includes('CAP_SYS_ADMIN'))) {
    const message = `container ${container.name} is ${privileged ? 'privileged' : 'given CAP_SYS_ADMIN'}, and may not escalate`;
    const remedy =
      'leave that out, or patch allowPrivilegeEscalation: null too, with an exception to privilege-escalation';
    faults.push({ path: [...at, 'securityContext', 'allowPrivilegeEscalation'], value: false, message, remedy });
  }
  if (procMount === 'Unmasked' && spec.hostUsers !== false) {
    const message = `container ${container.name} has an unmasked /proc outside of a user namespace`;
    const remedy = 'leave procMount out, or set hostUsers: false on the pod';
    faults.push({ path: [...at, 'securityContext', 'procMount'], value: procMount, message, remedy });
  }
  const seconds = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
  const grace = spec.terminationGracePeriodSeconds ?? defaultGrace;
  if (seconds > grace) {
    const message = `container ${container.name} sleeps ${seconds} seconds before it stops, and is killed after ${grace}`;
    const remedy = `set terminationGracePeriodSeconds to more than ${seconds}, or sleep for less`;
    faults.push({ path: [...at, 'lifecycle', 'preStop', 'sleep', 'seconds'], value: seconds, message, remedy });
  }
  if (spec.hostNetwork !== true) return faults;
  for (const [i, { hostPort, containerPort }] of entriesOf(container.ports)) {
    if (!hostPort || hostPort === containerPort) continue;
    const message = `container ${container.name} is on the network of its node, where port ${containerPort} is no other port ${hostPort}`;
    faults.push({ path: [...at, 'ports', i, 'hostPort'], value: hostPort, message, remedy: 'leave hostPort out' });
  }
  return faults;
}

/** A pod is a process of its Windows node as a whole, on the node's network, or not at all. */
function hostProcessFaults(spec: PodSpec, containers: readonly PodContainer[]): readonly PodFault[] {
  const inherited = spec.securityContext?.windowsOptions?.hostProcess;
  const all = containers.map(({ container }) => container.securityContext?.windowsOptions?.hostProcess ?? inherited);
  if (!all.includes(true)) return [];
  const path = ['spec', 'securityContext', 'windowsOptions', 'hostProcess'];
  const faults: PodFault[] = [];
  if (all.some((own) => own !== true) || inherited === false) {
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
  return faults;
}

/** What a namespace of the node leaves no room for. */
function hostFaults(spec: PodSpec): readonly PodFault[] {
  const shared = setAmong(spec, hostNamespaces).filter((field) => spec[field] === true);
  const ofUsers = shared
    .filter(() => spec.hostUsers === false)
    .map((field) => ({
      path: ['spec', field],
      value: true,
      message: `a pod in a user namespace of its own cannot have ${field}`,
      remedy: `leave ${field} out, or patch hostUsers: null too`,
    }));
  const ofProcesses: readonly PodFault[] =
    spec.shareProcessNamespace === true && spec.hostPID === true
      ? [
          {
            path: ['spec', 'shareProcessNamespace'],
            value: true,
            message: 'the containers see the processes of the node, and are to share those of the pod',
            remedy: 'leave shareProcessNamespace or hostPID out',
          },
        ]
      : [];
  const ofSysctls = entriesOf(spec.securityContext?.sysctls).flatMap(([i, { name }]): readonly PodFault[] => {
    const ipc = spec.hostIPC === true && sysctlsOfIpc.test(name);
    const network = spec.hostNetwork === true && sysctlsOfNetwork.test(name);
    if (!ipc && !network) return [];
    const field = ipc ? 'hostIPC' : 'hostNetwork';
    const path = ['spec', 'securityContext', 'sysctls', i, 'name'];
    const message = `with ${field} the sysctl ${name} would be the node's own`;
    return [{ path, value: name, message, remedy: `leave ${field} or the sysctl out` }];
  });
  return [...ofUsers, ...ofProcesses, ...ofSysctls];
}

function tokenFaults(spec: PodSpec): readonly PodFault[] {
  return entriesOf(spec.volumes).flatMap(([i, { name, projected }]) =>
    entriesOf(projected?.sources).flatMap(([j, { serviceAccountToken }]): readonly PodFault[] => {
      const seconds = serviceAccountToken?.expirationSeconds ?? shortestToken;
      if (seconds >= shortestToken) return [];
      const token = ['projected', 'sources', j, 'serviceAccountToken', 'expirationSeconds'];
      const message = `volume ${name} asks for a token of ${seconds} seconds`;
      const remedy = `ask for ${shortestToken} at least`;
      return [{ path: ['spec', 'volumes', i, ...token], value: seconds, message, remedy }];
    }),
  );
}
