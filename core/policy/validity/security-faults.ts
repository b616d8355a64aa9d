import type { ObjectMeta } from '../../manifest/object';
import type { Path } from '../../manifest/path';
import type { AppArmorProfile, PodSpec, SeccompProfile } from '../../manifest/pod';
import type { PodContainer } from '../../manifest/pod-template';
import { isSet, type PodFault } from './fault';

const ids = ['runAsUser', 'runAsGroup', 'fsGroup'] as const;
/** The kernel's largest is one more bit; Kubernetes keeps to 31. */
const largestId = 2 ** 31 - 1;

type AnyContext = Partial<Record<(typeof ids)[number], number>> & {
  readonly supplementalGroups?: readonly number[];
  readonly seccompProfile?: SeccompProfile;
  readonly appArmorProfile?: AppArmorProfile;
};

/** Ids and profiles that are none, of the pod and of its containers. */
export function securityFaults(spec: PodSpec, containers: readonly PodContainer[]): readonly PodFault[] {
  const contexts: readonly (readonly [Path, AnyContext | null | undefined])[] = [
    [['spec', 'securityContext'], spec.securityContext],
    ...containers.map(
      ({ container, path }) => [['spec', ...path, 'securityContext'], container.securityContext] as const,
    ),
  ];
  return contexts.flatMap(([path, context]) =>
    isSet(context) ? [...idFaults(context as AnyContext, path), ...profileFaults(context as AnyContext, path)] : [],
  );
}

function idFaults(context: AnyContext, path: Path): readonly PodFault[] {
  const named = ids.map((field) => [[...path, field], context[field]] as const);
  const groups = (context.supplementalGroups ?? []).map(
    (group, i) => [[...path, 'supplementalGroups', i], group] as const,
  );
  return [...named, ...groups]
    .filter(([, id]) => isSet(id) && !(Number.isInteger(id) && Number(id) >= 0 && Number(id) <= largestId))
    .map(([at, id]) => ({
      path: at,
      value: id,
      message: `${id} is no id of a user or group`,
      remedy: `use a whole number from 0 to ${largestId}`,
    }));
}

function profileFaults(context: AnyContext, path: Path): readonly PodFault[] {
  const faults: PodFault[] = [];
  for (const field of ['seccompProfile', 'appArmorProfile'] as const) {
    const profile = context[field];
    if (!profile) continue;
    const { type, localhostProfile: file } = profile;
    const at = [...path, field, 'localhostProfile'];
    if (type === 'Localhost' && (!file || file.trim() !== file)) {
      const message = `${field} is of the node, and names none of its profiles`;
      faults.push({
        path: at,
        value: file ?? undefined,
        message,
        remedy: 'name the profile, or use type RuntimeDefault',
      });
    } else if (type !== 'Localhost' && isSet(file)) {
      const message = `${field} is ${type}, and names a profile of the node`;
      faults.push({ path: at, value: file, message, remedy: 'leave localhostProfile out, or use type Localhost' });
    } else if (field === 'seccompProfile' && file && (file.startsWith('/') || file.split('/').includes('..'))) {
      const message = `${JSON.stringify(file)} is no file below the folder of the kubelet for seccomp profiles`;
      faults.push({ path: at, value: file, message, remedy: 'give a relative path without ..' });
    }
  }
  return faults;
}

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';
const seccompOfPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/';

/** Annotations from before there were fields, where they say something else than the fields: the API server refuses both. */
export function annotationFaults(
  { annotations }: ObjectMeta,
  spec: PodSpec,
  containers: readonly PodContainer[],
): readonly PodFault[] {
  const faults: PodFault[] = [];
  const compare = (key: string, profile: SeccompProfile | AppArmorProfile | null | undefined): void => {
    const value = annotations?.[key];
    if (!isSet(value) || !profile || spelling(profile) === value) return;
    if (profile.type === 'RuntimeDefault' && value === 'docker/default' && !key.startsWith(appArmorPrefix)) return;
    faults.push({
      path: ['metadata', 'annotations', key],
      value,
      message: `the annotation says ${value}, and the field that replaced it ${profile.type}`,
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
    compare(`${appArmorPrefix}${container.name}`, own?.appArmorProfile ?? spec.securityContext?.appArmorProfile);
  }
  return faults;
}

/** How an annotation says what a profile says. */
function spelling({ type, localhostProfile }: SeccompProfile | AppArmorProfile): string {
  if (type === 'RuntimeDefault') return 'runtime/default';
  return type === 'Localhost' ? `localhost/${localhostProfile}` : 'unconfined';
}
