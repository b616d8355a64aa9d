import type { Path } from '../../manifest/path';
import { isAbsent } from '../../manifest/plain';
import type { Volume } from '../../manifest/pod';
import type { ContainerRole } from '../../manifest/pod-template';
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
