import { isInt32, mostInt32 } from '../../int32';
import type { ObjectMeta } from '../../manifest/object';
import type { Path } from '../../manifest/path';
import { isAbsent, isMapping, listOf } from '../../manifest/plain';
import type { AppArmorProfile, PodSpec, SeccompProfile } from '../../manifest/pod';
import type { PodContainer } from '../../manifest/pod-template';
import { annotationOf, appArmorPrefix } from '../../manifest/profile-annotation';
import type { Faults, PodFault } from './fault';

const ids = ['runAsUser', 'runAsGroup', 'fsGroup'] as const;

type AnyContext = Partial<Record<(typeof ids)[number], number>> & {
  readonly supplementalGroups?: readonly number[];
  readonly seccompProfile?: SeccompProfile;
  readonly appArmorProfile?: AppArmorProfile;
};

/** Ids and profiles that are none, of the pod and of its containers. */
export function securityFaults(faults: Faults, spec: PodSpec, containers: readonly PodContainer[]): void {
  contextFaults(faults, spec.securityContext, ['spec', 'securityContext']);
  for (const { container, path } of containers)
    contextFaults(faults, container.securityContext, ['spec', ...path, 'securityContext']);
}

function contextFaults(faults: Faults, context: AnyContext | null | undefined, path: Path): void {
  if (!isMapping(context)) return;
  ids.forEach((field) => {
    if (!isId(context[field])) faults.push(idFault(context[field], [...path, field]));
  });
  listOf(context.supplementalGroups).forEach((group, i) => {
    if (!isId(group)) faults.push(idFault(group, [...path, 'supplementalGroups', i]));
  });
  profileFaults(faults, 'seccompProfile', context.seccompProfile, path);
  profileFaults(faults, 'appArmorProfile', context.appArmorProfile, path);
}

/** The kernel's largest id is one more bit; Kubernetes keeps to 31. */
function isId(id: unknown): boolean {
  return isAbsent(id) || isInt32(id);
}

function idFault(id: unknown, path: Path): PodFault {
  const message = `${id} is no id of a user or group`;
  return { path, value: id, message, remedy: `use a whole number from 0 to ${mostInt32}` };
}

function profileFaults(
  faults: Faults,
  field: 'seccompProfile' | 'appArmorProfile',
  profile: SeccompProfile | AppArmorProfile | null | undefined,
  path: Path,
): void {
  if (!profile) return;
  const { type, localhostProfile: file } = profile;
  // What is no text the schema tells of.
  if (!isAbsent(file) && typeof file !== 'string') return;
  const refuse = (message: string, remedy: string): void => {
    faults.push({ path: [...path, field, 'localhostProfile'], value: file ?? undefined, message, remedy });
  };
  if (type === 'Localhost' && (!file || file.trim() !== file)) {
    refuse(`${field} is of the node, and names none of its profiles`, 'name the profile, or use type RuntimeDefault');
  } else if (type !== 'Localhost' && !isAbsent(file)) {
    refuse(`${field} is ${type}, and names a profile of the node`, 'leave localhostProfile out, or use type Localhost');
  } else if (field === 'seccompProfile' && file && (file.startsWith('/') || file.split('/').includes('..'))) {
    const message = `${JSON.stringify(file)} is no file below the folder of the kubelet for seccomp profiles`;
    refuse(message, 'give a relative path without ..');
  }
}

const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

/** Annotations from before there were fields, where they say something else than the fields: the API server refuses both. */
export function annotationFaults(
  faults: Faults,
  { annotations }: ObjectMeta,
  spec: PodSpec,
  containers: readonly PodContainer[],
): void {
  if (isAbsent(annotations)) return;
  const compare = (key: string, profile: SeccompProfile | AppArmorProfile | null | undefined): void => {
    const value = annotations?.[key];
    if (isAbsent(value) || !profile || annotationOf(profile) === value) return;
    if (profile.type === 'RuntimeDefault' && value === 'docker/default' && !key.startsWith(appArmorPrefix)) return;
    faults.push({
      path: ['metadata', 'annotations', key],
      value,
      message: `the annotation says ${JSON.stringify(value)}, and the field that replaced it ${profile.type}`,
      remedy: 'remove the annotation: the field is what counts',
    });
  };
  for (const key in annotations) {
    if (!key.startsWith(appArmorPrefix)) continue;
    const name = key.slice(appArmorPrefix.length);
    if (containers.some(({ container }) => container.name === name)) continue;
    const path = ['metadata', 'annotations', key];
    const message = `the annotation is for container ${JSON.stringify(name)}, and there is none`;
    faults.push({ path, value: annotations[key], message, remedy: 'name a container of the pod' });
  }
  compare(seccompOfPod, spec.securityContext?.seccompProfile);
  for (const { container } of containers) {
    const own = container.securityContext;
    compare(`${seccompPrefix}${container.name}`, own?.seccompProfile);
    if (spec.os?.name === 'windows') continue;
    const key = `${appArmorPrefix}${container.name}`;
    // The API server writes an annotation that it can read into the container's field, over the pod's.
    const read = isProfile(annotations[key]);
    compare(key, own?.appArmorProfile ?? (read ? undefined : spec.securityContext?.appArmorProfile));
  }
}

function isProfile(annotation: unknown): boolean {
  return annotation === 'runtime/default' || annotation === 'unconfined' || /^localhost\/./.test(String(annotation));
}
