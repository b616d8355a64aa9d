/** The example as its tests make it: for any target, on a day that stands still; and upstream's own manifests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject, Layout } from '../../core/manifest';
import { onlineBoutique, registries } from '../../examples/online-boutique/online-boutique';
import {
  BulwarkApp,
  ClusterTarget,
  type ExistingNamespace,
  type LockedNamespace,
  type MeshName,
  MutualTls,
  type PlatformProps,
} from '../../index';
import { corpus } from '../support/corpus';

/** {@link boutique} */
export interface BoutiqueOptions {
  /** The version of Kubernetes. */
  readonly target: string;
  /** @default - nothing is written */
  readonly outdir?: string;
  /** @default 'namespace' */
  readonly layout?: Layout;
  /** @default 'online-boutique' */
  readonly namespace?: string;
  /** Where its images are pulled from in place of upstream. @default - from upstream */
  readonly images?: Pick<PlatformProps, 'registries' | 'privateRegistry' | 'imageLock'>;
}

/** The example, declared. */
export function boutique({ target, namespace, images, ...rest }: BoutiqueOptions): {
  readonly app: BulwarkApp;
  readonly shop: LockedNamespace;
} {
  const today = '2026-11-21';
  const app = new BulwarkApp({ target: ClusterTarget.of(target), today, ...rest, ...(images ?? { registries }) });
  return { app, shop: onlineBoutique(app, namespace) };
}

/** Every object of the example, in the order in which they are applied, read back from the YAML that is written. */
export function boutiqueObjects(options: BoutiqueOptions): readonly KubernetesObject[] {
  return readObjects(boutique(options).app.synthYaml());
}

const theirs = corpus('online-boutique');

export const upstreamLack = theirs.lack;

/** Upstream's manifests and network policies; none where they lack. */
export function upstreamObjects(): readonly KubernetesObject[] {
  return theirs.yamlFiles().flatMap((file) => readObjects(readFileSync(file, 'utf8')));
}

/** The objects of a YAML text. */
export function readObjects(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

/** The objects of a kind, by name. */
export function byName(objects: readonly KubernetesObject[], kind: string): ReadonlyMap<string, KubernetesObject> {
  return new Map(
    objects.filter((object) => object.kind === kind).map((object) => [String(object.metadata?.name), object]),
  );
}

/** Relative path -> content of every file in a folder. */
export function filesUnder(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

/** The example in a service mesh, with the gateway of others in it, too. */
export function meshedBoutiqueObjects(mesh: MeshName, namespace?: string): readonly KubernetesObject[] {
  const target = ClusterTarget.of('1.36', { meshPlugin: mesh === 'linkerd' ? 'linkerd-cni' : 'istio-cni' });
  const app = new BulwarkApp({ target, registries, today: '2026-11-21' });
  onlineBoutique(app, namespace);
  const gateways = app.node.findChild('gateway-system') as ExistingNamespace;
  new MutualTls(app, 'mutual-tls', { mesh, meshed: [gateways] });
  return readObjects(app.synthYaml());
}
