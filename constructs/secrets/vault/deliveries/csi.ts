import { toDnsLabel } from '../../../../core/manifest';
import { writeYaml } from '../../../../core/manifest/yaml/write';
import { defaultAudience, defaultAuthMount, roleNameOf, type VaultServer } from '../../../../core/secrets/vault/server';
import { readPathOf } from '../../../../core/secrets/vault/source';
import type { Delivered, PlacedSecret, SecretDelivery, SecretReader } from '../../delivery';
import type { VaultSecretMount } from '../vault-secret-mount';

type Placed = PlacedSecret<VaultSecretMount>;

/** The CSI driver of the Secrets Store, with Vault's provider: files in a volume in memory, and no Secret in the cluster. */
export const csi: SecretDelivery = {
  id: 'csi',
  deliver: (reader, placed) => deliverFolders(reader, placed as readonly Placed[]),
};

const driver = 'secrets-store.csi.k8s.io';
/** The driver's files belong to root, so that who runs as anybody else reads them as one of the others. */
const readableByAll = 0o444;

/** One volume a folder: what several mounts put there comes from one SecretProviderClass. */
function deliverFolders(reader: SecretReader, placed: readonly Placed[]): Delivered {
  const { vault } = reader.platform;
  if (vault === undefined) return {};
  const folders = new Map<string, Placed[]>();
  for (const each of placed) {
    const folder = folderOf(each.mount.files[0] ?? '');
    folders.set(folder, [...(folders.get(folder) ?? []), each]);
  }
  const made = [...folders].map(([folder, inFolder]) => {
    const name = toDnsLabel(`${reader.name}${folder}`, 58);
    reader.manifest(
      `SecretProviderClass${folder}`.replaceAll('/', '-'),
      'secrets-store.csi.x-k8s.io/v1',
      'SecretProviderClass',
      () => ({ spec: { provider: 'vault', parameters: parametersOf(reader, vault, inFolder) } }),
      { name },
    );
    const volumeName = toDnsLabel(`vault${folder}`, 58);
    return {
      volume: {
        name: volumeName,
        csi: { driver, readOnly: true, volumeAttributes: { secretProviderClass: name } },
      },
      mounts: [...new Set(inFolder.map(({ container }) => container))].map((container) => ({
        container,
        property: inFolder.find((each) => each.container === container)?.property ?? 'secrets',
        mount: { name: volumeName, mountPath: folder, readOnly: true },
      })),
    };
  });
  return { volumes: made.map(({ volume }) => volume), mounts: made.flatMap(({ mounts }) => mounts) };
}

function parametersOf(
  reader: SecretReader,
  vault: VaultServer,
  placed: readonly Placed[],
): Readonly<Record<string, string>> {
  return {
    vaultAddress: vault.address,
    ...(vault.namespace !== undefined && { vaultNamespace: vault.namespace }),
    vaultKubernetesMountPath: vault.authMount ?? defaultAuthMount,
    audience: vault.audience ?? defaultAudience,
    roleName: roleNameOf(reader.namespace, reader.serviceAccountName),
    objects: writeYaml(placed.flatMap(({ mount }) => objectsOf(mount))),
  };
}

function objectsOf({ source, vaultFiles, options }: VaultSecretMount) {
  if (source === undefined || source.kind === 'transit') return [];
  return vaultFiles.map(({ path, field }) => ({
    objectName: path.slice(path.lastIndexOf('/') + 1),
    secretPath: readPathOf(source),
    ...(field !== undefined && { secretKey: field }),
    ...(source.kind === 'kv' && source.version !== undefined && { secretArgs: { version: source.version } }),
    filePermission: options.mode ?? readableByAll,
  }));
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}
