/** Volumes of a pod (core/v1). The in-tree drivers that Kubernetes has retired are in legacy-volume.ts. */

import type { PullPolicy } from './container';
import type {
  AWSElasticBlockStoreVolumeSource,
  AzureDiskVolumeSource,
  AzureFileVolumeSource,
  CephFSVolumeSource,
  CinderVolumeSource,
  FlexVolumeSource,
  FlockerVolumeSource,
  GCEPersistentDiskVolumeSource,
  GitRepoVolumeSource,
  GlusterfsVolumeSource,
  PhotonPersistentDiskVolumeSource,
  PortworxVolumeSource,
  QuobyteVolumeSource,
  RBDVolumeSource,
  ScaleIOVolumeSource,
  StorageOSVolumeSource,
  VsphereVirtualDiskVolumeSource,
} from './legacy-volume';
import type { ObjectMeta } from './object';
import type {
  KeyToPath,
  LabelSelector,
  LocalObjectReference,
  Quantity,
  ResourceList,
  TypedLocalObjectReference,
  TypedObjectReference,
} from './pod-common';
import type { DownwardAPIVolumeSource, ProjectedVolumeSource } from './projected-volume';

/** What backs an emptyDir; empty is the node's disk. */
export type StorageMedium = '' | 'Memory' | 'HugePages' | `HugePages-${string}`;

/** How many nodes or pods may mount a volume, and how. */
export type PersistentVolumeAccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';

/** A filesystem, or a raw block device. */
export type PersistentVolumeMode = 'Block' | 'Filesystem';

/** What must exist at a host path before it is mounted; empty checks nothing. */
export type HostPathType =
  | ''
  | 'DirectoryOrCreate'
  | 'Directory'
  | 'FileOrCreate'
  | 'File'
  | 'Socket'
  | 'CharDevice'
  | 'BlockDevice';

/** A volume by its name in the pod. */
export interface Volume extends VolumeSource {
  /** Name, a DNS label unique in the pod. */
  readonly name: string;
}

