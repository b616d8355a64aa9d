import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { convertVolume } from '../../../constructs/kplus';
import { lazily, renderedPod, testChart } from '../../support/kplus-oracle';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
// cdk8s cannot write an object with a key `constructor` (or `__proto__`): a test of its own is below.
const unwritable = ['constructor', '__proto__'];
const key = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/).filter((text) => !unwritable.includes(text)),
  fc.constantFrom('value', 'key', 'name'),
);
// cdk8s cannot write objects without a prototype.
const dictionary = <T>(value: fc.Arbitrary<T>) => fc.dictionary(key, value, { noNullPrototype: true });
const flag = optional(fc.boolean());
const mode = optional(fc.nat({ max: 0o777 }));
const fsType = optional(fc.constantFrom('ext4', 'xfs', ''));
const items = optional(dictionary(fc.record({ path: fc.string(), mode })));
const files = fc.record({ defaultMode: mode, optional: flag, items });
const disk = fc.record({ fsType, partition: optional(fc.nat({ max: 9 })), readOnly: flag });

type Make = (chart: Chart) => kplus.Volume;
const { Volume } = kplus;

/** Every way to make a Volume, over its options. */
const kinds: Readonly<Record<string, fc.Arbitrary<Make>>> = {
  configMap: fc.tuple(name, files).map(([map, options]) => (chart) => {
    return Volume.fromConfigMap(chart, 'volume', kplus.ConfigMap.fromConfigMapName(chart, 'source', map), options);
  }),
  secret: fc.tuple(name, files).map(([secret, options]) => (chart) => {
    return Volume.fromSecret(chart, 'volume', kplus.Secret.fromSecretName(chart, 'source', secret), options);
  }),
  emptyDir: fc
    .record({
      medium: optional(fc.constantFrom(kplus.EmptyDirMedium.DEFAULT, kplus.EmptyDirMedium.MEMORY)),
      sizeLimit: optional(fc.nat({ max: 1 << 20 }).map((amount) => Size.mebibytes(amount))),
    })
    .map((options) => (chart) => Volume.fromEmptyDir(chart, 'volume', 'scratch', options)),
  persistentVolumeClaim: fc.tuple(name, flag).map(([claim, readOnly]) => (chart) => {
    const source = kplus.PersistentVolumeClaim.fromClaimName(chart, 'source', claim);
    return Volume.fromPersistentVolumeClaim(chart, 'volume', source, { readOnly });
  }),
  csi: fc.tuple(name, fc.record({ fsType, readOnly: flag, attributes: optional(dictionary(fc.string())) })).map(
    ([driver, options]) =>
      (chart) =>
        Volume.fromCsi(chart, 'volume', driver, options),
  ),
  nfs: fc
    .record({ server: name, path: fc.string(), readOnly: flag })
    .map((options) => (chart) => Volume.fromNfs(chart, 'volume', 'share', options)),
  hostPath: fc
    .record({ path: fc.string(), type: optional(fc.constantFrom(...Object.values(kplus.HostPathVolumeType))) })
    .map((options) => (chart) => Volume.fromHostPath(chart, 'volume', 'host', options)),
  awsElasticBlockStore: fc.tuple(name, disk).map(
    ([id, options]) =>
      (chart) =>
        Volume.fromAwsElasticBlockStore(chart, 'volume', id, options),
  ),
  azureDisk: fc
    .tuple(
      name,
      fc.webUrl(),
      fc.record({
        fsType,
        readOnly: flag,
        cachingMode: optional(fc.constantFrom(...Object.values(kplus.AzureDiskPersistentVolumeCachingMode))),
        kind: optional(fc.constantFrom(...Object.values(kplus.AzureDiskPersistentVolumeKind))),
      }),
    )
    .map(
      ([disk, uri, options]) =>
        (chart) =>
          Volume.fromAzureDisk(chart, 'volume', disk, uri, options),
    ),
  gcePersistentDisk: fc.tuple(name, disk).map(
    ([id, options]) =>
      (chart) =>
        Volume.fromGcePersistentDisk(chart, 'volume', id, options),
  ),
};

function rendered(chart: Chart, volume: kplus.Volume) {
  const { volumes = [] } = renderedPod(chart, { volumeMounts: [{ path: '/data', volume }] });
  const { name: _, ...source } = volumes[0] ?? { name: '' };
  return source;
}

