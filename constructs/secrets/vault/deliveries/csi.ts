import { writeYaml } from '../../../../core/manifest/yaml/write';
import { defaultAudience, defaultAuthMount, roleNameOf, type VaultServer } from '../../../../core/secrets/vault/server';
import { readPathOf } from '../../../../core/secrets/vault/source';
import type { Delivered, DeliveryFault, SecretReader } from '../../delivery';
import { accessFaults } from '../../file-access';
import { folderMounts, folderOf, nextName, type SecretFolder, secretFolders } from '../../folders';
import type { VaultSecretMount } from '../vault-secret-mount';
import { type PlacedVault, vaultDelivery } from './limits';

/** The CSI driver of the Secrets Store, with Vault's provider: files in a volume in memory, and no Secret in the cluster. */
export const csi = vaultDelivery('csi', (reader, vault, placed) => ({
  ...deliverFolders(reader, vault, secretFolders(placed)),
  faults: placed.flatMap((each) => access(reader, each)),
}));

const driver = 'secrets-store.csi.k8s.io';
/** The driver's files belong to root, so that who runs as anybody else reads them as one of the others. */
const readableByAll = 0o444;

/** One volume a folder: what several mounts put there comes from one SecretProviderClass. */
function deliverFolders(
  reader: SecretReader,
  vault: VaultServer,
  folders: readonly SecretFolder<VaultSecretMount>[],
): Delivered {
  const names = new Set<string>();
  const volumeNames = new Set<string>();
  const made = folders.map((folder) => {
    const name = nextName(`${reader.name}${folder.name}`, names);
    reader.manifest(
      `SecretProviderClass${folder.name}`.replaceAll('/', '-'),
      'secrets-store.csi.x-k8s.io/v1',
      'SecretProviderClass',
      () => ({ spec: { provider: vault.software ?? 'vault', parameters: parametersOf(reader, vault, folder) } }),
      { name },
    );
    const volume = nextName(`vault${folder.name}`, volumeNames);
    return {
      volume: { name: volume, csi: { driver, readOnly: true, volumeAttributes: { secretProviderClass: name } } },
      mounts: folderMounts(folder, volume),
    };
  });
  return { volumes: made.map(({ volume }) => volume), mounts: made.flatMap(({ mounts }) => mounts) };
}

function parametersOf(
  reader: SecretReader,
  vault: VaultServer,
  { path, mounts }: SecretFolder<VaultSecretMount>,
): Readonly<Record<string, string>> {
  return {
    vaultAddress: vault.address,
    ...(vault.namespace !== undefined && { vaultNamespace: vault.namespace }),
    vaultKubernetesMountPath: vault.authMount ?? defaultAuthMount,
    audience: vault.audience ?? defaultAudience,
    roleName: roleNameOf(reader.namespace, reader.serviceAccountName),
    objects: writeYaml([...new Set(mounts.map(({ mount }) => mount))].flatMap((mount) => objectsOf(mount, path))),
  };
}

function objectsOf({ source, vaultFiles, options }: VaultSecretMount, folder: string) {
  if (source === undefined || source.kind === 'transit') return [];
  // The provider sends its secretArgs as a body, which Vault does not read in a GET: a version stands in the path.
  const version = source.kind === 'kv' && source.version !== undefined ? `?version=${source.version}` : '';
  return vaultFiles
    .filter(({ path }) => folderOf(path) === folder)
    .map(({ path, field }) => ({
      objectName: path.slice(path.lastIndexOf('/') + 1),
      secretPath: `${readPathOf(source)}${version}`,
      ...(field !== undefined && { secretKey: field }),
      filePermission: options.mode ?? readableByAll,
    }));
}

function access(reader: SecretReader, placed: PlacedVault): readonly DeliveryFault[] {
  const mode = placed.mount.options.mode ?? readableByAll;
  const remedy =
    'leave the mode out for 0o444, in a volume that no other container mounts; or deliver it by agent or operator';
  return accessFaults(reader, placed, { user: 0, group: 0, mode }, remedy);
}
