import type * as kplus from 'cdk8s-plus-28';
import type {
  AzureDataDiskCachingMode,
  AzureDataDiskKind,
  HostPathType,
  KeyToPath,
  StorageMedium,
} from '../../core/manifest/pod';
import { Mount } from '../workload/mount';
import { isHeldByOneNode } from './claim';
import { present, settle, unwrap } from './settle';

type KubeVolume = ReturnType<kplus.Volume['_toKube']>;

/** The kinds of volume that cdk8s-plus-28 makes. */
type Kind =
  | 'awsElasticBlockStore'
  | 'azureDisk'
  | 'configMap'
  | 'csi'
  | 'emptyDir'
  | 'gcePersistentDisk'
  | 'hostPath'
  | 'nfs'
  | 'persistentVolumeClaim'
  | 'secret';

/** Each kind field by field: cdk8s-plus spells some in its own way (`volumeId`), and wraps quantities. */
const converters: {
  readonly [K in Kind]: (given: NonNullable<KubeVolume[K]>, volume: kplus.Volume) => Mount;
} = {
  awsElasticBlockStore: ({ volumeId, fsType, partition, readOnly }) =>
    Mount.of(
      { awsElasticBlockStore: present({ volumeID: volumeId, fsType, partition, readOnly }) },
      readOnly === true,
      // An EBS volume is attached to one instance, whether or not it writes.
      { heldByOneNode: true },
    ),
  azureDisk: ({ diskName, diskUri, cachingMode, fsType, kind, readOnly }) =>
    Mount.of(
      {
        azureDisk: present({
          diskName,
          diskURI: diskUri,
          cachingMode: cachingMode as AzureDataDiskCachingMode | undefined,
          fsType,
          kind: kind as AzureDataDiskKind | undefined,
          readOnly,
        }),
      },
      readOnly === true,
      { heldByOneNode: true },
    ),
  configMap: ({ name, defaultMode, optional, items }) =>
    Mount.of({ configMap: present({ name, defaultMode, optional, items: convertItems(items) }) }, true),
  csi: ({ driver, fsType, readOnly, volumeAttributes }) =>
    Mount.of({ csi: present({ driver, fsType, readOnly, volumeAttributes }) }, readOnly === true),
  emptyDir: ({ medium, sizeLimit }) =>
    Mount.of(
      { emptyDir: present({ medium: medium as StorageMedium | undefined, sizeLimit: unwrap(sizeLimit) }) },
      false,
    ),
  gcePersistentDisk: ({ pdName, fsType, partition, readOnly }) =>
    Mount.of({ gcePersistentDisk: present({ pdName, fsType, partition, readOnly }) }, readOnly === true, {
      // Many nodes can read a disk as long as none writes to it.
      heldByOneNode: readOnly !== true,
    }),
  hostPath: ({ path, type }) =>
    Mount.of({ hostPath: present({ path, type: type as HostPathType | undefined }) }, false),
  nfs: ({ server, path, readOnly }) =>
    Mount.of({ nfs: present({ server, path, readOnly }) }, readOnly === true, { withoutIdMapping: true }),
  persistentVolumeClaim: ({ claimName, readOnly }, volume) =>
    Mount.of({ persistentVolumeClaim: present({ claimName, readOnly }) }, readOnly === true, {
      heldByOneNode: isHeldByOneNode(volume, claimName),
    }),
  secret: ({ secretName, defaultMode, optional, items }) =>
    Mount.of({ secret: present({ secretName, defaultMode, optional, items: convertItems(items) }) }, true),
};

/**
 * A cdk8s-plus Volume as a Mount, read-only where its source can only be read or says so. Its name is not kept: the pod names
 * its volumes itself. Nothing is added and nothing is left out, so that the rules judge what its owner wrote.
 *
 * @throws TypeError for a kind of volume that cdk8s-plus-28 does not make
 */
export function convertVolume(volume: kplus.Volume): Mount {
  const rendered = settle(volume._toKube());
  const mount = (Object.keys(converters) as Kind[]).map((kind) => convert(kind, rendered, volume)).find(Boolean);
  if (mount) return mount;
  const { name, ...source } = rendered;
  throw new TypeError(
    `${volume.node.path}: volume ${name} has the source ${JSON.stringify(source)}, which is none of ${Object.keys(converters).join(', ')}; use a Mount in its place`,
  );
}

function convert<K extends Kind>(kind: K, rendered: KubeVolume, volume: kplus.Volume): Mount | undefined {
  const source = rendered[kind];
  return source ? converters[kind](source, volume) : undefined;
}

function convertItems(items: readonly KeyToPath[] | undefined): readonly KeyToPath[] | undefined {
  return items?.map(({ key, path, mode }) => present({ key, path, mode }));
}
