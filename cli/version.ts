import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of this package, from its own package.json: one folder up in the sources, two in the build. */
export function ownVersion(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = readManifest(join(folder, 'package.json'));
    if (manifest?.name === 'kube-bulwark' && manifest.version !== undefined) return manifest.version;
  }
  throw new Error(`no package.json of kube-bulwark above ${__dirname}; install the package again`);
}

function readManifest(path: string): { readonly name?: string; readonly version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