describe('convertVolume', () => {
  it('covers every way to make a Volume', () => {
    const factories = Object.getOwnPropertyNames(Volume).filter((property) => property.startsWith('from'));
    const kindOf = (factory: string) => factory.charAt(4).toLowerCase() + factory.slice(5);
    expect(factories.map(kindOf).sort()).toEqual(Object.keys(kinds).sort());
  });

  it.each(Object.entries(kinds))('%s: is what cdk8s-plus writes', (kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (make) => {
        const chart = testChart();
        const volume = make(chart);
        const { source } = convertVolume(volume);
        expect(source).toEqual(rendered(chart, volume));
        expect(Object.keys(source)).toEqual([kind]);
      }),
    );
  });

  it.each(Object.entries(kinds))('%s: is plain data without undefined', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (make) => {
        const { source } = convertVolume(make(testChart()));
        expect(source).toStrictEqual(JSON.parse(JSON.stringify(source)));
      }),
    );
  });

  it('takes an attribute called value for what it is', () => {
    const volume = Volume.fromCsi(testChart(), 'volume', 'driver', { attributes: { value: '8080' } });
    expect(convertVolume(volume).source).toEqual({ csi: { driver: 'driver', volumeAttributes: { value: '8080' } } });
  });

  it('sees through Lazy at any depth', () => {
    const volumes: Make[] = [
      (chart) =>
        Volume.fromConfigMap(chart, 'volume', { name: lazily('map') } as kplus.IConfigMap, { optional: lazily(true) }),
      (chart) => Volume.fromCsi(chart, 'volume', 'driver', { attributes: { a: lazily('b') }, readOnly: lazily(true) }),
      (chart) =>
        Volume.fromCsi(chart, 'volume', 'driver', {
          attributes: lazily({ a: lazily('b') }),
          fsType: lazily(undefined),
        }),
      (chart) => Volume.fromHostPath(chart, 'volume', 'host', { path: lazily('/') }),
      (chart) => Volume.fromNfs(chart, 'volume', 'share', { server: lazily('nfs'), path: '/', readOnly: lazily(true) }),
    ];
    for (const make of volumes) {
      const chart = testChart();
      const volume = make(chart);
      const { source } = convertVolume(volume);
      expect(source).toStrictEqual(rendered(chart, volume));
      expect(source).toStrictEqual(JSON.parse(JSON.stringify(source)));
    }
  });

  it('sees through implicit tokens, as cdk8s does', () => {
    const chart = testChart();
    const token = { resolve: () => 'vol-1' } as unknown as string;
    const volume = Volume.fromAwsElasticBlockStore(chart, 'volume', token);
    expect(convertVolume(volume).source).toEqual(rendered(chart, volume));
    expect(convertVolume(volume).source.awsElasticBlockStore?.volumeID).toBe('vol-1');
  });

  it('keeps an attribute called constructor, which cdk8s cannot write', () => {
    const chart = testChart();
    const attributes = { constructor: 'a' } as unknown as Record<string, string>;
    const volume = Volume.fromCsi(chart, 'volume', 'driver', { attributes });
    expect(convertVolume(volume).source.csi?.volumeAttributes).toEqual({ constructor: 'a' });
    expect(() => rendered(chart, volume)).toThrow(/can't render non-simple object/);
  });

  it('shares nothing with the volume that can be changed', () => {
    const attributes: Record<string, string> = { a: 'b' };
    const mount = convertVolume(Volume.fromCsi(testChart(), 'volume', 'driver', { attributes }));
    attributes.a = 'changed';
    expect(mount.source.csi?.volumeAttributes).toEqual({ a: 'b' });
  });

  it('refuses a kind that cdk8s-plus does not make, instead of dropping it', () => {
    const volume = Volume.fromEmptyDir(testChart(), 'volume', 'scratch');
    volume._toKube = () => ({ name: 'late', gitRepo: { repository: 'https://git.example' } });
    expect(() => convertVolume(volume)).toThrow(
      /^test\/volume: volume late has the source \{"gitRepo".*, which is none of awsElasticBlockStore, .*; use a Mount/,
    );
  });
});

