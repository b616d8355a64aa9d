import { hash } from '../../hash';
import { toDnsLabel } from '../../manifest/names';
import { type GoDialect, goTemplate } from '../go-template';
import type { SecretTemplate } from '../template';
import { azureEnvironments } from './azure';
import type { CloudLogin } from './login';
import type { Cloud } from './settings';
import { type CloudSource, isPinned, type SourceOf } from './source';

/** The group of External Secrets Operator. */
export const externalSecretsApiVersion = 'external-secrets.io/v1';

/** A key of the Secret, and what it holds: one field, a template, or, where neither is said, the secret as it is. */
export interface ExternalKey {
  readonly key: string;
  readonly field?: string;
  readonly template?: Pick<SecretTemplate, 'parts'>;
}

type Spec = Readonly<Record<string, unknown>>;

/** Who asks: the workload's ServiceAccount, and who that is to its cloud. */
export interface StoreReader {
  readonly serviceAccountName: string;
  readonly login: CloudLogin;
}

const providers: { readonly [C in Cloud]: (source: SourceOf<C>, reader: StoreReader) => Spec } = {
  aws: ({ service, region }, { serviceAccountName }) => ({
    aws: {
      service: service === 'secrets-manager' ? 'SecretsManager' : 'ParameterStore',
      region,
      auth: { jwt: { serviceAccountRef: { name: serviceAccountName } } },
    },
  }),
  gcp: ({ project, location }, { serviceAccountName, login }) => ({
    gcpsm: {
      projectID: project,
      ...(location !== undefined && { location }),
      auth: {
        workloadIdentity: {
          serviceAccountRef: { name: serviceAccountName },
          ...(login.cloud === 'gcp' && login.project !== undefined && { clusterProjectID: login.project }),
        },
      },
    },
  }),
  azure: (source, { serviceAccountName, login }) => ({
    azurekv: {
      authType: 'WorkloadIdentity',
      vaultUrl: `https://${source.vault}.${azureEnvironments[source.environment].suffix}`,
      tenantId: source.tenantId ?? (login.cloud === 'azure' ? login.tenantId : undefined),
      environmentType: azureEnvironments[source.environment].operator,
      serviceAccountRef: { name: serviceAccountName },
    },
  }),
};

/**
 * Where the operator asks, and as whom: as the workload, by a token of its ServiceAccount that the operator requests for the cloud's own audience.
 * Whoever may create an ExternalSecret in the namespace can use the store, for what this ServiceAccount may read.
 */
export function storeSpec(source: CloudSource, reader: StoreReader): Spec {
  return { provider: (providers[source.cloud] as (source: CloudSource, reader: StoreReader) => Spec)(source, reader) };
}

const stores: { readonly [C in Cloud]: (source: SourceOf<C>) => string } = {
  aws: ({ service, region }) => `${service}-${region}`,
  gcp: ({ project, location }) => (location === undefined ? project : `${project}-${location}`),
  azure: ({ vault }) => vault,
};

/** What a store of the workload is called after. */
export function storeName(reader: string, source: CloudSource): string {
  const place = (stores[source.cloud] as (source: CloudSource) => string)(source);
  return toDnsLabel(`${reader}-${source.cloud}-${place}`, 58);
}

const references: { readonly [C in Cloud]: (source: SourceOf<C>) => Spec } = {
  aws: ({ service, name, version, stage }) => {
    const asked = version !== undefined && service === 'secrets-manager' ? `uuid/${version}` : (version ?? stage);
    return { key: name, ...(asked !== undefined && { version: asked }) };
  },
  gcp: ({ secret, version }) => ({ key: secret, ...(version !== undefined && { version: String(version) }) }),
  azure: ({ name, version }) => ({ key: name, ...(version !== undefined && { version }) }),
};

/** As what the whole of a secret stands beside its fields, for templates. */
const wholeKey = '__whole__';

/** The operator has the fields as a map of texts, which `hasKey` does not take: by way of JSON they become one that it does. */
const dialect: GoDialect = { fields: '(. | toJson | fromJson)', sprig: (name) => name, json: 'mustToRawJson' };

/**
 * What makes a Secret of a source. It is asked for once, however many fields of it are read, so that a user's name and its password are of one
 * version. A version that is pinned is asked for once and for all, and the Secret cannot be changed.
 *
 * The Secret ends with the ExternalSecret. What is deleted in the cloud stays in the cluster, with an error in the status: pods can still start, and
 * a value is withdrawn by rotating it.
 */
export function externalSecretSpec(
  source: CloudSource,
  keys: readonly ExternalKey[],
  store: string,
  name: string,
  refresh: string,
): Spec {
  const isFixed = isPinned(source);
  return {
    ...(isFixed ? { refreshPolicy: 'CreatedOnce' } : { refreshPolicy: 'Periodic', refreshInterval: refresh }),
    secretStoreRef: { kind: 'SecretStore', name: store },
    target: {
      name,
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      ...(isFixed && { immutable: true }),
      ...templateOf(keys),
    },
    ...contentOf(source, keys),
  };
}

/** Whether the fields are put together by the operator, out of one answer. */
function isComposed(keys: readonly ExternalKey[]): boolean {
  const fields = new Set(keys.flatMap(({ field }) => field ?? []));
  return fields.size > 1 || keys.some(({ template }) => template !== undefined);
}

function contentOf(source: CloudSource, keys: readonly ExternalKey[]): Spec {
  const remoteRef = (references[source.cloud] as (source: CloudSource) => Spec)(source);
  if (!isComposed(keys))
    return {
      data: keys.map(({ key, field }) => ({
        secretKey: key,
        remoteRef: { ...remoteRef, ...(field !== undefined && { property: field }) },
      })),
    };
  const isWhole = keys.some(({ field, template }) => field === undefined && template === undefined);
  return {
    ...(isWhole && { data: [{ secretKey: wholeKey, remoteRef }] }),
    dataFrom: [{ extract: remoteRef }],
  };
}

function templateOf(keys: readonly ExternalKey[]): Spec {
  if (!isComposed(keys)) return {};
  const data = Object.fromEntries(keys.map((each) => [each.key, goTextOf(each)]));
  return { template: { engineVersion: 'v2', mergePolicy: 'Replace', data } };
}

function goTextOf({ field, template }: ExternalKey): string {
  if (template !== undefined) return goTemplate(template, dialect);
  return field === undefined ? `{{ .${wholeKey} }}` : goTemplate({ parts: [{ field, as: 'none' }] }, dialect);
}

const lastParts: { readonly [C in Cloud]: (source: SourceOf<C>) => string } = {
  aws: ({ name }) => name.slice(name.lastIndexOf(':') + 1).replace(/^.*\//, ''),
  gcp: ({ secret }) => secret,
  azure: ({ name }) => name,
};

/**
 * What a Secret is called after: the last part of what it is made of. One that cannot be changed is called by what it holds, too: another version of
 * it, or another file, is another Secret, and the pods that mount it are new ones.
 */
export function externalSecretName(reader: string, source: CloudSource, keys: readonly ExternalKey[]): string {
  const last = (lastParts[source.cloud] as (source: CloudSource) => string)(source);
  const name = `${reader}-${source.cloud}-${last}`;
  if (!isPinned(source)) return toDnsLabel(name, 58);
  return `${toDnsLabel(name, 49)}-${hash(JSON.stringify([source, keys])).slice(0, 8)}`;
}
