import { groupBy } from '../../core/group-by';
import type { Delivered, PlacedSecret, SecretReader } from './delivery';
import { accessFaults } from './file-access';
import type { MountedFile } from './file-faults';
import { nextName } from './folders';
import { nextKey, secretKey } from './secret-keys';
import type { SecretMount } from './secret-mount';
import { secretMode, secretVolumes } from './secret-volumes';

/** How an operator keeps Secrets. */
export interface Keeping<M extends SecretMount, S> {
  /** Of the volumes' names. */
  readonly prefix: string;
  /** Plain data: mounts of the same source share a Secret. */
  readonly sourceOf: (mount: M) => S;
  readonly filesOf: (mount: M) => readonly MountedFile[];
  readonly modeOf: (mount: M) => number | undefined;
  /**
   * Makes the object by which the operator keeps the Secret of a source.
   * @param keys under which its files stand in it
   * @param nameFor a name that no other Secret of the workload has
   * @returns the name of the Secret
   */
  readonly keep: (
    source: S,
    keys: ReadonlyMap<MountedFile, string>,
    nameFor: (text: string) => string,
    mounts: readonly M[],
  ) => string;
}

/**
 * Secrets that an operator keeps, mounted as files. One Secret a source: a user's name and its password are then of one account, and a key
 * fits its certificate. The files belong to root, and to the group of the pod's volumes.
 */
export function keptSecrets<M extends SecretMount, S>(
  reader: SecretReader,
  placed: readonly PlacedSecret<M>[],
  { prefix, sourceOf, filesOf, modeOf, keep }: Keeping<M, S>,
): Pick<Required<Delivered>, 'volumes' | 'mounts' | 'faults'> {
  const names = new Set<string>();
  const made = new Map<string, { readonly name: string; readonly keys: ReadonlyMap<MountedFile, string> }>();
  const idOf = (mount: M) => JSON.stringify(sourceOf(mount));
  for (const [id, mounts] of groupBy(new Set(placed.map(({ mount }) => mount)), idOf)) {
    const [first] = mounts;
    if (first === undefined) continue;
    const taken = new Set<string>();
    const keys = new Map(mounts.flatMap(filesOf).map((file) => [file, nextKey(file.path, taken)] as const));
    made.set(id, { name: keep(sourceOf(first), keys, (text) => nextName(text, names), mounts), keys });
  }
  const mode = (mount: M) => modeOf(mount) ?? secretMode;
  return {
    ...secretVolumes(placed, prefix, (mount) => {
      const secret = made.get(idOf(mount));
      return {
        secret: secret?.name ?? '',
        files: filesOf(mount),
        keyOf: (file) => secret?.keys.get(file) ?? secretKey(file.path),
        mode: mode(mount),
      };
    }),
    faults: placed.flatMap((each) =>
      accessFaults(
        reader,
        each,
        { user: 0, mode: mode(each.mount) },
        'let the group read it, which is the fsGroup: 0o440',
      ),
    ),
  };
}
