import type { Size } from 'cdk8s';
import type { VolumeMount, VolumeProjection, VolumeSource } from '../../core/manifest/pod';
import { byteQuantity } from '../kplus/quantity';
import type { ByteQuantity } from './resources';

/** A path that the container may write to, in a volume that lives as long as the pod. */
export interface WritablePath {
  /** Absolute. */
  readonly path: string;
  /** A pod that writes more is evicted. @default '64Mi' */
  readonly size?: ByteQuantity | Size;
  /** `memory` keeps it off the disk; it counts against the memory limit. @default 'disk' */
  readonly medium?: 'disk' | 'memory';
}

export interface KeysOptions {
  /** Which keys become which files: `{ 'app.yaml': 'config/app.yaml' }`. @default - every key, under its own name */
  readonly items?: Readonly<Record<string, string>>;
  /** Permissions of the files. @default 0o444 */
  readonly mode?: number;
  /** Start although it does not exist. @default false */
  readonly optional?: boolean;
}

export interface ClaimOptions {
  /** Whether the container may write. @default true */
  readonly writable?: boolean;
  /**
   * How the claim is shared. A volume that one node holds (`ReadWriteOnce`, `ReadWriteOncePod`) makes a Deployment stop its old
   * pod before it starts a new one.
   * @default 'ReadWriteOnce'
   */
  readonly accessMode?: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany' | 'ReadOnlyMany';
  /** NFS cannot map ids, so that the pod cannot have a user namespace. @default 'block' */
  readonly storage?: 'block' | 'nfs';
}

/** What a volume means for the pod that mounts it. Both are false unless said. */
export interface MountTraits {
  readonly heldByOneNode?: boolean;
  readonly withoutIdMapping?: boolean;
}

interface MountInternals extends MountTraits {
  readonly source: VolumeSource;
  readonly readOnly: boolean;
}

/** Where the files under a path of the container come from. Read-only unless it says otherwise. */
export class Mount {
  /** The keys of a ConfigMap as files. */
  static configMap(name: string, options: KeysOptions = {}): Mount {
    return new Mount({
      source: { configMap: { name, ...keys(options), defaultMode: options.mode ?? 0o444 } },
      readOnly: true,
    });
  }

  /** A PersistentVolumeClaim that exists. */
  static claim(claimName: string, options: ClaimOptions = {}): Mount {
    const mode = options.accessMode ?? 'ReadWriteOnce';
    const readOnly = options.writable === false || mode === 'ReadOnlyMany';
    return new Mount({
      source: { persistentVolumeClaim: { claimName, ...(readOnly && { readOnly }) } },
      readOnly,
      heldByOneNode: mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod',
      withoutIdMapping: options.storage === 'nfs',
    });
  }

  /** A volume made for the pod and deleted with it, from a storage class. */
  static ephemeral(size: ByteQuantity | Size, options: { readonly storageClass?: string } = {}): Mount {
    return new Mount({
      source: {
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: byteQuantity(size) } },
              ...(options.storageClass && { storageClassName: options.storageClass }),
            },
          },
        },
      },
      readOnly: false,
    });
  }

  /**
   * A folder that lives as long as the pod, for files that its containers hand to each other: mount the same one in each. For a path that only
   * one container writes to, `writable` is shorter.
   */
  static scratch(options: { readonly size?: ByteQuantity | Size; readonly medium?: 'disk' | 'memory' } = {}): Mount {
    const { size, medium } = options;
    const emptyDir = {
      ...(medium === 'memory' && { medium: 'Memory' as const }),
      ...(size && { sizeLimit: byteQuantity(size) }),
    };
    return new Mount({ source: { emptyDir }, readOnly: false });
  }

  /** A CSI driver's inline volume, such as the Secrets Store driver's. */
  static csi(driver: string, attributes: Readonly<Record<string, string>> = {}): Mount {
    return new Mount({
      source: { csi: { driver, readOnly: true, volumeAttributes: { ...attributes } } },
      readOnly: true,
    });
  }

  /** The files of an image (Kubernetes 1.35 and later). */
  static image(reference: string): Mount {
    return new Mount({ source: { image: { reference, pullPolicy: 'IfNotPresent' } }, readOnly: true });
  }

  /** Several sources under one path. */
  static projected(...sources: readonly VolumeProjection[]): Mount {
    return new Mount({ source: { projected: { sources: [...sources], defaultMode: 0o440 } }, readOnly: true });
  }

  /** Fields of the pod as files: `{ 'labels': 'metadata.labels' }`. */
  static podInfo(files: Readonly<Record<string, string>>): Mount {
    const items = Object.entries(files).map(([path, fieldPath]) => ({ path, fieldRef: { fieldPath } }));
    return new Mount({ source: { downwardAPI: { items, defaultMode: 0o444 } }, readOnly: true });
  }

  /** @internal */
  static of(source: VolumeSource, readOnly: boolean, traits: MountTraits = {}): Mount {
    return new Mount({ source, readOnly, ...traits });
  }

  readonly source: VolumeSource;
  readonly readOnly: boolean;
  /** True where only one node at a time can hold the volume. */
  readonly heldByOneNode: boolean;
  /** True where the file system cannot map ids. */
  readonly withoutIdMapping: boolean;

  private constructor(internals: MountInternals) {
    this.source = internals.source;
    this.readOnly = internals.readOnly;
    this.heldByOneNode = internals.heldByOneNode ?? false;
    this.withoutIdMapping = internals.withoutIdMapping ?? false;
  }

  /** The mount of this volume at a path. @internal */
  at(mountPath: string, name: string): VolumeMount {
    return { name, mountPath, ...(this.readOnly && { readOnly: true }) };
  }
}

function keys(options: KeysOptions) {
  const items = options.items && Object.entries(options.items).map(([key, path]) => ({ key, path }));
  return { ...(items && { items }), ...(options.optional !== undefined && { optional: options.optional }) };
}
