import { groupBy } from '../../core/group-by';
import type { PlacedSecret, SecretReader } from './delivery';
import type { MountedFile } from './file-faults';
import { folderMounts, folderOf, nextName, nextOf, type SecretFolder, secretFolders } from './folders';
import type { SecretMount } from './secret-mount';

/** What a mount's files are in a Secret. */
export interface SecretPart {
  readonly secret: string;
  readonly files: readonly MountedFile[];
  readonly keyOf: (file: MountedFile) => string;
  readonly mode: number;
  /** Whether the pod starts without it. @default false */
  readonly optional?: boolean;
}

/** A Secret's files, as nobody but the owner of the pod's volumes reads them. */
export const secretMode = 0o440;

/**
 * One volume a folder, of the Secrets that hold its files. The keys of one Secret are of one moment, so that a certificate fits its key.
 *
 * @param prefix of the volumes' names
 */
export function secretVolumes<M extends SecretMount>(
  placed: readonly PlacedSecret<M>[],
  prefix: string,
  partOf: (mount: M) => SecretPart,
) {
  const volumeNames = new Set<string>();
  const folders = secretFolders(placed).map((folder) => {
    const volume = nextName(`${prefix}${folder.name}`, volumeNames);
    const mounts = [...new Set(folder.mounts.map(({ mount }) => mount))];
    const bySecret = groupBy(mounts.map(partOf), ({ secret, optional = false }) => `${secret} ${optional}`);
    const sources = [...bySecret.values()].map((parts) => ({
      secret: {
        name: parts[0]?.secret ?? '',
        items: parts.flatMap(({ files, keyOf, mode }) =>
          files
            .filter(({ path }) => folderOf(path) === folder.path)
            .map((file) => ({ key: keyOf(file), path: file.path.slice(folder.path.length + 1), mode })),
        ),
        ...(parts[0]?.optional === true && { optional: true }),
      },
    }));
    return {
      volume: { name: volume, projected: { defaultMode: secretMode, sources } },
      mounts: folderMounts(folder, volume),
    };
  });
  return { volumes: folders.map(({ volume }) => volume), mounts: folders.flatMap(({ mounts }) => mounts) };
}

/** How folders become volumes of the Secrets Store CSI driver. */
export interface ClassOptions<M extends SecretMount> {
  readonly driver: string;
  /** Of the volumes' names. */
  readonly prefix: string;
  /** Before a folder in the name of its class. */
  readonly infix: string;
  /** Of the construct. */
  readonly id: string;
  readonly spec: (folder: SecretFolder<M>) => object;
}

/** One volume a folder: what several mounts put there comes from one SecretProviderClass. */
export function classVolumes<M extends SecretMount>(
  reader: SecretReader,
  folders: readonly SecretFolder<M>[],
  { driver, prefix, infix, id, spec }: ClassOptions<M>,
) {
  const names = new Set<string>();
  const ids = new Set<string>();
  const volumeNames = new Set<string>();
  const made = folders.map((folder) => {
    const name = nextName(`${reader.name}${infix}${folder.name}`, names);
    reader.manifest(
      nextOf(`${id}${folder.name}`.replaceAll('/', '-'), ids),
      'secrets-store.csi.x-k8s.io/v1',
      'SecretProviderClass',
      () => ({ spec: spec(folder) }),
      { name },
    );
    const volume = nextName(`${prefix}${folder.name}`, volumeNames);
    return {
      volume: { name: volume, csi: { driver, readOnly: true, volumeAttributes: { secretProviderClass: name } } },
      mounts: folderMounts(folder, volume),
    };
  });
  return { volumes: made.map(({ volume }) => volume), mounts: made.flatMap(({ mounts }) => mounts) };
}

/** The driver's files belong to root, so that who runs as anybody else reads them as one of the others. */
export const readableByAll = 0o444;

export const classModeRemedy = 'leave the mode out for 0o444, in a volume that no other container mounts';
