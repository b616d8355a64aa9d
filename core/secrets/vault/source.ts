/** What a workload asks of Vault: one secret, or one way to make one. */
export type VaultSource = KvSource | DatabaseSource | PkiSource | TransitSource;

/** A secret that somebody wrote, in a KV engine. */
export interface KvSource {
  readonly kind: 'kv';
  /** Of the engine. */
  readonly engine: 1 | 2;
  readonly mount: string;
  readonly path: string;
  /** One version of the secret, for ever. @default - the newest */
  readonly version?: number;
}

/** Credentials that a database engine makes, and that end with their lease. */
export interface DatabaseSource {
  readonly kind: 'database';
  readonly mount: string;
  readonly role: string;
  /** One account whose password Vault changes, in place of an account for each reader. @default false */
  readonly isStatic: boolean;
}

/** A certificate that a PKI engine signs, with its key. */
export interface PkiSource {
  readonly kind: 'pki';
  readonly mount: string;
  readonly role: string;
  readonly commonName: string;
  readonly altNames: readonly string[];
  readonly ipSans: readonly string[];
  /** How long it is good for, as Vault writes durations: `24h`. @default - the role's */
  readonly ttl?: string;
}

/** What may be done with a key that never leaves Vault. */
export const transitOperations = ['encrypt', 'decrypt', 'sign', 'verify', 'hmac', 'rewrap'] as const;

export type TransitOperation = (typeof transitOperations)[number];

/** A key of a transit engine: it is used, not read. */
export interface TransitSource {
  readonly kind: 'transit';
  readonly mount: string;
  readonly key: string;
  readonly operations: readonly TransitOperation[];
}

/** What Vault lets a token do at a path. */
export type VaultCapability = 'create' | 'read' | 'update' | 'list' | 'delete';

/** A line of a policy: a path, and what may be done there. */
export interface VaultGrant {
  readonly path: string;
  readonly capabilities: readonly VaultCapability[];
}

type SourceOf<K extends VaultSource['kind']> = Extract<VaultSource, { readonly kind: K }>;

const grants: { readonly [K in VaultSource['kind']]: (source: SourceOf<K>) => readonly VaultGrant[] } = {
  kv: (source) => [{ path: readPathOf(source), capabilities: ['read'] }],
  database: (source) => [{ path: readPathOf(source), capabilities: ['read'] }],
  pki: (source) => [{ path: readPathOf(source), capabilities: ['update'] }],
  transit: ({ mount, key, operations }) =>
    operations.map((operation) => ({ path: `${mount}/${operation}/${key}`, capabilities: ['update'] })),
};

/** Exactly what reading the source takes, and nothing beside it. */
export function grantsOf(source: VaultSource): readonly VaultGrant[] {
  return (grants[source.kind] as (source: VaultSource) => readonly VaultGrant[])(source);
}

const readPaths: { readonly [K in 'kv' | 'database' | 'pki']: (source: SourceOf<K>) => string } = {
  kv: ({ mount, path, engine }) => (engine === 2 ? `${mount}/data/${path}` : `${mount}/${path}`),
  database: ({ mount, role, isStatic }) => `${mount}/${isStatic ? 'static-creds' : 'creds'}/${role}`,
  pki: ({ mount, role }) => `${mount}/issue/${role}`,
};

/** The path of the API that gives the secret. */
export function readPathOf(source: Exclude<VaultSource, TransitSource>): string {
  return (readPaths[source.kind] as (source: VaultSource) => string)(source);
}

/** The fields that the source is known to give; undefined where only Vault knows. */
export function fieldsOf(source: VaultSource): readonly string[] | undefined {
  switch (source.kind) {
    case 'database':
      return source.isStatic
        ? ['username', 'password', 'last_vault_rotation', 'rotation_period', 'ttl']
        : ['username', 'password'];
    case 'pki':
      return [
        'certificate',
        'private_key',
        'private_key_type',
        'issuing_ca',
        'ca_chain',
        'serial_number',
        'expiration',
      ];
    case 'kv':
    case 'transit':
      return undefined;
  }
}

/** True for what ends by itself: its reader has to come back before it does. */
export function isLeased(source: VaultSource): boolean {
  return source.kind === 'database' || source.kind === 'pki';
}
