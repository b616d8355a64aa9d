import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isMapping, listOf } from '../../core/manifest/plain';
import { readValue } from '../../core/manifest/yaml/read-value';
import type { InputError } from '../../core/report/check-report';
import type { InputFile } from './find-files';
import { excluder } from './path-glob';
import { readText } from './read-text';

type Kustomization = Readonly<Record<string, unknown>>;

/** The names that kustomize looks for in a folder. */
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;

/** Fields that leave what is deployed as the listed files say it. Every other field changes it, or adds to it. */
const CHANGES_NOTHING: ReadonlySet<string> = new Set([
  ...['apiVersion', 'kind', 'metadata'],
  ...['resources', 'bases', 'crds'],
  ...['buildMetadata', 'generatorOptions', 'helmGlobals', 'openapi', 'sortOptions', 'validators'],
]);

/** What kustomizations among files say of others. */
export interface Kustomizations {
  /** Whether a file is a patch, and no object. */
  readonly isPatch: (file: InputFile) => boolean;
  /** What they change and add: who deploys them deploys something else than what is checked. */
  readonly errors: readonly InputError[];
}

/** Reads the kustomizations that were found in folders. A file that is named by itself is what it says it is. */
export function readKustomizations(files: readonly InputFile[], exclude: readonly string[]): Kustomizations {
  const patches = new Set<string>();
  const resources = new Set<string>();
  const errors: InputError[] = [];
  const isExcluded = excluder(exclude);
  const isChecked = checkedAmong(files);
  for (const { path, discovered } of files) {
    if (!discovered || !KUSTOMIZATION.test(basename(path))) continue;
    const kustomization = kustomizationIn(path);
    if (kustomization === undefined) continue;
    const folder = dirname(path);
    for (const each of patchFilesOf(kustomization)) addFile(patches, folder, each);
    const unjudged = Object.keys(kustomization).filter(
      (field) => !CHANGES_NOTHING.has(field) && !isEmpty(kustomization[field]),
    );
    for (const each of [...listOf(kustomization.resources), ...listOf(kustomization.bases)]) {
      addFile(resources, folder, each);
      if (typeof each === 'string' && !isExcluded(join(folder, each)) && !isChecked(join(folder, each)))
        unjudged.push(each);
    }
    if (unjudged.length > 0) errors.push({ file: path, reason: unapplied(unjudged, kustomization, folder) });
  }
  return {
    isPatch: ({ path, discovered }) => {
      if (!discovered || patches.size === 0) return false;
      const real = realOf(path);
      return real !== undefined && patches.has(real) && !resources.has(real);
    },
    errors,
  };
}

function unapplied(unjudged: readonly string[], { kind }: Kustomization, folder: string): string {
  const built = kind === 'Component' ? '<what takes this component>' : folder;
  return `what a kustomization changes and adds is not judged (${unjudged.join(', ')}): kustomize build ${built} | bulwark check -`;
}

/** A kustomization as kustomize takes it, which may lack kind and apiVersion: Flux has objects of the same kind. */
function kustomizationIn(path: string): Kustomization | undefined {
  const read = readText(path);
  // What is wrong with it is reported where it is read as a manifest.
  const value = 'text' in read ? readValue(read.text, path).value : null;
  return isMapping(value) && /^kustomize\.config\.k8s\.io\/|^$/.test(String(value.apiVersion ?? ''))
    ? value
    : undefined;
}

/** Whether a file, or one in a folder, is among those that are checked. */
function checkedAmong(files: readonly InputFile[]): (path: string) => boolean {
  const known = new Set<string>();
  const addAll = (): void => {
    for (const { path } of files)
      for (let each = realOf(path); each !== undefined && !known.has(each); each = dirname(each)) known.add(each);
  };
  return (path) => {
    if (known.size === 0) addAll();
    const real = realOf(path);
    return real !== undefined && known.has(real);
  };
}

function patchFilesOf(kustomization: Kustomization): readonly unknown[] {
  const { patches, patchesJson6902, patchesStrategicMerge } = kustomization;
  const written = [...listOf(patches), ...listOf(patchesJson6902)].map((each) =>
    isMapping(each) ? each.path : undefined,
  );
  return [...written, ...listOf(patchesStrategicMerge)];
}

function addFile(to: Set<string>, folder: string, path: unknown): void {
  const real = typeof path === 'string' && !path.includes('\n') ? realOf(join(folder, path)) : undefined;
  if (real !== undefined) to.add(real);
}

function isEmpty(value: unknown): boolean {
  return value == null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
