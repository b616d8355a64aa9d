/** Who reads which secret, as manifests say it: names and paths, and never a value. */

import type { Identity } from '../../manifest/identity';

/** A secret by its name, wherever it is kept. */
export interface SecretName {
  /**
   * Who keeps it: `kubernetes`, `vault`, `aws-secrets-manager`, `aws-parameter-store`, `gcp-secret-manager`, `azure-key-vault`, another
   * provider by the name it has in manifests, or the object that would say so and is not among them.
   */
  readonly store: string;
  /** `namespace/name` of a Kubernetes Secret, the path of Vault's API, the name or ARN in a cloud. `*` where it is any. */
  readonly name: string;
}

/** Which of a pod's containers one is. */
export type ContainerRole = 'init' | 'sidecar' | 'main' | 'ephemeral';

/** A container that reads. */
export interface ReadingContainer {
  readonly name: string;
  readonly role: ContainerRole;
}

/**
 * How a workload comes by a secret: a Secret volume, a projected one, an environment variable, all keys as such, the kubelet (to pull
 * images), the driver of a volume, a volume of the Secrets Store CSI driver, Vault's Agent Injector, the certificate that an Ingress or a Gateway
 * presents, or the API server.
 */
export const readingWays = [
  'volume',
  'projected',
  'env',
  'env-from',
  'image-pull',
  'volume-driver',
  'csi',
  'agent',
  'tls',
  'api',
] as const;

/** One of {@link readingWays}. */
export type ReadingWay = (typeof readingWays)[number];

/** Why a reading deserves a look: it reaches more secrets than it names, or the manifests do not say which. */
export interface ReadingFlag {
  readonly kind: 'wildcard' | 'unknown';
  readonly message: string;
}

/** A secret as an object names it. */
export interface NamedSecret {
  readonly secret: SecretName;
  /** The field of the secret. @default - all of them */
  readonly key?: string;
  /** The key of the Secret, or the file of the volume, that it becomes. @default - whatever the secret holds */
  readonly gives?: string;
  /** The role (of Vault) as which it is read. */
  readonly role?: string;
  readonly flag?: ReadingFlag;
}

/** One way in which one container, pod or account reads one secret. */
export interface SecretReading extends Omit<NamedSecret, 'gives'> {
  /** The workload, the Ingress or the Gateway; an account or a role for rights that no workload here has. */
  readonly reader: Identity;
  /** @default - none of them: the kubelet, or the pod as a whole */
  readonly container?: ReadingContainer;
  readonly way: ReadingWay;
  /** The file, folder or environment variable that it becomes, or the hosts that it is presented for. */
  readonly as?: string;
  /** The objects that it comes through, the first being nearest to where it is kept: `VaultStaticSecret db`, `Secret db`. */
  readonly through: readonly string[];
}

/** A secret that is brought into the cluster, or lies there, and that nobody takes from there. */
export interface UnreadSecret extends Omit<NamedSecret, 'gives'> {
  readonly through: readonly string[];
}

/** All that the manifests say. */
export interface SecretReadings {
  readonly readings: readonly SecretReading[];
  readonly unread: readonly UnreadSecret[];
}
