import * as fc from 'fast-check';
import { type Layout, LayoutCollisionError, layOut, UnnamedObjectError } from '../../../core/manifest/layout';
import type { KubernetesObject } from '../../../core/manifest/object';
import { writeManifests } from '../../../core/manifest/yaml/write';

function object(apiVersion: string, kind: string, name?: string, namespace?: string, rest = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { ...(name && { name }), ...(namespace && { namespace }) }, ...rest };
}

const namespace = (name: string) => object('v1', 'Namespace', name);
const config = (name: string, inNamespace?: string) => object('v1', 'ConfigMap', name, inNamespace);
const clusterRole = (name: string) => object('rbac.authorization.k8s.io/v1', 'ClusterRole', name);
const pathsOf = (objects: readonly KubernetesObject[], layout: Layout) => [...layOut(objects, layout).keys()];

const widgets = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.shop.example', undefined, {
  spec: { group: 'shop.example', scope: 'Cluster', names: { kind: 'Widget' } },
});

describe("layOut 'namespace'", () => {
  it('writes a file a namespace with its Namespace, one for the cluster, one for what names no namespace', () => {
    const shop = [namespace('shop'), config('a', 'shop'), object('apps/v1', 'Deployment', 'b', 'shop')];
    const pay = [config('a', 'pay')];
    const cluster = [widgets, clusterRole('viewer'), object('shop.example/v1', 'Widget', 'w')];
    const loose = [config('a'), object('other.example/v1', 'Gadget', 'g')];
    const mixed = [cluster[0]!, shop[0]!, loose[0]!, cluster[1]!, pay[0]!, shop[1]!, cluster[2]!, shop[2]!, loose[1]!];
    expect([...layOut(mixed, 'namespace')]).toEqual([
      ['cluster.yaml', writeManifests(cluster)],
      ['no-namespace.yaml', writeManifests(loose)],
      ['pay.yaml', writeManifests(pay)],
      ['shop.yaml', writeManifests(shop)],
    ]);
  });

  it('keeps a cluster-scoped object that carries a namespace by mistake out of that namespace', () => {
    expect(pathsOf([object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'a', 'shop')], 'namespace')).toEqual([
      'cluster.yaml',
    ]);
  });

  it('is told which custom kinds have no namespace', () => {
    const widget = object('shop.example/v1', 'Widget', 'w');
    expect([...layOut([widget], 'namespace').keys()]).toEqual(['no-namespace.yaml']);
    expect([...layOut([widget], 'namespace', ['shop.example/Widget']).keys()]).toEqual(['cluster.yaml']);
  });

  it('takes objects without a fixed name, and none', () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'run-', namespace: 'shop' } };
    expect(layOut([job, job], 'namespace').get('shop.yaml')).toBe(writeManifests([job, job]));
    expect(layOut([], 'namespace').size).toBe(0);
  });

  it.each([
    ['cluster', 'namespace.cluster.yaml'],
    ['no-namespace', 'namespace.no-namespace.yaml'],
    ['kustomization', 'namespace.kustomization.yaml'],
    ['con', 'namespace.con.yaml'],
    ['aux', 'namespace.aux.yaml'],
    ['com1', 'namespace.com1.yaml'],
    ['com10', 'com10.yaml'],
    ['console', 'console.yaml'],
    ['default', 'default.yaml'],
    ['namespace.cluster', 'namespace%2Ecluster.yaml'],
    ['../etc', '%2E%2E%2Fetc.yaml'],
    ['Shop', '%53hop.yaml'],
  ])('gives the namespace %p the file %s', (name, file) => {
    expect(pathsOf([namespace(name), config('a', name)], 'namespace')).toEqual([file]);
  });
});

