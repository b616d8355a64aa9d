import { toDnsLabel } from '../../core/manifest';
import type { PlacedSecret } from './delivery';
import type { SecretMount } from './secret-mount';

/** A folder that holds secrets, as some containers see it: what is mounted into them, and into no other. */
export interface SecretFolder<M extends SecretMount> {
  readonly path: string;
  /** Unique in the pod, and the same at every synthesis. */
  readonly name: string;
  readonly containers: readonly string[];
  /** Each mount once, though several containers read it. */
  readonly mounts: readonly PlacedSecret<M>[];
}

/** The folder of a file. */
export function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}

/**
 * The folders of what was placed. Containers that read the same files share a volume; one that reads other files in a folder of the same name
 * has a volume of its own, so that it sees no file that it did not ask for.
 */
export function secretFolders<M extends SecretMount>(placed: readonly PlacedSecret<M>[]): readonly SecretFolder<M>[] {
  const seen = new Map<string, Map<string, PlacedSecret<M>[]>>();
  for (const each of placed) {
    for (const path of new Set(each.mount.files.map(folderOf))) {
      const byContainer = seen.get(path) ?? new Map<string, PlacedSecret<M>[]>();
      seen.set(path, byContainer);
      byContainer.set(each.container, [...(byContainer.get(each.container) ?? []), each]);
    }
  }
  return [...seen].flatMap(([path, byContainer]) => {
    const shared: { readonly containers: string[]; readonly mounts: readonly PlacedSecret<M>[] }[] = [];
    for (const [container, mounts] of byContainer) {
      const same = shared.find((other) => sameMounts(other.mounts, mounts));
      if (same) same.containers.push(container);
      else shared.push({ containers: [container], mounts });
    }
    return shared.map(({ containers, mounts }, i) => ({
      path,
      name: i === 0 ? path : `${path}-${containers[0]}`,
      containers,
      mounts,
    }));
  });
}

function sameMounts(some: readonly PlacedSecret[], others: readonly PlacedSecret[]): boolean {
  return some.length === others.length && some.every(({ mount }, i) => mount === others[i]?.mount);
}

/** The volume mounts of a folder, read-only, by container. */
export function folderMounts<M extends SecretMount>({ path, containers, mounts }: SecretFolder<M>, volume: string) {
  return containers.map((container) => ({
    container,
    property: mounts.find((each) => each.container === container)?.property ?? 'secrets',
    mount: { name: volume, mountPath: path, readOnly: true },
  }));
}

/** A name that no other of its kind has yet, from any text. */
export function nextName(text: string, taken: Set<string>, length = 58): string {
  return nextOf(toDnsLabel(text, length), taken);
}

/** The text, with a number after it where it is taken already. */
export function nextOf(text: string, taken: Set<string>): string {
  let next = text;
  for (let i = 2; taken.has(next); i++) next = `${text}-${i}`;
  taken.add(next);
  return next;
}