/** Where a volume comes from; exactly one. */
export interface VolumeSource {
  /** A path of the node. Refused by the baseline Pod Security Standard. */
  readonly hostPath?: HostPathVolumeSource;
  /** A directory that lives as long as the pod. */
  readonly emptyDir?: EmptyDirVolumeSource;
  /**
   * A Google Compute Engine disk.
   * @deprecated Redirected to the CSI driver pd.csi.storage.gke.io.
   */
  readonly gcePersistentDisk?: GCEPersistentDiskVolumeSource;
  /**
   * An Amazon EBS volume.
   * @deprecated Redirected to the CSI driver ebs.csi.aws.com.
   */
  readonly awsElasticBlockStore?: AWSElasticBlockStoreVolumeSource;
  /**
   * A git repository.
   * @deprecated Off by default from 1.33, locked off in 1.36. Clone in an init container.
   */
  readonly gitRepo?: GitRepoVolumeSource;
  /** A Secret as files. */
  readonly secret?: SecretVolumeSource;
  /** An NFS export. */
  readonly nfs?: NFSVolumeSource;
  /** An iSCSI disk. */
  readonly iscsi?: ISCSIVolumeSource;
  /**
   * A Gluster volume.
   * @deprecated The driver is gone since 1.26.
   */
  readonly glusterfs?: GlusterfsVolumeSource;
  /** A claim of the pod's namespace. */
  readonly persistentVolumeClaim?: PersistentVolumeClaimVolumeSource;
  /**
   * A Ceph block device.
   * @deprecated The driver is gone since 1.31.
   */
  readonly rbd?: RBDVolumeSource;
  /**
   * A volume of an exec-based driver.
   * @deprecated Use a CSI driver.
   */
  readonly flexVolume?: FlexVolumeSource;
  /**
   * An OpenStack Cinder volume.
   * @deprecated Redirected to the CSI driver cinder.csi.openstack.org.
   */
  readonly cinder?: CinderVolumeSource;
  /**
   * A Ceph filesystem.
   * @deprecated The driver is gone since 1.31.
   */
  readonly cephfs?: CephFSVolumeSource;
  /**
   * A Flocker dataset.
   * @deprecated The driver is gone since 1.25.
   */
  readonly flocker?: FlockerVolumeSource;
  /** Fields of the pod as files. */
  readonly downwardAPI?: DownwardAPIVolumeSource;
  /** A Fibre Channel disk. */
  readonly fc?: FCVolumeSource;
  /**
   * An Azure Files share.
   * @deprecated Redirected to the CSI driver file.csi.azure.com.
   */
  readonly azureFile?: AzureFileVolumeSource;
  /** A ConfigMap as files. */
  readonly configMap?: ConfigMapVolumeSource;
  /**
   * A vSphere disk.
   * @deprecated Redirected to the CSI driver csi.vsphere.vmware.com.
   */
  readonly vsphereVolume?: VsphereVirtualDiskVolumeSource;
  /**
   * A Quobyte volume.
   * @deprecated The driver is gone since 1.25.
   */
  readonly quobyte?: QuobyteVolumeSource;
  /**
   * An Azure data disk.
   * @deprecated Redirected to the CSI driver disk.csi.azure.com.
   */
  readonly azureDisk?: AzureDiskVolumeSource;
  /**
   * A Photon Controller disk.
   * @deprecated The driver is gone.
   */
  readonly photonPersistentDisk?: PhotonPersistentDiskVolumeSource;
  /** Several sources in one directory, ServiceAccount tokens among them. */
  readonly projected?: ProjectedVolumeSource;
  /**
   * A Portworx volume.
   * @deprecated Redirected to the CSI driver pxd.portworx.com.
   */
  readonly portworxVolume?: PortworxVolumeSource;
  /**
   * A ScaleIO volume.
   * @deprecated The driver is gone since 1.22.
   */
  readonly scaleIO?: ScaleIOVolumeSource;
  /**
   * A StorageOS volume.
   * @deprecated The driver is gone since 1.25.
   */
  readonly storageos?: StorageOSVolumeSource;
  /** A volume of an inline CSI driver. */
  readonly csi?: CSIVolumeSource;
  /** A claim that lives as long as the pod. */
  readonly ephemeral?: EphemeralVolumeSource;
  /** An OCI image or artifact. */
  readonly image?: ImageVolumeSource;
}

/** A directory that is empty at first and lives as long as the pod. */
export interface EmptyDirVolumeSource {
  /**
   * What backs it.
   * @default the node's disk
   */
  readonly medium?: StorageMedium;
  /** Most that it may hold; the pod is evicted above it. Memory counts against the containers' limits. */
  readonly sizeLimit?: Quantity;
}

