import { isClusterScoped } from '../cluster/scopes';
import { namespaceFileName, objectFileName } from './file-name';
import { formatIdentity, type Identity, identityOf } from './identity';
import type { KubernetesObject } from './object';
import { writeManifests, writeYaml } from './yaml/write';

/**
 * How objects become files: `namespace` is one file a namespace, `object` one file an object with a kustomization per folder.
 * @see layOut
 */
export type Layout = 'namespace' | 'object';

/** Where cluster-scoped objects go: `cluster.yaml`, or the folder `cluster`. */
const CLUSTER = 'cluster';

/**
 * Where namespaced objects without a namespace go: whoever applies them chooses one (`kubectl -n`, the destination of an Argo CD
 * Application, Flux's `targetNamespace`), so they are never mixed with those of a namespace, `default` included.
 */
const NO_NAMESPACE = 'no-namespace';

const RESERVED: ReadonlySet<string> = new Set([CLUSTER, NO_NAMESPACE]);
const KUSTOMIZATION = 'kustomization.yaml';

/** Two objects that would land in one file of the layout. */
export class LayoutCollisionError extends Error {
  override readonly name = 'LayoutCollisionError';

  constructor(
    readonly path: string,
    readonly objects: readonly [Identity, Identity],
  ) {
    const [first, second] = objects.map(formatIdentity);
    super(
      first === second
        ? `${first} exists twice, and both would be written to ${path}; give one of them another name`
        : `${first} and ${second} would both be written to ${path}; rename one of them, or use the layout 'namespace'`,
    );
  }
}

/** An object that the layout `object` cannot give a file of its own, because it has no name. */
export class UnnamedObjectError extends Error {
  override readonly name = 'UnnamedObjectError';

  constructor(readonly object: Identity) {
    super(
      `${formatIdentity(object).trimEnd()} has no metadata.name, so it can have no file of its own; ` +
        `give it one, or use the layout 'namespace' (kustomize refuses metadata.generateName)`,
    );
  }
}

/**
 * Lays objects out as files, in the order given (see `orderObjects`), as relative path (always with `/`) -> content.
 *
 * - `namespace`: `<namespace>.yaml` with everything in that namespace, the Namespace itself included; `cluster.yaml` with what is
 *   cluster-scoped; `no-namespace.yaml` with namespaced objects that name none.
 * - `object`: `<namespace>/<Kind>[.<group>].<name>.yaml`, `cluster/…`, `no-namespace/…`, and a `kustomization.yaml` in each folder
 *   and at the root: `kubectl apply -k`, Argo CD and Flux take either the whole or one folder.
 *
 * Names are made safe for every file system (see `encodeName`), and stay the same whatever other objects there are. A namespace
 * that is called `cluster`, `no-namespace`, `kustomization` or as a Windows device becomes `namespace.<its name>`.
 *
 * No objects give no files.
 *
 * An object with bytes of its own gets a file of its own in both layouts, `<namespace>/<Kind>[.<group>].<name>.yaml`: what SOPS has encrypted
 * can be decrypted by file only.
 *
 * @param clusterScopedKinds - custom kinds without a namespace, as `group/Kind`, besides Kubernetes' own and those that
 *   CustomResourceDefinitions among the objects define. @default - none
 * @param textOf - the bytes of an object that is not to be written anew. @default - none has any
 * @throws LayoutCollisionError, UnnamedObjectError (layout `object`).
 */
export function layOut(
  objects: readonly KubernetesObject[],
  layout: Layout,
  clusterScopedKinds: Iterable<string> = [],
  textOf: TextOf = () => undefined,
): ReadonlyMap<string, string> {
  const homes = groupByHome(objects, new Set([...clusterScopedKinds, ...definedClusterScoped(objects)]));
  return LAYOUTS[layout](homes, textOf);
}

/** The bytes of an object that is not to be written anew. */
export type TextOf = (object: KubernetesObject) => string | undefined;

