import { isMapping } from '../../manifest/plain';
import type { PodSpec } from '../../manifest/pod';
import { isOsName } from '../../manifest/pod-os';
import type { PodContainer } from '../../manifest/pod-template';
import { type Faults, setAmong } from './fault';

/** What only Linux has, of a pod and of security contexts. */
const linux = {
  spec: ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'resources'],
  pod: [
    'appArmorProfile',
    'seLinuxOptions',
    'seccompProfile',
    'fsGroup',
    'fsGroupChangePolicy',
    'sysctls',
    'runAsUser',
    'runAsGroup',
    'supplementalGroups',
    'supplementalGroupsPolicy',
    'seLinuxChangePolicy',
  ],
  container: [
    'appArmorProfile',
    'seLinuxOptions',
    'seccompProfile',
    'capabilities',
    'readOnlyRootFilesystem',
    'privileged',
    'allowPrivilegeEscalation',
    'procMount',
    'runAsUser',
    'runAsGroup',
  ],
} as const;
const hostFlags: readonly string[] = ['hostPID', 'hostIPC'];
const windows = { spec: [], pod: ['windowsOptions'], container: ['windowsOptions'] } as const;

/** What a pod says that the operating system it names has not. A pod that names none is taken at its word. */
export function platformFaults(faults: Faults, spec: PodSpec, containers: readonly PodContainer[]): void {
  if (!isMapping(spec.os)) return;
  const os: unknown = spec.os.name;
  if (!isOsName(os)) {
    const message = `${JSON.stringify(os ?? null)} is no operating system of a pod`;
    faults.push({
      path: ['spec', 'os', 'name'],
      value: os,
      message,
      remedy: 'write linux or windows, or leave os out',
    });
    return;
  }
  const foreign = os === 'windows' ? linux : windows;
  const refuse = (path: readonly (string | number)[], field: string): void => {
    faults.push({
      path: [...path, field],
      message: `a pod that runs on ${os === 'windows' ? 'Windows' : 'Linux'} cannot have ${field}`,
      remedy: `leave ${field} out, or correct the operating system of the pod`,
    });
  };
  for (const field of setAmong(spec, foreign.spec)) {
    // To be out of a namespace of the node is no setting, on any system.
    if (!hostFlags.includes(field) || spec[field] === true) refuse(['spec'], field);
  }
  for (const field of setAmong(spec.securityContext, foreign.pod)) {
    if (field !== 'sysctls' || spec.securityContext?.sysctls?.length) refuse(['spec', 'securityContext'], field);
  }
  for (const { container, path } of containers) {
    for (const field of setAmong(container.securityContext, foreign.container))
      refuse(['spec', ...path, 'securityContext'], field);
  }
}