/** A ConfigMap as files. */
export interface ConfigMapVolumeSource extends LocalObjectReference {
  /** Keys to project, and where. Without it every key becomes a file of its name. */
  readonly items?: readonly KeyToPath[];
  /**
   * Mode bits of created files, 0 to 0o777.
   * @default 0o644
   */
  readonly defaultMode?: number;
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** A Secret as files. */
export interface SecretVolumeSource {
  /** Name of the Secret. */
  readonly secretName?: string;
  /** Keys to project, and where. Without it every key becomes a file of its name. */
  readonly items?: readonly KeyToPath[];
  /**
   * Mode bits of created files, 0 to 0o777.
   * @default 0o644
   */
  readonly defaultMode?: number;
  /**
   * Whether the source may be missing.
   * @default false
   */
  readonly optional?: boolean;
}

/** A PersistentVolumeClaim of the pod's namespace. */
export interface PersistentVolumeClaimVolumeSource {
  /** Name of the claim. */
  readonly claimName: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** A volume from a claim that lives as long as the pod. */
export interface EphemeralVolumeSource {
  /** The claim; its name is the pod's and the volume's, joined by a hyphen. */
  readonly volumeClaimTemplate?: PersistentVolumeClaimTemplate;
}

/** The claim that an ephemeral volume makes. */
export interface PersistentVolumeClaimTemplate {
  /** Labels and annotations of the claim; nothing else. */
  readonly metadata?: ObjectMeta;
  /** What the claim asks for. */
  readonly spec: PersistentVolumeClaimSpec;
}

/** What a claim asks for. */
export interface PersistentVolumeClaimSpec {
  /** How it may be mounted. */
  readonly accessModes?: readonly PersistentVolumeAccessMode[];
  /** PersistentVolumes by label. */
  readonly selector?: LabelSelector;
  /** How much storage. */
  readonly resources?: VolumeResourceRequirements;
  /** One PersistentVolume by name. */
  readonly volumeName?: string;
  /**
   * StorageClass.
   * @default the cluster's default class
   */
  readonly storageClassName?: string;
  /**
   * Filesystem or block device.
   * @default Filesystem
   */
  readonly volumeMode?: PersistentVolumeMode;
  /** A snapshot or claim to start from, in the same namespace. */
  readonly dataSource?: TypedLocalObjectReference;
  /** Any object to start from, in any namespace that allows it. */
  readonly dataSourceRef?: TypedObjectReference;
  /** VolumeAttributesClass of the volume. */
  readonly volumeAttributesClassName?: string;
}

/** Storage that a claim asks for. */
export interface VolumeResourceRequirements {
  /** The most it may use. */
  readonly limits?: ResourceList;
  /**
   * What it is guaranteed.
   * @default the limits, where given
   */
  readonly requests?: ResourceList;
}

/** A volume that an inline CSI driver provides. */
export interface CSIVolumeSource {
  /** Name of the driver. */
  readonly driver: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /** Settings that the driver defines. */
  readonly volumeAttributes?: Readonly<Record<string, string>>;
  /** Secret that the driver gets. */
  readonly nodePublishSecretRef?: LocalObjectReference;
}

/** An OCI image or artifact as a read-only volume. */
export interface ImageVolumeSource {
  /** Image reference. */
  readonly reference?: string;
  /**
   * When it is pulled.
   * @default Always for the tag `latest` or none, else IfNotPresent
   */
  readonly pullPolicy?: PullPolicy;
}

/** A path of the node's filesystem. Refused by the baseline Pod Security Standard. */
export interface HostPathVolumeSource {
  /** Path on the node; links are followed. */
  readonly path: string;
  /**
   * What must exist there.
   * @default empty: nothing is checked
   */
  readonly type?: HostPathType;
}

/** An NFS export. */
export interface NFSVolumeSource {
  /** Name or address of the server. */
  readonly server: string;
  /** Exported path. */
  readonly path: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
}

/** An iSCSI disk. */
export interface ISCSIVolumeSource {
  /** Target portal, `address` or `address:port`. */
  readonly targetPortal: string;
  /** Qualified name of the target. */
  readonly iqn: string;
  /** Logical unit number. */
  readonly lun: number;
  /**
   * Interface name.
   * @default default (tcp)
   */
  readonly iscsiInterface?: string;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /** Further portals. */
  readonly portals?: readonly string[];
  /** Whether discovery uses CHAP. */
  readonly chapAuthDiscovery?: boolean;
  /** Whether sessions use CHAP. */
  readonly chapAuthSession?: boolean;
  /** Secret for CHAP. */
  readonly secretRef?: LocalObjectReference;
  /** Name of the initiator. */
  readonly initiatorName?: string;
}

/** A Fibre Channel disk. */
export interface FCVolumeSource {
  /** World wide names of the targets; with `lun`. */
  readonly targetWWNs?: readonly string[];
  /** Logical unit number. */
  readonly lun?: number;
  /** Filesystem type to mount, for example `ext4`, `xfs`, `ntfs`. */
  readonly fsType?: string;
  /**
   * Mounted read-only.
   * @default false
   */
  readonly readOnly?: boolean;
  /** World wide identifiers; instead of `targetWWNs` and `lun`. */
  readonly wwids?: readonly string[];
}
