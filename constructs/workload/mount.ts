import type { Size } from 'cdk8s';
import { newestVersion } from '../../core/cluster/version';
import { formatPath } from '../../core/manifest/path';
import { isMapping } from '../../core/manifest/plain';
import type { VolumeMount, VolumeProjection, VolumeSource } from '../../core/manifest/pod';
import { faultsBy } from '../../core/schema';
import type { DeclarationFault } from '../app/declaration';
import {
  flag,
  list,
  map,
  number,
  oneOf,
  required,
  type Shape,
  type Shapes,
  show,
  takeCall,
  text,
  value,
} from '../app/shape';
import { byteQuantity } from '../kplus/quantity';
import { bytes } from './amount-shapes';
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
  /** @default - none */
  readonly faults?: readonly DeclarationFault[];
}

interface EphemeralOptions {
  readonly size: ByteQuantity | Size;
  readonly storageClass?: string;
}

interface ScratchOptions {
  readonly size?: ByteQuantity | Size;
  readonly medium?: 'disk' | 'memory';
}

type With<K extends string, T extends object = object> = T & Readonly<Record<K, string>>;
type Texts = Readonly<Record<string, string>>;

interface Attributes {
  readonly attributes: Texts;
}

interface Sources {
  readonly sources: readonly VolumeProjection[];
}

interface Files {
  readonly files: Texts;
}

const named = required(
  value('a name', (given) => typeof given === 'string' && given !== ''),
  "'data'",
  'unnamed',
);

const keysShapes: Shapes<With<'name', KeysOptions>> = {
  name: named,
  items: map(text, 'asked for'),
  mode: number,
  optional: flag,
};
const claimShapes: Shapes<With<'claimName', ClaimOptions>> = {
  claimName: named,
  writable: flag,
  accessMode: oneOf(['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany', 'ReadOnlyMany']),
  storage: oneOf(['block', 'nfs']),
};
const ephemeralShapes: Shapes<EphemeralOptions> = { size: required(bytes, "'1Gi'", '1Gi'), storageClass: text };
const scratchShapes: Shapes<ScratchOptions> = { size: bytes, medium: oneOf(['disk', 'memory']) };
const csiShapes: Shapes<With<'driver', Attributes>> = {
  driver: named,
  attributes: map(text, 'asked for'),
};
const imageShapes: Shapes<With<'reference'>> = { reference: named };
const source = "{ configMap: { name: 'settings' } }";
/** What Kubernetes projects, by its own schema. */
const projection: Shape = {
  what: 'a source',
  take: (given, path, report) => {
    if (!isMapping(given)) {
      report(path, given, `${show(given)} is no source`, `give one such as ${source}`);
      return undefined;
    }
    for (const fault of faultsBy('core.v1.VolumeProjection', given, newestVersion))
      report(`${path}.${formatPath(fault.path)}`, fault.value, fault.message, fault.remedy);
    return given;
  },
};
const projectedShapes: Shapes<Sources> = { sources: list(projection) };
const podInfoShapes: Shapes<Files> = {
  files: required(map(text, 'asked for'), "{ labels: 'metadata.labels' }", {}),
};

/** Where the files under a path of the container come from. Read-only unless it says otherwise. */
export class Mount {
  /** The keys of a ConfigMap as files. */
  static configMap(name: string, options: KeysOptions = {}): Mount {
    const { props, faults } = takeCall<With<'name', KeysOptions>>(keysShapes, { name }, options);
    const configMap = { name: props.name, ...keys(props), defaultMode: props.mode ?? 0o444 };
    return new Mount({ source: { configMap }, readOnly: true, faults });
  }

  /** A PersistentVolumeClaim that exists. */
  static claim(claimName: string, options: ClaimOptions = {}): Mount {
    const { props, faults } = takeCall<With<'claimName', ClaimOptions>>(claimShapes, { claimName }, options);
    const mode = props.accessMode ?? 'ReadWriteOnce';
    const readOnly = props.writable === false || mode === 'ReadOnlyMany';
    return new Mount({
      source: { persistentVolumeClaim: { claimName: props.claimName, ...(readOnly && { readOnly }) } },
      readOnly,
      heldByOneNode: mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod',
      withoutIdMapping: props.storage === 'nfs',
      faults,
    });
  }

  /** A volume made for the pod and deleted with it, from a storage class. */
  static ephemeral(size: ByteQuantity | Size, options: { readonly storageClass?: string } = {}): Mount {
    const { props, faults } = takeCall<EphemeralOptions>(ephemeralShapes, { size }, options);
    return new Mount({
      source: {
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: byteQuantity(props.size) } },
              ...(props.storageClass !== undefined && { storageClassName: props.storageClass }),
            },
          },
        },
      },
      readOnly: false,
      faults,
    });
  }

  /**
   * A folder that lives as long as the pod, for files that its containers hand to each other: mount the same one in each. For a path that only
   * one container writes to, `writable` is shorter.
   */
  static scratch(options: { readonly size?: ByteQuantity | Size; readonly medium?: 'disk' | 'memory' } = {}): Mount {
    const { props, faults } = takeCall<ScratchOptions>(scratchShapes, {}, options);
    const { size, medium } = props;
    const emptyDir = {
      ...(medium === 'memory' && { medium: 'Memory' as const }),
      ...(size && { sizeLimit: byteQuantity(size) }),
    };
    return new Mount({ source: { emptyDir }, readOnly: false, faults });
  }

  /** A CSI driver's inline volume, such as the Secrets Store driver's. */
  static csi(driver: string, attributes: Readonly<Record<string, string>> = {}): Mount {
    const { props, faults } = takeCall<With<'driver', Attributes>>(csiShapes, { driver, attributes });
    const volumeAttributes = { ...props.attributes };
    return new Mount({
      source: { csi: { driver: props.driver, readOnly: true, volumeAttributes } },
      readOnly: true,
      faults,
    });
  }

  /** The files of an image (Kubernetes 1.35 and later). */
  static image(reference: string): Mount {
    const { props, faults } = takeCall<With<'reference'>>(imageShapes, { reference });
    return new Mount({
      source: { image: { reference: props.reference, pullPolicy: 'IfNotPresent' } },
      readOnly: true,
      faults,
    });
  }

  /** Several sources under one path. */
  static projected(...sources: readonly VolumeProjection[]): Mount {
    const { props, faults } = takeCall<Sources>(projectedShapes, { sources });
    return new Mount({
      source: { projected: { sources: [...props.sources], defaultMode: 0o440 } },
      readOnly: true,
      faults,
    });
  }

  /** Fields of the pod as files: `{ 'labels': 'metadata.labels' }`. */
  static podInfo(files: Readonly<Record<string, string>>): Mount {
    const { props, faults } = takeCall<Files>(podInfoShapes, { files });
    const items = Object.entries(props.files).map(([path, fieldPath]) => ({ path, fieldRef: { fieldPath } }));
    return new Mount({ source: { downwardAPI: { items, defaultMode: 0o444 } }, readOnly: true, faults });
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
  /** What was wrong with the arguments. @internal */
  readonly faults: readonly DeclarationFault[];

  private constructor(internals: MountInternals) {
    this.source = internals.source;
    this.readOnly = internals.readOnly;
    this.heldByOneNode = internals.heldByOneNode ?? false;
    this.withoutIdMapping = internals.withoutIdMapping ?? false;
    this.faults = internals.faults ?? [];
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
