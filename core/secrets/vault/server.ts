/** The Vault (or OpenBao) that an app reads its secrets from. Nothing of it is a secret. */
export interface VaultServer {
  /** `https://vault.vault.svc:8200`. Without TLS it needs an exception to the rule `vault-tls`. */
  readonly address: string;
  /** The Secret in the workload's namespace that holds the CA of Vault's certificate. @default - the authorities that the clients know */
  readonly ca?: { readonly secret: string; readonly key?: string };
  /** Where Vault runs, for the network: its pods, or its addresses. @default - undefined; then a delivery that calls it from the pod is an error */
  readonly pods?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  /** Its addresses, where it is outside the cluster. @default - none */
  readonly cidrs?: readonly string[];
  /** Where the Kubernetes auth method is mounted. @default 'kubernetes' */
  readonly authMount?: string;
  /** Who the workload's token is for. @default 'vault' */
  readonly audience?: string;
  /** A namespace of Vault Enterprise (or OpenBao), such as `team-a`. @default - the root namespace */
  readonly namespace?: string;
  /** OpenBao's injector has annotations of its own, and its CSI provider another name. @default 'vault' */
  readonly software?: VaultSoftware;
  /** The agents that the injector puts beside workloads. @default - none; then the delivery agent is an error */
  readonly agent?: VaultAgentOptions;
  /** How long a changed secret may take until it is read again, as Vault writes durations. @default '1m' */
  readonly refresh?: string;
  /** The longest that Vault leases anything: its `max_lease_ttl`. @default '768h', which is Vault's own */
  readonly maxTtl?: string;
  /** How secrets come into pods where a mount does not say. @default 'csi' */
  readonly delivery?: VaultDeliveryId;
  /** Where Vault Secrets Operator keeps its logins over a restart. @default - in its memory alone, so that a restart makes each lease anew */
  readonly operatorCache?: VaultOperatorCache;
}

/** The logins that Vault Secrets Operator keeps in Secrets of its namespace, encrypted by a key that never leaves Vault. */
export interface VaultOperatorCache {
  /** The key, by its path in Vault's API: `transit/keys/vso-client-cache`. It has to exist: the operator may not make it. */
  readonly key: string;
  /** Of the operator. @default 'vault-secrets-operator-system' */
  readonly namespace?: string;
  /** Of the operator, as its chart names it. @default 'vault-secrets-operator-controller-manager' */
  readonly serviceAccountName?: string;
}

/** Which program answers: they speak the same API. */
export type VaultSoftware = 'vault' | 'openbao';

/** What an injected container is given. */
export interface VaultAgentResources {
  readonly cpu: string;
  /** Request and limit. */
  readonly memory: string;
  readonly ephemeralStorage: string;
}

/** The agents that the injector puts beside workloads. */
export interface VaultAgentOptions {
  /** Their image, with its digest: the injector's own default is a tag, which can be moved. */
  readonly image: string;
  /** What each is given. @default - 50m CPU, 64Mi memory and 32Mi on the disk */
  readonly resources?: Partial<VaultAgentResources>;
}

/** The ways a secret of Vault comes into a pod. */
export const vaultDeliveryIds = ['csi', 'agent', 'operator'] as const;

export type VaultDeliveryId = (typeof vaultDeliveryIds)[number];

export const defaultAuthMount = 'kubernetes';
export const defaultAudience = 'vault';
/** @see https://developer.hashicorp.com/vault/docs/configuration#max_lease_ttl */
export const defaultMaxTtl = '768h';
export const defaultRefresh = '1m';
export const defaultDelivery: VaultDeliveryId = 'csi';

/** The role of the Kubernetes auth method for a workload, as VaultAccess makes it. A namespace has no dot in it: no two workloads share a role. */
export function roleNameOf(namespace: string | undefined, serviceAccountName: string): string {
  return namespace === undefined ? serviceAccountName : `${namespace}.${serviceAccountName}`;
}
