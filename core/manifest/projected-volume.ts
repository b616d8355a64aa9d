/** Volumes that project API data into files: projected sources and the downward API (core/v1). */

import type {
  KeyToPath,
  LabelSelector,
  LocalObjectReference,
  ObjectFieldSelector,
  ResourceFieldSelector,
} from './pod-common';

/** Several sources in one directory. */
export interface ProjectedVolumeSource {
  /** Sources, one entry each. */
  readonly sources?: readonly VolumeProjection[];
  /**
   * Mode bits of created files, 0 to 0o777.
   * @default 0o644
   */
  readonly defaultMode?: number;
}

/** One source of a projected volume; exactly one. */
export interface VolumeProjection {
  /** A Secret. */
  readonly secret?: SecretProjection;
  /** Fields of the pod. */
  readonly downwardAPI?: DownwardAPIProjection;
  /** A ConfigMap. */
  readonly configMap?: ConfigMapProjection;
  /** A ServiceAccount token. */
  readonly serviceAccountToken?: ServiceAccountTokenProjection;
  /** Trust anchors. */
  readonly clusterTrustBundle?: ClusterTrustBundleProjection;
  /** A private key and certificate. */
  readonly podCertificate?: PodCertificateProjection;
}

/** A Secret as a part of a projected volume. */
export interface SecretProjection extends LocalObjectReference {
  /** Keys to project, and where. Without it every key becomes a file of its name. */
  readonly items?: readonly KeyToPath[];
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** A ConfigMap as a part of a projected volume. */
export interface ConfigMapProjection extends LocalObjectReference {
  /** Keys to project, and where. Without it every key becomes a file of its name. */
  readonly items?: readonly KeyToPath[];
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** Fields of the pod as files. */
export interface DownwardAPIVolumeSource {
  /** Files and their fields. */
  readonly items?: readonly DownwardAPIVolumeFile[];
  /**
   * Mode bits of created files, 0 to 0o777.
   * @default 0o644
   */
  readonly defaultMode?: number;
}

/** Fields of the pod as a part of a projected volume. */
export interface DownwardAPIProjection {
  /** Files and their fields. */
  readonly items?: readonly DownwardAPIVolumeFile[];
}

/** One field of the pod as a file. */
export interface DownwardAPIVolumeFile {
  /** Path of the file, relative and without `..`. */
  readonly path: string;
  /** A field of the pod. */
  readonly fieldRef?: ObjectFieldSelector;
  /** A limit or request of a container. */
  readonly resourceFieldRef?: ResourceFieldSelector;
  /**
   * Mode bits of the file.
   * @default the volume's `defaultMode`
   */
  readonly mode?: number;
}

/** A ServiceAccount token, bound to the pod, to an audience and to a time. */
export interface ServiceAccountTokenProjection {
  /**
   * Who the token is for; a receiver must refuse it otherwise.
   * @default the API server
   */
  readonly audience?: string;
  /**
   * Lifetime in seconds, at least 600; the kubelet renews it in time.
   * @default 3600
   */
  readonly expirationSeconds?: number;
  /** Path of the file, relative. */
  readonly path: string;
}

/** Trust anchors of ClusterTrustBundles as a file. */
export interface ClusterTrustBundleProjection {
  /** One ClusterTrustBundle; instead of `signerName`. */
  readonly name?: string;
  /** All ClusterTrustBundles of a signer; instead of `name`. */
  readonly signerName?: string;
  /** Which of the signer's; none without it. */
  readonly labelSelector?: LabelSelector;
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
  /** Path of the file, relative. */
  readonly path: string;
}

/** A private key and certificate that the kubelet requests and renews. */
export interface PodCertificateProjection {
  /** Signer that the kubelet addresses. */
  readonly signerName: string;
  /** Kind of key: RSA3072, RSA4096, ECDSAP256, ECDSAP384, ECDSAP521 or ED25519. */
  readonly keyType: string;
  /**
   * Longest lifetime of the certificate, in seconds.
   * @default 86400
   */
  readonly maxExpirationSeconds?: number;
  /** File for key and certificate chain together. */
  readonly credentialBundlePath?: string;
  /** File for the key alone. */
  readonly keyPath?: string;
  /** File for the certificate chain alone. */
  readonly certificateChainPath?: string;
  /** Information for the signer. */
  readonly userAnnotations?: Readonly<Record<string, string>>;
}
