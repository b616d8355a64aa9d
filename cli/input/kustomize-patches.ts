import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isMapping, listOf } from '../../core/manifest/plain';
import { readValue } from '../../core/manifest/yaml/read-value';
import type { InputError } from '../../core/report/check-report';
import type { InputFile } from './find-files';
import { readText } from './read-text';

/** What kustomizations among files say of others. */
export interface KustomizePatches {
  /** Whether a file is a patch, and no object. */
  readonly isPatch: (file: InputFile) => boolean;
  /** That patches are not applied: who deploys them deploys something else than what is checked. */
  readonly errors: readonly InputError[];
}

/** Reads the kustomizations that were found in folders. A file that is named by itself is what it says it is. */
export function kustomizePatches(files: readonly InputFile[]): KustomizePatches {
  const patches = new Set<string>();
  const resources = new Set<string>();
  const errors: InputError[] = [];
  for (const { path, discovered } of files) {
    if (!discovered || !/^kustomization\.ya?ml$/.test(basename(path))) continue;
    const kustomization = kustomizationIn(path);
    if (kustomization === undefined) continue;
    const folder = dirname(path);
    const named = patchesOf(kustomization);
    for (const each of named) addFile(patches, folder, each);
    for (const each of listOf(kustomization.resources)) addFile(resources, folder, each);
    if (named.length > 0) errors.push({ file: path, reason: unapplied(kustomization, folder) });
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

function unapplied({ kind }: Readonly<Record<string, unknown>>, folder: string): string {
  const built = kind === 'Component' ? '<what takes this component>' : folder;
  return `the patches of a kustomization are not applied: kustomize build ${built} | bulwark check -`;
}

function kustomizationIn(path: string): Readonly<Record<string, unknown>> | undefined {
  const read = readText(path);
  // What is wrong with it is reported where it is read as a manifest.
  const value = 'text' in read ? readValue(read.text, path).value : null;
  return isMapping(value) ? value : undefined;
}

/** Each patch: the path of its file, or undefined where it stands in the kustomization itself. */
function patchesOf(kustomization: Readonly<Record<string, unknown>>): readonly (string | undefined)[] {
  const { patches, patchesJson6902, patchesStrategicMerge } = kustomization;
  const written = [...listOf(patches), ...listOf(patchesJson6902)].map((each) =>
    isMapping(each) && typeof each.path === 'string' ? each.path : undefined,
  );
  const merged = listOf(patchesStrategicMerge).map((each) =>
    typeof each === 'string' && !each.includes('\n') ? each : undefined,
  );
  return [...written, ...merged];
}

function addFile(to: Set<string>, folder: string, path: unknown): void {
  const real = typeof path === 'string' ? realOf(join(folder, path)) : undefined;
  if (real !== undefined) to.add(real);
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