interface Entry {
  readonly object: KubernetesObject;
  readonly identity: Identity;
}

/** Folder or file of a group of objects, without extension -> its objects. */
type Homes = ReadonlyMap<string, readonly Entry[]>;

const LAYOUTS: Readonly<Record<Layout, (homes: Homes, textOf: TextOf) => ReadonlyMap<string, string>>> = {
  namespace: (homes, textOf) => {
    const files = new Map<string, string>();
    for (const [home, entries] of homes) {
      const written = entries.filter(({ object }) => textOf(object) === undefined);
      if (written.length > 0) files.set(`${home}.yaml`, writeManifests(written.map(({ object }) => object)));
      if (written.length < entries.length)
        writeFiles(
          files,
          home,
          entries.filter((entry) => !written.includes(entry)),
          textOf,
        );
    }
    return files;
  },
  object: (homes, textOf) => {
    const files = new Map<string, string>();
    for (const [home, entries] of homes)
      files.set(`${home}/${KUSTOMIZATION}`, kustomization(writeFiles(files, home, entries, textOf)));
    if (homes.size > 0) files.set(KUSTOMIZATION, kustomization([...homes.keys()]));
    return files;
  },
};

/** One file an object. @returns their names */
function writeFiles(
  files: Map<string, string>,
  folder: string,
  entries: readonly Entry[],
  textOf: TextOf,
): readonly string[] {
  // By the name in lower case: on macOS and Windows Foo.yaml and foo.yaml are one file.
  const taken = new Map<string, Identity>();
  const names: string[] = [];
  for (const { object, identity } of entries) {
    if (!object.metadata?.name) throw new UnnamedObjectError(identity);
    const { kind, group, name } = identity;
    const file = `${objectFileName(kind, group, name)}.yaml`;
    const folded = file.toLowerCase();
    const other = taken.get(folded);
    if (other !== undefined) throw new LayoutCollisionError(`${folder}/${file}`, [other, identity]);
    taken.set(folded, identity);
    names.push(file);
    files.set(`${folder}/${file}`, textOf(object) ?? writeManifests([object]));
  }
  return names;
}

function kustomization(resources: readonly string[]): string {
  return writeYaml({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...resources].sort(),
  });
}

/** Groups the objects by the file or folder they live in, sorted by its name. */
function groupByHome(objects: readonly KubernetesObject[], clusterScoped: ReadonlySet<string>): Homes {
  const homes = new Map<string, Entry[]>();
  const homeOfNamespace = new Map<string, string>();
  const named = (namespace: string): string => {
    let home = homeOfNamespace.get(namespace);
    if (home === undefined) {
      home = namespaceFileName(namespace, RESERVED);
      homeOfNamespace.set(namespace, home);
    }
    return home;
  };
  for (const object of objects) {
    const identity = identityOf(object);
    const { group, kind, namespace, name } = identity;
    let home: string;
    if (group === '' && kind === 'Namespace') home = named(name);
    else if (isClusterScoped(group, kind, clusterScoped)) home = CLUSTER;
    else home = namespace === undefined ? NO_NAMESPACE : named(namespace);
    const entries = homes.get(home);
    if (entries === undefined) homes.set(home, [{ object, identity }]);
    else entries.push({ object, identity });
  }
  return new Map([...homes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The kinds that CustomResourceDefinitions among the objects define as cluster-scoped, as `group/Kind`. */
function definedClusterScoped(objects: readonly KubernetesObject[]): readonly string[] {
  const kinds: string[] = [];
  for (const { kind, spec } of objects) {
    if (kind !== 'CustomResourceDefinition') continue;
    const { scope, group, names } = (spec ?? {}) as {
      readonly scope?: string;
      readonly group?: string;
      readonly names?: { readonly kind?: string };
    };
    if (scope === 'Cluster') kinds.push(`${group}/${names?.kind}`);
  }
  return kinds;
}
