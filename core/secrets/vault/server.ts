/** The Vault (or OpenBao) that an app reads its secrets from. Nothing of it is a secret. */
export interface VaultServer {
  /** `https://vault.vault.svc:8200`. Without TLS it needs an exception to the rule `vault-tls`. */
  readonly address: string;
  /** The Secret in the workload's namespace that holds the CA of Vault's certificate. @default - the authorities that the clients know */
  readonly ca?: { readonly secret: string; readonly key?: string };
  /** Where Vault runs, for the network: its pods, or its addresses. @default - undefined; then a delivery that calls it from the pod is an error */
  readonly pods?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  /** Its addresses, where it is outside the cluster. */
  readonly cidrs?: readonly string[];
  /** Where the Kubernetes auth method is mounted. @default 'kubernetes' */
  readonly authMount?: string;
  /** Who the workload's token is for. @default 'vault' */
  readonly audience?: string;
  /** A namespace of Vault Enterprise (or OpenBao), such as `team-a`. @default - the root namespace */
  readonly namespace?: string;
  /** How secrets come into pods where a mount does not say. @default 'csi' */
  readonly delivery?: VaultDeliveryId;
}

/** The ways a secret of Vault comes into a pod. */
export const vaultDeliveryIds = ['csi'] as const;

export type VaultDeliveryId = (typeof vaultDeliveryIds)[number];

export const defaultAuthMount = 'kubernetes';
export const defaultAudience = 'vault';
export const defaultDelivery: VaultDeliveryId = 'csi';

/** The role of the Kubernetes auth method for a workload, as VaultAccess makes it. A namespace has no dot in it: no two workloads share a role. */
export function roleNameOf(namespace: string | undefined, serviceAccountName: string): string {
  return namespace === undefined ? serviceAccountName : `${namespace}.${serviceAccountName}`;
}
