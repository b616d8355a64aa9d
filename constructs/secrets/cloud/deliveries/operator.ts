import {
  type ExternalKey,
  externalSecretName,
  externalSecretSpec,
  externalSecretsApiVersion,
  storeName,
  storeSpec,
} from '../../../../core/secrets/cloud/external-secret';
import { type Cloud, defaultCloudRefresh } from '../../../../core/secrets/cloud/settings';
import type { CloudSource } from '../../../../core/secrets/cloud/source';
import type { SecretDelivery } from '../../delivery';
import { nextName } from '../../folders';
import { keptSecrets } from '../../kept-secrets';
import { type CloudOrder, cloudDelivery } from './frame';

/** External Secrets Operator: it keeps a Secret of the workload's own, which is mounted as files. */
export function operator(cloud: Cloud): SecretDelivery {
  return cloudDelivery(cloud, 'operator', (order) => {
    const { reader, placed, sourceOf } = order;
    const storeOf = makeStores(order);
    const refresh = reader.platform.cloudSecrets?.refresh ?? defaultCloudRefresh;
    return keptSecrets(reader, placed, {
      prefix: cloud,
      sourceOf,
      filesOf: ({ cloudFiles }) => cloudFiles,
      modeOf: ({ options }) => options.mode,
      keep: (source, keys, nameFor) => {
        const content = [...keys].map(
          ([{ field, template }, key]): ExternalKey => ({
            key,
            ...(field !== undefined && { field }),
            ...(template !== undefined && { template: { parts: template.parts } }),
          }),
        );
        const name = nameFor(externalSecretName(reader.name, source, content));
        const spec = () => externalSecretSpec(source, content, storeOf(source), name, refresh);
        const id = `ExternalSecret-${name}`;
        reader.manifest(id, externalSecretsApiVersion, 'ExternalSecret', () => ({ spec: spec() }), { name });
        return name;
      },
    });
  });
}

/** One store a place; it says which is a source's. */
function makeStores({ reader, login, placed, sourceOf }: CloudOrder): (source: CloudSource) => string {
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
  return (source) => bySource.get(JSON.stringify(source)) ?? '';
}
