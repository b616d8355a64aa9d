import {
  authSpec,
  connectionSpec,
  operatorApiVersion,
  operatorSecret,
  operatorSecretName,
} from '../../../../core/secrets/vault/operator';
import { roleNameOf, type VaultServer } from '../../../../core/secrets/vault/server';
import type { ReadableSource } from '../../../../core/secrets/vault/template';
import { type DeliveryFault, placedFault } from '../../delivery';
import { keptSecrets } from '../../kept-secrets';
import { type PlacedVault, vaultDelivery } from './limits';

/** Vault Secrets Operator: it keeps a Secret of the workload's own, which is mounted as files. */
export const operator = vaultDelivery('operator', (reader, vault, placed) => {
  reader.manifest('VaultConnection', operatorApiVersion, 'VaultConnection', () => ({ spec: connectionSpec(vault) }));
  const role = roleNameOf(reader.namespace, reader.serviceAccountName);
  reader.manifest('VaultAuth', operatorApiVersion, 'VaultAuth', () => ({
    spec: authSpec(vault, reader.name, role, reader.serviceAccountName),
  }));
  const kept = keptSecrets(reader, placed, {
    prefix: 'vault',
    sourceOf: ({ source }) => source as ReadableSource,
    filesOf: ({ vaultFiles }) => vaultFiles,
    modeOf: ({ options }) => options.mode,
    keep: (source, keys, nameFor, mounts) => {
      const name = nameFor(operatorSecretName(reader.name, source));
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
      return name;
    },
  });
  return { ...kept, faults: [...caFaults(vault, placed), ...kept.faults] };
});

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
