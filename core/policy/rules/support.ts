import type { ClusterTarget } from '../../cluster/target';
import { type ImageReference, type ImageReferenceResult, parseImageReference } from '../../manifest/image-reference';
import type { Path } from '../../manifest/path';
import { isAbsent } from '../../manifest/plain';
import type { PodSecurityContext, SecurityContext, Volume } from '../../manifest/pod';
import type { ContainerRole } from '../../manifest/pod-template';
import { Quantity } from '../../manifest/quantity';
import { remembering } from '../../manifest/remembering';
import type { Violation } from '../finding';
import type { ContainerInPod, PodInObject, RuleContext } from '../rule';

export { isAbsent };

/** What a rule answers in the good case: nothing, without making a list. */
export const NONE: readonly Violation[] = [];

/** A volume, with its place in the object. */
export interface VolumeInPod {
  readonly volume: Volume;
  /** From the root of the object. */
  readonly path: Path;
}

/** What a violation can stand in. */
export type Place = PodInObject | ContainerInPod | VolumeInPod;

const labels: Readonly<Record<ContainerRole, string>> = {
  init: 'init container',
  sidecar: 'sidecar container',
  container: 'container',
  ephemeral: 'ephemeral container',
};

/** The place as a message names it: `container "api"`. */
export function describe(place: Place): string {
  if ('role' in place) return `${labels[place.role]} "${place.container.name}"`;
  return 'volume' in place ? `volume "${place.volume.name}"` : 'the pod';
}

/** A violation of the property at a place. */
export function violation(
  place: Place,
  property: Path,
  found: Omit<Violation, 'path' | 'container'> & { readonly message: string },
): Violation {
  const path = [...place.path, ...property];
  return 'role' in place ? { path, container: place.container.name, ...found } : { path, ...found };
}

/** The violation as an answer, or nothing. */
export function atMostOne(found: Violation | undefined): readonly Violation[] {
  return found === undefined ? NONE : [found];
}

type PodCheck = (pod: PodInObject, context: RuleContext) => readonly Violation[];

/** A check of each container on its own, whatever its role. */
export function eachContainer(
  judge: (at: ContainerInPod, pod: PodInObject, context: RuleContext) => Violation | undefined,
): PodCheck {
  return (pod, context) => {
    let found: Violation[] | undefined;
    for (const at of pod.containers) {
      const seen = judge(at, pod, context);
      if (seen !== undefined) {
        found ??= [];
        found.push(seen);
      }
    }
    return found ?? NONE;
  };
}

/** A check of each entry of a list that containers have: ports, environment variables, capabilities. */
export function eachEntry<T>(
  entriesOf: (container: ContainerInPod['container']) => readonly T[] | null | undefined,
  judge: (entry: T, index: number, at: ContainerInPod, pod: PodInObject, context: RuleContext) => Violation | undefined,
): PodCheck {
  return (pod, context) => {
    let found: Violation[] | undefined;
    for (const at of pod.containers) {
      const entries = entriesOf(at.container);
      if (isAbsent(entries)) continue;
      for (let index = 0; index < entries.length; index++) {
        const entry = entries[index];
        if (isAbsent(entry)) continue;
        const seen = judge(entry, index, at, pod, context);
        if (seen !== undefined) {
          found ??= [];
          found.push(seen);
        }
      }
    }
    return found ?? NONE;
  };
}

/** A check of each volume. */
export function eachVolume(
  judge: (volume: Volume, index: number, pod: PodInObject, context: RuleContext) => Violation | undefined,
): PodCheck {
  return (pod, context) => {
    const volumes = pod.spec.volumes;
    if (isAbsent(volumes)) return NONE;
    let found: Violation[] | undefined;
    for (let index = 0; index < volumes.length; index++) {
      const volume = volumes[index];
      if (isAbsent(volume)) continue;
      const seen = judge(volume, index, pod, context);
      if (seen !== undefined) {
        found ??= [];
        found.push(seen);
      }
    }
    return found ?? NONE;
  };
}

/** The volume as a place. */
export function volumeAt(pod: PodInObject, index: number, volume: Volume): VolumeInPod {
  return { volume, path: [...pod.path, 'volumes', index] };
}

/** What a pod and its containers can both say about security. */
export type AnySecurityContext = Partial<PodSecurityContext> & Partial<SecurityContext>;

