/** In-tree volume drivers that Kubernetes has deprecated, redirected to CSI or removed (core/v1). */

import type { LocalObjectReference } from './pod-common';

/** Host caching of an Azure data disk. */
export type AzureDataDiskCachingMode = 'None' | 'ReadOnly' | 'ReadWrite';

/** How an Azure data disk is stored. */
export type AzureDataDiskKind = 'Shared' | 'Dedicated' | 'Managed';

/** A Gluster volume. */
export interface GlusterfsVolumeSource {
  /** Endpoints object of the cluster. */
  readonly endpoints: string;
  /** Path of the volume. */
  readonly path: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A Ceph block device. */
export interface RBDVolumeSource {
  /** Ceph monitors. */
  readonly monitors: readonly string[];
  /** Image name. */
  readonly image: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Pool.
   * @default rbd
   */
  readonly pool?: string;
  /**
   * User.
   * @default admin
   */
  readonly user?: string;
  /**
   * Path of the key ring.
   * @default /etc/ceph/keyring
   */
  readonly keyring?: string;
  /** Secret of the user; instead of `keyring`. */
  readonly secretRef?: LocalObjectReference;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** An OpenStack Cinder volume. */
export interface CinderVolumeSource {
  /** Id of the volume. */
  readonly volumeID: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /** Secret with parameters for OpenStack. */
  readonly secretRef?: LocalObjectReference;
}

/** A Ceph filesystem. */
export interface CephFSVolumeSource {
  /** Ceph monitors. */
  readonly monitors: readonly string[];
  /**
   * Path in the Ceph tree.
   * @default /
   */
  readonly path?: string;
  /**
   * User.
   * @default admin
   */
  readonly user?: string;
  /**
   * Path of the key ring.
   * @default /etc/ceph/user.secret
   */
  readonly secretFile?: string;
  /** Secret of the user; instead of `secretFile`. */
  readonly secretRef?: LocalObjectReference;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A Flocker dataset. */
export interface FlockerVolumeSource {
  /** Name of the dataset. */
  readonly datasetName?: string;
  /** UUID of the dataset. */
  readonly datasetUUID?: string;
}

/** A Google Compute Engine persistent disk. */
export interface GCEPersistentDiskVolumeSource {
  /** Name of the disk. */
  readonly pdName: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Partition to mount.
   * @default the whole disk
   */
  readonly partition?: number;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A Quobyte volume. */
export interface QuobyteVolumeSource {
  /** Registries, `host:port`, separated by commas. */
  readonly registry: string;
  /** Name of the volume. */
  readonly volume: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /** User to map access to. */
  readonly user?: string;
  /** Group to map access to. */
  readonly group?: string;
  /** Tenant that owns the volume. */
  readonly tenant?: string;
}

/** A volume of an exec-based FlexVolume driver. */
export interface FlexVolumeSource {
  /** Name of the driver. */
  readonly driver: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /** Secret that the driver gets. */
  readonly secretRef?: LocalObjectReference;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /** Options that the driver defines. */
  readonly options?: Readonly<Record<string, string>>;
}

/** An Amazon EBS volume. */
export interface AWSElasticBlockStoreVolumeSource {
  /** Id of the volume. */
  readonly volumeID: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Partition to mount.
   * @default the whole disk
   */
  readonly partition?: number;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A git repository cloned by the kubelet as root. Off by default from 1.33, locked off in 1.36. */
export interface GitRepoVolumeSource {
  /** URL of the repository. */
  readonly repository: string;
  /** Commit to check out. */
  readonly revision?: string;
  /** Folder to clone into. */
  readonly directory?: string;
}

/** An Azure Files share. */
export interface AzureFileVolumeSource {
  /** Secret with account name and key. */
  readonly secretName: string;
  /** Name of the share. */
  readonly shareName: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A vSphere disk. */
export interface VsphereVirtualDiskVolumeSource {
  /** Path of the vmdk. */
  readonly volumePath: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /** Name of the storage policy. */
  readonly storagePolicyName?: string;
  /** Id of the storage policy. */
  readonly storagePolicyID?: string;
}

/** A Photon Controller disk. */
export interface PhotonPersistentDiskVolumeSource {
  /** Id of the disk. */
  readonly pdID: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
}

/** An Azure data disk. */
export interface AzureDiskVolumeSource {
  /** Name of the disk. */
  readonly diskName: string;
  /** URI of the disk. */
  readonly diskURI: string;
  /**
   * Host caching.
   * @default ReadWrite
   */
  readonly cachingMode?: AzureDataDiskCachingMode;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * How the disk is stored.
   * @default Shared
   */
  readonly kind?: AzureDataDiskKind;
}

/** A Portworx volume. */
export interface PortworxVolumeSource {
  /** Id of the volume. */
  readonly volumeID: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A ScaleIO volume. */
export interface ScaleIOVolumeSource {
  /** Address of the API gateway. */
  readonly gateway: string;
  /** Storage system. */
  readonly system: string;
  /** Secret with the credentials. */
  readonly secretRef: LocalObjectReference;
  /**
   * Whether the gateway is spoken to over TLS.
   * @default false
   */
  readonly sslEnabled?: boolean;
  /** Protection domain. */
  readonly protectionDomain?: string;
  /** Storage pool. */
  readonly storagePool?: string;
  /**
   * ThickProvisioned or ThinProvisioned.
   * @default ThinProvisioned
   */
  readonly storageMode?: string;
  /** Name of the volume. */
  readonly volumeName?: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A StorageOS volume. */
export interface StorageOSVolumeSource {
  /** Name of the volume. */
  readonly volumeName?: string;
  /**
   * Namespace of the volume in StorageOS.
   * @default the pod's
   */
  readonly volumeNamespace?: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /** Secret with the credentials. */
  readonly secretRef?: LocalObjectReference;
}
