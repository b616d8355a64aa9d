import { groupBy } from '../../../../core/group-by';
import {
  authSpec,
  connectionSpec,
  operatorApiVersion,
  operatorSecret,
  operatorSecretName,
} from '../../../../core/secrets/vault/operator';
import { roleNameOf, type VaultServer } from '../../../../core/secrets/vault/server';
import type { ReadableSource } from '../../../../core/secrets/vault/template';
import { type Delivered, type DeliveryFault, placedFault, type SecretReader } from '../../delivery';
import { accessFaults } from '../../file-access';
import type { SecretFile } from '../../file-faults';
import { nextName } from '../../folders';
import { nextKey, secretKey } from '../../secret-keys';
import { secretMode, secretVolumes } from '../../secret-volumes';
import { type PlacedVault, vaultDelivery } from './limits';

/** Vault Secrets Operator: it keeps a Secret of the workload's own, which is mounted as files. */
export const operator = vaultDelivery('operator', (reader, vault, placed) => ({
  ...deliverSecrets(reader, vault, placed),
  faults: [...caFaults(vault, placed), ...placed.flatMap((each) => access(reader, each))],
}));

/** A Secret that is made, and under which key a file stands in it. */
interface MadeSecret {
  readonly name: string;
  readonly keys: ReadonlyMap<SecretFile, string>;
}

function deliverSecrets(reader: SecretReader, vault: VaultServer, placed: readonly PlacedVault[]): Delivered {
  reader.manifest('VaultConnection', operatorApiVersion, 'VaultConnection', () => ({ spec: connectionSpec(vault) }));
  const role = roleNameOf(reader.namespace, reader.serviceAccountName);
  reader.manifest('VaultAuth', operatorApiVersion, 'VaultAuth', () => ({
    spec: authSpec(vault, reader.name, role, reader.serviceAccountName),
  }));
  const secrets = makeSecrets(reader, vault, placed);
  return secretVolumes(placed, 'vault', ({ source, vaultFiles, options }) => {
    const made = secrets.get(JSON.stringify(source));
    return {
      secret: made?.name ?? '',
      files: vaultFiles,
      keyOf: (file) => made?.keys.get(file) ?? secretKey(file.path),
      mode: options.mode ?? secretMode,
    };
  });
}

/** One Secret a source, by the source: a user's name and its password are then of one account, and a key fits its certificate. */
function makeSecrets(
  reader: SecretReader,
  vault: VaultServer,
  placed: readonly PlacedVault[],
): ReadonlyMap<string, MadeSecret> {
  const names = new Set<string>();
  const made = new Map<string, MadeSecret>();
  for (const [id, ofSource] of groupBy(placed, ({ mount }) => JSON.stringify(mount.source))) {
    const mounts = [...new Set(ofSource.map(({ mount }) => mount))];
    const source = mounts[0]?.source as ReadableSource;
    const name = nextName(operatorSecretName(reader.name, source), names);
    const taken = new Set<string>();
    const keys = new Map(
      mounts.flatMap(({ vaultFiles }) => vaultFiles.map((file) => [file, nextKey(file.path, taken)] as const)),
    );
    const restarts = mounts.some(({ options }) => options.onChange?.kind === 'restart');
    const { kind, spec } = operatorSecret({
      vault,
      auth: reader.name,
      source,
      name,
      keys: [...keys].map(([content, key]) => ({ key, content })),
      labels: { 'app.kubernetes.io/name': reader.name },
      ...(restarts && { restart: { kind: reader.kind, name: reader.name } }),
    });
    reader.manifest(`${kind}-${name}`, operatorApiVersion, kind, () => ({ spec }), { name });
    made.set(id, { name, keys });
  }
  return made;
}

/** A Secret's files belong to root, and to the group of the pod's volumes. */
function access(reader: SecretReader, placed: PlacedVault): readonly DeliveryFault[] {
  const mode = placed.mount.options.mode ?? secretMode;
  return accessFaults(reader, placed, { user: 0, mode }, 'let the group read it, which is the fsGroup: 0o440');
}

/** The operator looks for one key in the Secret of the CA. */
function caFaults({ ca }: VaultServer, [first]: readonly PlacedVault[]): readonly DeliveryFault[] {
  if (first === undefined || ca?.key === undefined || ca.key === 'ca.crt') return [];
  const message = `the operator reads the key ca.crt of the Secret ${ca.secret}, and no ${ca.key}`;
  return [
    placedFault(
      { property: 'vault.ca.key', value: ca.key, message, remedy: 'put the certificate under ca.crt' },
      first,
    ),
  ];
}
