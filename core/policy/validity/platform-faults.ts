import type { PodSpec } from '../../manifest/pod';
import type { PodContainer } from '../../manifest/pod-template';
import { type PodFault, setAmong } from './fault';

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

/** What a pod says that the operating system it names has not. A pod that names none is taken at its word. */
export function platformFaults(spec: PodSpec, containers: readonly PodContainer[]): readonly PodFault[] {
  const os = spec.os?.name;
  if (os === undefined) return [];
  const refuse = (path: readonly (string | number)[], field: string): PodFault => ({
    path: [...path, field],
    message: `a pod that runs on ${os === 'windows' ? 'Windows' : 'Linux'} cannot have ${field}`,
    remedy: `leave ${field} out, or correct the operating system of the pod`,
  });
  const windows = os === 'windows';
  const onlyElsewhere = ['windowsOptions'] as const;
  const ofPod = [
    ...(windows ? setAmong(spec, linux.spec).map((field) => refuse(['spec'], field)) : []),
    ...setAmong(spec.securityContext, windows ? linux.pod : onlyElsewhere)
      .filter((field) => field !== 'sysctls' || (spec.securityContext?.sysctls?.length ?? 0) > 0)
      .map((field) => refuse(['spec', 'securityContext'], field)),
  ];
  const ofContainers = containers.flatMap(({ container, path }) =>
    setAmong(container.securityContext, windows ? linux.container : onlyElsewhere).map((field) =>
      refuse(['spec', ...path, 'securityContext'], field),
    ),
  );
  return [...ofPod, ...ofContainers];
}
