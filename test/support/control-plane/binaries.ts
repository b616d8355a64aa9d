/** Where the programs of a control plane come from. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, goBinary } from '../go-binary';
import type { Lack } from '../lack';
import { PROGRAMS, type Program, type Version } from './versions';

/** The path of each program that the version runs. */
export type Binaries = Readonly<Partial<Record<Program, string>>>;

/** Go packages of the programs. */
const PACKAGES: Readonly<Record<Program, string>> = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
};

/**
 * Finds or builds the programs of `version`, each from the first of these that has it:
 * the folder `KUBEBUILDER_ASSETS` (if the kube-apiserver in it says that it is this version),
 * `control-plane/<version>/` in the user's cache (likewise), and `go build` of modules/<version>, one program at a time.
 */
export async function binaries(
  version: Version,
  programs: readonly Program[] = PROGRAMS[version],
): Promise<{ readonly found: Binaries } | Lack> {
  const folders: string[] = [];
  for (const folder of [process.env.KUBEBUILDER_ASSETS, join(cacheFolder(), 'control-plane', version)]) {
    if (folder && (await holds(folder, version))) folders.push(folder);
  }
  const found: Partial<Record<Program, string>> = {};
  for (const program of programs) {
    const path = folders.map((folder) => join(folder, executable(program))).find(existsSync);
    const binary = path ? { path } : await built(program, version);
    if ('skipped' in binary) return binary;
    found[program] = binary.path;
  }
  return { found };
}

function built(program: Program, version: Version): ReturnType<typeof goBinary> {
  const [major, minor] = version.split('.');
  const variables = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const stamps = Object.entries(variables).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return goBinary({
    name: program,
    moduleDir: join(__dirname, 'modules', version),
    package: PACKAGES[program],
    // The scheduler has little that the others have not: Go keeps what is compiled.
    ...(program === 'kube-scheduler' && { quick: true as const }),
    ldflags: ['-s', '-w', ...(program === 'etcd' ? [] : stamps)].join(' '),
  });
}

async function holds(folder: string, version: Version): Promise<boolean> {
  const path = join(folder, executable('kube-apiserver'));
  if (!existsSync(path)) return false;
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    return stdout.trim() === `Kubernetes v${version}`;
  } catch {
    return false;
  }
}

function executable(program: Program): string {
  return process.platform === 'win32' ? `${program}.exe` : program;
}