describe("layOut 'object'", () => {
  it('writes a file an object, and kustomizations that list them', () => {
    const objects = [
      namespace('shop'),
      clusterRole('viewer'),
      object('apps/v1', 'Deployment', 'b', 'shop'),
      config('a'),
    ];
    const files = layOut(objects, 'object');
    expect(Object.fromEntries(files)).toEqual({
      'cluster/ClusterRole.rbac.authorization.k8s.io.viewer.yaml': writeManifests([objects[1]!]),
      'cluster/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- ClusterRole.rbac.authorization.k8s.io.viewer.yaml\n',
      'no-namespace/ConfigMap.a.yaml': writeManifests([objects[3]!]),
      'no-namespace/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- ConfigMap.a.yaml\n',
      'shop/Deployment.apps.b.yaml': writeManifests([objects[2]!]),
      'shop/Namespace.shop.yaml': writeManifests([objects[0]!]),
      'shop/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- Deployment.apps.b.yaml\n- Namespace.shop.yaml\n',
      'kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- cluster\n- no-namespace\n- shop\n',
    });
  });

  it('tells apart names that differ in case or in what no file name holds', () => {
    const roles = ['admin', 'Admin', 'system:admin', 'system%3Aadmin', 'a b', 'ü'].map(clusterRole);
    expect(pathsOf(roles, 'object').filter((path) => path.startsWith('cluster/C'))).toEqual([
      'cluster/ClusterRole.rbac.authorization.k8s.io.admin.yaml',
      'cluster/ClusterRole.rbac.authorization.k8s.io.%41dmin.yaml',
      'cluster/ClusterRole.rbac.authorization.k8s.io.system%3Aadmin.yaml',
      'cluster/ClusterRole.rbac.authorization.k8s.io.system%253%41admin.yaml',
      'cluster/ClusterRole.rbac.authorization.k8s.io.a%20b.yaml',
      'cluster/ClusterRole.rbac.authorization.k8s.io.%C3%BC.yaml',
    ]);
  });

  it('does not name a file as a Windows device, whatever the kind', () => {
    expect(pathsOf([object('shop.example/v1', 'Con', 'a', 'aux')], 'object')).toEqual([
      'namespace.aux/%43on.shop.example.a.yaml',
      'namespace.aux/kustomization.yaml',
      'kustomization.yaml',
    ]);
  });

  it('shortens names that are too long for a file system, each in its own way', () => {
    const long = 'a'.repeat(240);
    const paths = pathsOf([config(`${long}b`, 'shop'), config(`${long}c`, 'shop')], 'object');
    expect(new Set(paths).size).toBe(4);
    expect(paths[0]).toMatch(/^shop\/ConfigMap\.a+~[0-9a-f]{16}\.yaml$/);
    for (const path of paths) expect(path.split('/').at(-1)!.length).toBeLessThan(210);
  });

  it('refuses two objects that would be one file', () => {
    const run = (a: KubernetesObject, b: KubernetesObject) => () => layOut([a, b], 'object');
    expect(run(config('a', 'shop'), config('a', 'shop'))).toThrow(LayoutCollisionError);
    expect(run(config('a', 'shop'), config('a', 'shop'))).toThrow(
      'ConfigMap shop/a exists twice, and both would be written to shop/ConfigMap.a.yaml; give one of them another name',
    );
    // The group of one is the name of the other, and Kinds that differ in case are one file on macOS and Windows.
    expect(run(config('x.y.example.z', 'shop'), object('x.y.example/v1', 'ConfigMap', 'z', 'shop'))).toThrow(
      "ConfigMap shop/x.y.example.z and ConfigMap.x.y.example shop/z would both be written to shop/ConfigMap.x.y.example.z.yaml; rename one of them, or use the layout 'namespace'",
    );
    expect(run(object('a.b/v1', 'Thing', 'z', 'shop'), object('a.b/v1', 'THING', 'z', 'shop'))).toThrow(
      LayoutCollisionError,
    );
  });

  it('takes one name in two namespaces and of two groups', () => {
    const objects = [
      config('a', 'one'),
      config('a', 'two'),
      object('v1', 'Service', 'a', 'one'),
      object('serving.knative.dev/v1', 'Service', 'a', 'one'),
    ];
    expect(pathsOf(objects, 'object')).toHaveLength(4 + 3);
  });

  it.each([
    [{ generateName: 'run-', namespace: 'shop' }, 'Job.batch shop/run-* has no metadata.name'],
    [{ namespace: 'shop' }, 'Job.batch shop/ has no metadata.name'],
  ])('refuses an object without a name: %j', (metadata, message) => {
    const run = () => layOut([{ apiVersion: 'batch/v1', kind: 'Job', metadata }], 'object');
    expect(run).toThrow(UnnamedObjectError);
    expect(run).toThrow(message);
  });

  it('gives no files for no objects', () => {
    expect(layOut([], 'object').size).toBe(0);
  });
});

describe('layOut in every layout', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'a',
      'A',
      'cluster',
      'no-namespace',
      'kustomization',
      'con',
      '..',
      '.',
      'a:b',
      'a%3Ab',
      'x/../y',
      '~',
    ),
    fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
    fc.string({ minLength: 190, maxLength: 260, unit: 'grapheme-ascii' }),
  );
  const anObject = fc
    .tuple(
      fc.constantFrom(['v1', 'Namespace'], ['v1', 'ConfigMap'], ['apps/v1', 'Deployment'], ['x.example/v1', 'Role']),
      name,
      fc.option(name, { nil: undefined }),
    )
    .map(([[apiVersion, kind], itsName, itsNamespace]) => object(apiVersion!, kind!, itsName, itsNamespace));
  const someObjects = fc.uniqueArray(anObject, {
    // A Namespace has no namespace: two of one name would be one object.
    selector: ({ kind, metadata }) =>
      JSON.stringify([kind, metadata?.name, kind === 'Namespace' ? '' : metadata?.namespace]),
    maxLength: 25,
  });

  it('gives every object one place, under names that any file system holds and tells apart', () => {
    fc.assert(
      fc.property(someObjects, fc.constantFrom<Layout>('namespace', 'object'), (objects, layout) => {
        const files = layOut(objects, layout);
        const seen = new Set<string>();
        for (const path of files.keys()) {
          const segments = path.split('/');
          expect(segments.length).toBeLessThanOrEqual(2);
          for (const segment of segments) {
            expect(segment).toMatch(/^[A-Za-z0-9%_~-][A-Za-z0-9%._~-]*$/);
            expect(segment).not.toMatch(/\.$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
            expect(segment.length).toBeLessThanOrEqual(215);
          }
          expect(seen).not.toContain(path.toLowerCase());
          seen.add(path.toLowerCase());
        }
        const manifests = [...files].filter(([path]) => !/(?:^|\/)kustomization\.yaml$/.test(path));
        const documents = manifests.flatMap(([, content]) => content.split(/^---\n/m)).sort();
        expect(documents).toEqual(objects.map((each) => writeManifests([each])).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('gives an object the same file whatever else there is', () => {
    fc.assert(
      fc.property(someObjects, (objects) => {
        const all = new Set(layOut(objects, 'object').keys());
        for (const each of objects) for (const path of layOut([each], 'object').keys()) expect(all).toContain(path);
      }),
    );
  });
});
