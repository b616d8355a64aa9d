/** Volumes of every type. */
import * as fc from 'fast-check';
import type { Volume, VolumeProjection, VolumeSource } from '../../../core/manifest/pod';
import { type Fields, few, of } from './parts';

const image = `registry.example/files@sha256:${'b'.repeat(64)}`;
const claim = {
  volumeClaimTemplate: {
    spec: { accessModes: ['ReadWriteOnce' as const], resources: { requests: { storage: '1Gi' } } },
  },
};

/** Sources that the restricted standard takes. */
const allowed = {
  configMap: of({ name: 'settings' }, { name: 'settings', items: [{ key: 'a', path: 'b' }], defaultMode: 0o444 }),
  csi: of({ driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'app' } }),
  downwardAPI: of({ items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] }),
  emptyDir: of({ sizeLimit: '16Mi' }, { medium: 'Memory' as const, sizeLimit: '8Mi' }, {}),
  ephemeral: of(claim),
  image: of({ reference: image, pullPolicy: 'IfNotPresent' as const }),
  persistentVolumeClaim: of({ claimName: 'data' }, { claimName: 'data', readOnly: true }),
  projected: of(
    { sources: [{ serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 3600 } }] },
    { sources: [{ secret: { name: 'tls' } }, { configMap: { name: 'settings' } }], defaultMode: 0o440 },
  ),
  secret: of({ secretName: 'tls' }, { secretName: 'tls', defaultMode: 0o400, optional: true }),
};

const secretRef = { name: 'credentials' };

/** Sources that it refuses, each as the API server takes it. */
const refused = {
  hostPath: of({ path: '/var/run/docker.sock' }, { path: '/', type: 'Directory' as const }),
  gcePersistentDisk: of({ pdName: 'disk' }),
  awsElasticBlockStore: of({ volumeID: 'vol-1' }),
  gitRepo: of({ repository: 'https://git.example/a.git' }),
  nfs: of({ server: 'nfs.example', path: '/exports' }),
  iscsi: of({ targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:storage.disk1', lun: 0 }),
  glusterfs: of({ endpoints: 'gluster', path: 'volume' }),
  rbd: of({ monitors: ['10.0.0.1:6789'], image: 'disk' }),
  flexVolume: of({ driver: 'example.com/driver' }),
  cinder: of({ volumeID: 'vol-1' }),
  cephfs: of({ monitors: ['10.0.0.1:6789'] }),
  flocker: of({ datasetName: 'data' }),
  fc: of({ targetWWNs: ['50060e801049cfd1'], lun: 0 }),
  azureFile: of({ secretName: 'files', shareName: 'share' }),
  vsphereVolume: of({ volumePath: '[store] disk' }),
  quobyte: of({ registry: 'quobyte.example:7861', volume: 'volume' }),
  azureDisk: of({ diskName: 'disk', diskURI: 'https://disks.example/disk' }),
  photonPersistentDisk: of({ pdID: 'disk' }),
  portworxVolume: of({ volumeID: 'volume' }),
  scaleIO: of({ gateway: 'https://scaleio.example', system: 'system', volumeName: 'volume', secretRef }),
  storageos: of({ volumeName: 'volume' }),
};

const sources: Fields<VolumeSource> = { ...allowed, ...refused };

function oneOf(
  table: Readonly<Partial<Record<keyof VolumeSource, fc.Arbitrary<unknown>>>>,
): fc.Arbitrary<VolumeSource> {
  const entries = Object.entries(table) as [string, fc.Arbitrary<unknown>][];
  return fc.oneof(...entries.map(([type, source]) => source.map((value) => ({ [type]: value }) as VolumeSource)));
}

/** The names of all volume types. */
export const volumeTypes = Object.keys(sources) as readonly (keyof VolumeSource)[];

/** A volume that the restricted standard takes, and any. */
export const allowedSource = oneOf(allowed);
export const anySource = fc.oneof({ weight: 2, arbitrary: allowedSource }, { weight: 3, arbitrary: oneOf(refused) });

/** A volume as a patch adds it. Some names are taken by volumes that are there already. */
export const volume: fc.Arbitrary<Volume> = fc
  .tuple(of('extra', 'more', '$main-writable-tmp', '$main-mount-etc-app'), anySource)
  .map(([name, source]) => ({ name, ...source }));

/** Sources of a projected volume. */
export const projections: fc.Arbitrary<VolumeProjection[]> = few(
  of<VolumeProjection>(
    { secret: { name: 'tls', items: [{ key: 'tls.crt', path: 'crt' }] } },
    { configMap: { name: 'settings', optional: true } },
    { downwardAPI: { items: [{ path: 'cpu', resourceFieldRef: { containerName: 'app', resource: 'requests.cpu' } }] } },
    { serviceAccountToken: { path: 'token', audience: 'vault' } },
  ),
  3,
  1,
);