describe('what a converted volume means for the pod', () => {
  const traits = (make: Make) => {
    const { readOnly, heldByOneNode, withoutIdMapping } = convertVolume(make(testChart()));
    return { readOnly, heldByOneNode, withoutIdMapping };
  };
  const plain = { readOnly: false, heldByOneNode: false, withoutIdMapping: false };
  const held = { ...plain, heldByOneNode: true };
  const readOnly = true;

  it.each<[string, Make, typeof plain]>([
    [
      'a ConfigMap',
      (chart) => Volume.fromConfigMap(chart, 'v', kplus.ConfigMap.fromConfigMapName(chart, 's', 's')),
      { ...plain, readOnly },
    ],
    [
      'a Secret',
      (chart) => Volume.fromSecret(chart, 'v', kplus.Secret.fromSecretName(chart, 's', 's')),
      { ...plain, readOnly },
    ],
    ['an emptyDir', (chart) => Volume.fromEmptyDir(chart, 'v', 'v'), plain],
    ['a hostPath', (chart) => Volume.fromHostPath(chart, 'v', 'v', { path: '/' }), plain],
    ['CSI', (chart) => Volume.fromCsi(chart, 'v', 'driver'), plain],
    ['CSI, read-only', (chart) => Volume.fromCsi(chart, 'v', 'driver', { readOnly }), { ...plain, readOnly }],
    [
      'NFS',
      (chart) => Volume.fromNfs(chart, 'v', 'v', { server: 's', path: '/' }),
      { ...plain, withoutIdMapping: true },
    ],
    [
      'NFS, read-only',
      (chart) => Volume.fromNfs(chart, 'v', 'v', { server: 's', path: '/', readOnly }),
      { ...plain, readOnly, withoutIdMapping: true },
    ],
    ['EBS', (chart) => Volume.fromAwsElasticBlockStore(chart, 'v', 'v'), held],
    [
      'EBS, read-only',
      (chart) => Volume.fromAwsElasticBlockStore(chart, 'v', 'v', { readOnly }),
      { ...held, readOnly },
    ],
    ['an Azure disk', (chart) => Volume.fromAzureDisk(chart, 'v', 'v', 'uri'), held],
    ['a GCE disk', (chart) => Volume.fromGcePersistentDisk(chart, 'v', 'v'), held],
    [
      'a GCE disk, read-only',
      (chart) => Volume.fromGcePersistentDisk(chart, 'v', 'v', { readOnly }),
      { ...plain, readOnly },
    ],
  ])('%s', (_, make, expected) => {
    expect(traits(make)).toEqual(expected);
  });

  const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD, READ_WRITE_MANY, READ_ONLY_MANY } = kplus.PersistentVolumeAccessMode;
  it.each<[string, kplus.PersistentVolumeAccessMode[] | undefined, boolean]>([
    ['that says nothing', undefined, true],
    ['ReadWriteOnce', [READ_WRITE_ONCE], true],
    ['ReadWriteOncePod', [READ_WRITE_ONCE_POD], true],
    ['ReadWriteMany', [READ_WRITE_MANY], false],
    ['ReadOnlyMany', [READ_ONLY_MANY], false],
    ['ReadWriteOnce and ReadWriteMany', [READ_WRITE_ONCE, READ_WRITE_MANY], false],
  ])('a claim %s', (_, accessModes, heldByOneNode) => {
    const make: Make = (chart) => {
      const claim = new kplus.PersistentVolumeClaim(chart, 'claim', { accessModes });
      return Volume.fromPersistentVolumeClaim(chart, 'v', claim);
    };
    expect(traits(make)).toEqual({ ...plain, heldByOneNode });
  });

  it('a read-only claim', () => {
    const make: Make = (chart) => {
      const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'data');
      return Volume.fromPersistentVolumeClaim(chart, 'v', claim, { readOnly });
    };
    expect(traits(make)).toEqual({ ...held, readOnly });
  });

  const shared = { metadata: { name: 'data' }, accessModes: [READ_WRITE_MANY] };
  const claimed = (scope: Construct) =>
    Volume.fromPersistentVolumeClaim(scope, 'v', { name: 'data' } as kplus.IPersistentVolumeClaim);

  it('a claim anywhere in the chart is found, once it is there', () => {
    const chart = testChart();
    const volume = claimed(new Construct(chart, 'app'));
    expect(convertVolume(volume).heldByOneNode).toBe(true);
    new kplus.PersistentVolumeClaim(new Construct(chart, 'storage'), 'claim', shared);
    expect(convertVolume(volume).heldByOneNode).toBe(false);
    expect(convertVolume(claimed(new Construct(chart, 'other-app'))).heldByOneNode).toBe(false);
  });

  it('a claim of another name, or of another chart, is not taken for it', () => {
    const app = new App();
    const [chart, other] = [new Chart(app, 'chart'), new Chart(app, 'other')];
    new kplus.PersistentVolumeClaim(chart, 'claim', { ...shared, metadata: { name: 'other' } });
    new kplus.PersistentVolumeClaim(other, 'claim', shared);
    expect(convertVolume(claimed(chart)).heldByOneNode).toBe(true);
  });

  it('two claims of one name, of which one node holds one', () => {
    const chart = testChart();
    new kplus.PersistentVolumeClaim(chart, 'here', shared);
    new kplus.PersistentVolumeClaim(chart, 'there', { metadata: { name: 'data', namespace: 'other' } });
    expect(convertVolume(claimed(chart)).heldByOneNode).toBe(true);
  });

  it('a claim outside any chart', () => {
    expect(convertVolume(claimed(new App())).heldByOneNode).toBe(true);
  });

  it("a persistent volume's own claim, which says nothing", () => {
    const chart = testChart();
    const owner = new kplus.AwsElasticBlockStorePersistentVolume(chart, 'pv', { volumeId: 'vol-1' });
    const mount = convertVolume(owner.asVolume());
    expect(mount.source.persistentVolumeClaim?.claimName).toBe(`pvc-${owner.name}`);
    expect(mount.heldByOneNode).toBe(true);
  });
});
