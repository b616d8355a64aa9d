import { groupBy } from '../../../../core/group-by';
import {
  type ExternalKey,
  externalSecretName,
  externalSecretSpec,
  externalSecretsApiVersion,
  storeName,
  storeSpec,
} from '../../../../core/secrets/cloud/external-secret';
import { type Cloud, defaultCloudRefresh } from '../../../../core/secrets/cloud/settings';
import type { SecretDelivery } from '../../delivery';
import { accessFaults } from '../../file-access';
import type { SecretFile } from '../../file-faults';
import { nextName } from '../../folders';
import { nextKey, secretKey } from '../../secret-keys';
import { secretMode, secretVolumes } from '../../secret-volumes';
import { type CloudOrder, cloudDelivery } from './frame';

/** External Secrets Operator: it keeps a Secret of the workload's own, which is mounted as files. */
export function operator(cloud: Cloud): SecretDelivery {
  return cloudDelivery(cloud, 'operator', (order) => {
    const { reader, placed, sourceOf } = order;
    const secrets = makeSecrets(order);
    return {
      ...secretVolumes(placed, cloud, (mount) => {
        const made = secrets.get(JSON.stringify(sourceOf(mount)));
        return {
          secret: made?.name ?? '',
          files: mount.cloudFiles,
          keyOf: (file) => made?.keys.get(file) ?? secretKey(file.path),
          mode: mount.options.mode ?? secretMode,
        };
      }),
      faults: placed.flatMap((each) => {
        const mode = each.mount.options.mode ?? secretMode;
        return accessFaults(reader, each, { user: 0, mode }, 'let the group read it, which is the fsGroup: 0o440');
      }),
    };
  });
}

interface MadeSecret {
  readonly name: string;
  readonly keys: ReadonlyMap<SecretFile, string>;
}

/** One store a place, and one Secret a source, by the source. */
function makeSecrets(order: CloudOrder): ReadonlyMap<string, MadeSecret> {
  const { reader, placed, sourceOf } = order;
  const storeOf = makeStores(order);
  const names = new Set<string>();
  const made = new Map<string, MadeSecret>();
  for (const [id, ofSource] of groupBy(placed, ({ mount }) => JSON.stringify(sourceOf(mount)))) {
    const mounts = [...new Set(ofSource.map(({ mount }) => mount))];
    const [first] = mounts;
    if (first === undefined) continue;
    const source = sourceOf(first);
    const taken = new Set<string>();
    const keys = new Map(
      mounts.flatMap(({ cloudFiles }) => cloudFiles.map((file) => [file, nextKey(file.path, taken)] as const)),
    );
    const content = [...keys].map(
      ([{ field, template }, key]): ExternalKey => ({
        key,
        ...(field !== undefined && { field }),
        ...(template !== undefined && { template: { parts: template.parts } }),
      }),
    );
    const name = nextName(externalSecretName(reader.name, source, content), names);
    const store = storeOf(id);
    const refresh = reader.platform.cloudSecrets?.refresh ?? defaultCloudRefresh;
    reader.manifest(
      `ExternalSecret-${name}`,
      externalSecretsApiVersion,
      'ExternalSecret',
      () => ({ spec: externalSecretSpec(source, content, store, name, refresh) }),
      { name },
    );
    made.set(id, { name, keys });
  }
  return made;
}

/** The store of a source, by the source. */
function makeStores({ reader, login, placed, sourceOf }: CloudOrder): (source: string) => string {
  const names = new Set<string>();
  const bySpec = new Map<string, string>();
  const bySource = new Map<string, string>();
  for (const { mount } of placed) {
    const source = sourceOf(mount);
    const spec = storeSpec(source, { serviceAccountName: reader.serviceAccountName, login });
    const id = JSON.stringify(spec);
    const name = bySpec.get(id) ?? nextName(storeName(reader.name, source), names);
    if (!bySpec.has(id))
      reader.manifest(`SecretStore-${name}`, externalSecretsApiVersion, 'SecretStore', () => ({ spec }), { name });
    bySpec.set(id, name);
    bySource.set(JSON.stringify(source), name);
  }
  return (source) => bySource.get(source) ?? '';
}
