import { groupBy } from '../../../../core/group-by';
import { writeYaml } from '../../../../core/manifest/yaml/write';
import { csiDrivers } from '../../../../core/secrets/csi-drivers';
import type { SecretFault } from '../../../../core/secrets/fault';
import { defaultAudience, defaultAuthMount, roleNameOf, type VaultServer } from '../../../../core/secrets/vault/server';
import { readPathOf } from '../../../../core/secrets/vault/source';
import { type DeliveryFault, placedFault, type SecretReader } from '../../delivery';
import { accessFaults } from '../../file-access';
import { folderOf, type SecretFolder, secretFolders } from '../../folders';
import { classModeRemedy, classVolumes, readableByAll } from '../../secret-volumes';
import type { VaultSecretMount } from '../vault-secret-mount';
import { type PlacedVault, vaultDelivery } from './limits';

/** The CSI driver of the Secrets Store, with Vault's provider: files in a volume in memory, and no Secret in the cluster. */
export const csi = vaultDelivery('csi', (reader, vault, placed) => ({
  ...classVolumes(reader, secretFolders(placed), {
    driver: csiDrivers.open,
    prefix: 'vault',
    infix: '',
    id: 'SecretProviderClass',
    spec: (folder) => ({
      provider: vault.software ?? 'vault',
      parameters: parametersOf(reader, vault, folder),
      ...syncedOf(folder),
    }),
  }),
  faults: [...placed.flatMap((each) => access(reader, each)), ...syncFaults(placed)],
}));

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

/** The Secrets that the driver keeps of the files in a folder: none that nobody asked for. */
function syncedOf({ path: folder, mounts }: SecretFolder<VaultSecretMount>) {
  const asked = [...new Set(mounts.map(({ mount }) => mount))].flatMap(({ options: { syncAs }, vaultFiles }) =>
    syncAs === undefined
      ? []
      : vaultFiles
          .filter(({ path }) => folderOf(path) === folder)
          .map(({ path }) => ({ ...syncAs, objectName: path.slice(path.lastIndexOf('/') + 1) })),
  );
  if (asked.length === 0) return {};
  const secretObjects = [...groupBy(asked, ({ secret }) => secret)].map(([secretName, entries]) => ({
    secretName,
    type: 'Opaque',
    data: entries.map(({ objectName, key }) => ({ objectName, key })),
  }));
  return { secretObjects };
}

/** The driver writes a Secret whole from each folder that names it, and each key once. */
function syncFaults(placed: readonly PlacedVault[]): readonly DeliveryFault[] {
  const folders = new Map<string, string>();
  const entries = new Map<string, VaultSecretMount>();
  return placed.flatMap((each) => {
    const { mount } = each;
    const { syncAs } = mount.options;
    const [file] = mount.vaultFiles;
    if (syncAs === undefined || file === undefined) return [];
    const { secret, key } = syncAs;
    const folder = folderOf(file.path);
    const [known, entry] = [folders.get(secret) ?? folder, entries.get(`${secret} ${key}`) ?? mount];
    folders.set(secret, known);
    entries.set(`${secret} ${key}`, entry);
    const faults: SecretFault[] = [];
    if (known !== folder)
      faults.push({
        property: 'syncAs.secret',
        value: secret,
        message: `files of the folders ${known} and ${folder} are to be one Secret, which the driver writes from each anew`,
        remedy: 'put the files into one folder, or name a Secret for each',
      });
    if (entry !== mount)
      faults.push({
        property: 'syncAs.key',
        value: key,
        message: `the key ${key} of the Secret ${secret} is already ${entry.origin}`,
        remedy: 'give each file a key of its own',
      });
    return faults.map((fault) => placedFault(fault, each));
  });
}

function access(reader: SecretReader, placed: PlacedVault): readonly DeliveryFault[] {
  const mode = placed.mount.options.mode ?? readableByAll;
  const remedy = `${classModeRemedy}; or deliver it by agent or operator`;
  return accessFaults(reader, placed, { user: 0, group: 0, mode }, remedy);
}
