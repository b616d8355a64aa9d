import { groupBy } from '../../core/group-by';
import type { Delivered, PlacedSecret } from './delivery';
import { folderMounts, folderOf, nextName, secretFolders } from './folders';
import type { SecretMount } from './secret-mount';

/** A key of a Secret as a file. */
export interface SecretKeyFile {
  /** The name of the Secret. */
  readonly secret: string;
  readonly key: string;
  /** Of the file. */
  readonly path: string;
  readonly mode: number;
  /** Whether the pod starts without the key. @default false */
  readonly optional?: boolean;
}

/** The permissions of a file that a Secret's key becomes: root's, and of the group of the pod's volumes. */
export const secretFileMode = 0o440;

/**
 * Keys of Secrets as files: a volume a folder. The keys of one Secret are of one moment, so that a certificate fits its key.
 *
 * @param prefix for the names of the volumes
 */
export function secretVolumes<M extends SecretMount>(
  placed: readonly PlacedSecret<M>[],
  prefix: string,
  filesOf: (mount: M) => readonly SecretKeyFile[],
): Pick<Delivered, 'volumes' | 'mounts'> {
  const names = new Set<string>();
  const made = secretFolders(placed).map((folder) => {
    const name = nextName(`${prefix}${folder.name}`, names);
    const files = [...new Set(folder.mounts.map(({ mount }) => mount))]
      .flatMap(filesOf)
      .filter(({ path }) => folderOf(path) === folder.path);
    const sources = [...groupBy(files, ({ secret, optional = false }) => `${secret} ${optional}`).values()].map(
      (of) => ({
        secret: {
          name: of[0]?.secret ?? '',
          items: of.map(({ key, path, mode }) => ({ key, path: path.slice(folder.path.length + 1), mode })),
          ...(of[0]?.optional === true && { optional: true }),
        },
      }),
    );
    return {
      volume: { name, projected: { defaultMode: secretFileMode, sources } },
      mounts: folderMounts(folder, name),
    };
  });
  return { volumes: made.map(({ volume }) => volume), mounts: made.flatMap(({ mounts }) => mounts) };
}