/** A check of each security context that is there: the pod's, then its containers'. */
export function eachSecurityContext(
  judge: (
    securityContext: AnySecurityContext,
    place: PodInObject | ContainerInPod,
    pod: PodInObject,
    context: RuleContext,
  ) => Violation | undefined,
): PodCheck {
  const ofContainers = eachContainer((at, pod, context) =>
    isAbsent(at.container.securityContext) ? undefined : judge(at.container.securityContext, at, pod, context),
  );
  return (pod, context) => {
    const found = isAbsent(pod.spec.securityContext) ? undefined : judge(pod.spec.securityContext, pod, pod, context);
    return found === undefined ? ofContainers(pod, context) : [found, ...ofContainers(pod, context)];
  };
}

/** True for a pod that ends by itself (a Job's, a CronJob's): nobody is sent to it, so it needs no readiness or drain. */
export function runsToCompletion({ spec: { restartPolicy } }: PodInObject): boolean {
  return restartPolicy === 'Never' || restartPolicy === 'OnFailure';
}

/** True for a container that serves until the pod stops: regular ones and sidecars. */
export function isLongRunning({ role }: ContainerInPod): boolean {
  return role === 'container' || role === 'sidecar';
}

/** True where the Pod Security Standards ask less of a pod because it is in a user namespace of its own: from policy version 1.35 on. */
export function isRelaxedByUserNamespace({ spec }: PodInObject, target: ClusterTarget): boolean {
  return spec.hostUsers === false && target.isAtLeast('1.35');
}

/** The registry of an image that names none. */
const dockerHub = 'docker.io';

const readImage = remembering(parseImageReference);

const signOf = remembering((text) => {
  const quantity = Quantity.tryParse(text);
  return quantity === undefined ? 'none' : quantity.compare(Quantity.zero) > 0 ? 'above zero' : 'zero or less';
});

/** True for what Kubernetes reads as an amount of a resource. */
export function isQuantity(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && signOf(String(value)) !== 'none';
}

/** True for an amount of a resource above zero. */
export function isPositiveQuantity(value: unknown): boolean {
  return (typeof value === 'string' || typeof value === 'number') && signOf(String(value)) === 'above zero';
}

/** An image that a pod pulls: of a container, or of a volume. */
export interface ImageInPod {
  readonly place: ContainerInPod | VolumeInPod;
  /** The property of the place that names it. */
  readonly property: 'image' | 'reference';
  /** As it was written; the empty text where nothing was. */
  readonly text: string;
  readonly read: ImageReferenceResult;
}

function image(place: ImageInPod['place'], property: ImageInPod['property'], written: unknown): ImageInPod {
  const text = isAbsent(written) ? '' : String(written);
  return { place, property, text, read: readImage(text) };
}

/** A check of each image that the pod pulls. */
export function eachImage(judge: (image: ImageInPod, context: RuleContext) => Violation | undefined): PodCheck {
  const ofContainers = eachContainer((at, _pod, context) => judge(image(at, 'image', at.container.image), context));
  const ofVolumes = eachVolume((volume, index, pod, context) => {
    if (isAbsent(volume.image)) return undefined;
    const place: VolumeInPod = { volume, path: [...pod.path, 'volumes', index, 'image'] };
    return judge(image(place, 'reference', volume.image.reference), context);
  });
  return (pod, context) => {
    const found = ofContainers(pod, context);
    const more = ofVolumes(pod, context);
    return more === NONE ? found : [...found, ...more];
  };
}

/** A check of each image whose reference can be read. */
export function eachReference(
  judge: (reference: ImageReference, image: ImageInPod, context: RuleContext) => Violation | undefined,
): PodCheck {
  return eachImage((found, context) =>
    'reference' in found.read ? judge(found.read.reference, found, context) : undefined,
  );
}

/** The registry of a reference as a runtime completes it: Docker Hub's where it names none. */
export function registryOf({ registry = dockerHub }: ImageReference): string {
  return registry;
}

/** The repository of a reference as a runtime completes it: `redis` of Docker Hub is `library/redis`. */
export function repositoryOf(reference: ImageReference): string {
  const { repository } = reference;
  return registryOf(reference) === dockerHub && !repository.includes('/') ? `library/${repository}` : repository;
}
