import { toDnsLabel } from '../../manifest/names';
import { durationSeconds, goDuration } from '../duration';
import { defaultAudience, defaultAuthMount, defaultRefresh, type VaultServer } from './server';
import { operatorTemplate, pkiParameters, type ReadableSource, type VaultFileContent } from './template';

/** The group of Vault Secrets Operator. */
export const operatorApiVersion = 'secrets.hashicorp.com/v1beta1';

/** A kind that the operator makes a Secret from. */
export type OperatorKind = 'VaultStaticSecret' | 'VaultDynamicSecret' | 'VaultPKISecret';

/** A key of the Secret, and what it holds. */
export interface OperatorKey {
  readonly key: string;
  readonly content: VaultFileContent;
}

/** A Secret that the operator is asked for. */
export interface OperatorSecret {
  readonly vault: VaultServer;
  /** Of the VaultAuth, in the same namespace. */
  readonly auth: string;
  readonly source: ReadableSource;
  /** Of the Secret. */
  readonly name: string;
  readonly keys: readonly OperatorKey[];
  /** The labels of the Secret. */
  readonly labels: Readonly<Record<string, string>>;
  /** The workload that is rolled whenever the secret changes. @default - none */
  readonly restart?: { readonly kind: string; readonly name: string };
}

/** Where the operator reaches Vault. */
export function connectionSpec(vault: VaultServer) {
  return {
    address: vault.address,
    skipTLSVerify: false,
    ...(vault.ca && { caCertSecretRef: vault.ca.secret }),
  };
}

/** As whom it logs in: the workload's own ServiceAccount, by a token of ten minutes for nobody but Vault. */
export function authSpec(vault: VaultServer, connection: string, role: string, serviceAccount: string) {
  return {
    vaultConnectionRef: connection,
    ...(vault.namespace !== undefined && { namespace: vault.namespace }),
    method: 'kubernetes',
    mount: vault.authMount ?? defaultAuthMount,
    kubernetes: {
      role,
      serviceAccount,
      audiences: [vault.audience ?? defaultAudience],
      tokenExpirationSeconds: 600,
    },
  };
}

const kinds: Readonly<Record<ReadableSource['kind'], OperatorKind>> = {
  kv: 'VaultStaticSecret',
  database: 'VaultDynamicSecret',
  pki: 'VaultPKISecret',
};

type Spec = Readonly<Record<string, unknown>>;

const specs: { readonly [K in ReadableSource['kind']]: (source: never, vault: VaultServer) => Spec } = {
  kv: (source: Extract<ReadableSource, { kind: 'kv' }>, vault) => ({
    type: source.engine === 2 ? 'kv-v2' : 'kv-v1',
    mount: source.mount,
    path: source.path,
    ...(source.version !== undefined && { version: source.version }),
    refreshAfter: goDuration(vault.refresh ?? defaultRefresh),
    // The MAC of the Secret's data is kept: whoever changes the Secret by hand finds it put right at the next look.
    hmacSecretData: true,
  }),
  database: (source: Extract<ReadableSource, { kind: 'database' }>, vault) => ({
    mount: source.mount,
    path: `${source.isStatic ? 'static-creds' : 'creds'}/${source.role}`,
    ...(source.isStatic
      ? { allowStaticCreds: true, refreshAfter: goDuration(vault.refresh ?? defaultRefresh) }
      : { renewalPercent: 67, revoke: true }),
  }),
  pki: (source: Extract<ReadableSource, { kind: 'pki' }>) => {
    const { common_name: commonName, ttl } = pkiParameters(source);
    return {
      mount: source.mount,
      role: source.role,
      commonName,
      ...(source.altNames.length > 0 && { altNames: [...source.altNames] }),
      ...(source.ipSans.length > 0 && { ipSans: [...source.ipSans] }),
      ...(ttl !== undefined && {
        ttl: goDuration(ttl),
        expiryOffset: `${Math.floor((durationSeconds(ttl) ?? 0) / 3)}s`,
      }),
      format: 'pem',
      // To revoke takes pki/revoke, which lets its holder end the certificates of everybody else; refused, the operator renews without end.
      revoke: false,
      clear: true,
    };
  },
};

/** The kind and the spec of what makes a Secret of a source. It holds what its templates say, and nothing else of the secret. */
export function operatorSecret(secret: OperatorSecret): { readonly kind: OperatorKind; readonly spec: Spec } {
  const { vault, auth, source, name, keys, labels, restart } = secret;
  const templates = Object.fromEntries(keys.map(({ key, content }) => [key, { text: operatorTemplate(content) }]));
  return {
    kind: kinds[source.kind],
    spec: {
      vaultAuthRef: auth,
      ...(vault.namespace !== undefined && { namespace: vault.namespace }),
      ...specs[source.kind](source as never, vault),
      destination: {
        name,
        create: true,
        overwrite: false,
        type: 'Opaque',
        labels,
        transformation: { excludeRaw: true, excludes: ['.*'], templates },
      },
      ...(restart && { rolloutRestartTargets: [restart] }),
    },
  };
}

/** What a Secret is called after: the last part of where it is. */
export function operatorSecretName(reader: string, source: ReadableSource): string {
  const last = source.kind === 'kv' ? source.path : source.role;
  return toDnsLabel(`${reader}-${source.kind}-${last}`, 58);
}
