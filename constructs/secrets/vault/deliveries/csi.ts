import { writeYaml } from '../../../../core/manifest/yaml/write';
import { csiDrivers } from '../../../../core/secrets/cloud/provider-class';
import { defaultAudience, defaultAuthMount, roleNameOf, type VaultServer } from '../../../../core/secrets/vault/server';
import { readPathOf } from '../../../../core/secrets/vault/source';
import type { DeliveryFault, SecretReader } from '../../delivery';
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
    spec: (folder) => ({ provider: vault.software ?? 'vault', parameters: parametersOf(reader, vault, folder) }),
  }),
  faults: placed.flatMap((each) => access(reader, each)),
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

function access(reader: SecretReader, placed: PlacedVault): readonly DeliveryFault[] {
  const mode = placed.mount.options.mode ?? readableByAll;
  const remedy = `${classModeRemedy}; or deliver it by agent or operator`;
  return accessFaults(reader, placed, { user: 0, group: 0, mode }, remedy);
}
