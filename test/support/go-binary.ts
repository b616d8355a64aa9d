/**
 * Programs written in Go that tests use as oracles (kube-apiserver, etcd, sigs.k8s.io/yaml): built once from a pinned
 * go.mod through the ordinary Go module proxy, and kept in the user's cache folder.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { withLock } from './file-lock';
import type { Lack } from './lack';

/** What to build. */
export interface GoBinaryOptions {
  /** File name of the program, without `.exe`. */
  readonly name: string;
  /** Folder with go.mod and go.sum; every file in it is part of the cache key. */
  readonly moduleDir: string;
  /** Package to build as go names it: `.` or an import path that the module requires. */
  readonly package: string;
  /** Text for the linker (`go build -ldflags`). @default - strips symbols (`-s -w`) */
  readonly ldflags?: string;
  /** Built even after the time that a run has for builds, as it takes less than a minute. @default - it waits for the next run */
  readonly quick?: true;
}

/** The program's absolute path, or why there is none: the reason and the last lines that go printed. */
export type GoBinary = { readonly path: string } | Lack;

/**
 * The environment variable with a time, in seconds since 1970, after which no build is begun: a run that has to end in time tests with what it has
 * by then, and the next one builds the rest. @default - none
 */
const NO_BUILD_AFTER = 'KUBE_BULWARK_NO_BUILD_AFTER';

const PROGRESS_MS = 20_000;
const LAST_LINES = 15;

/** kube-bulwark's folder in the user's cache: `$XDG_CACHE_HOME`, else the platform's own place. */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const home = homedir();
  const places: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library', 'Caches'),
    win32: LOCALAPPDATA ?? join(home, 'AppData', 'Local'),
  };
  return join(XDG_CACHE_HOME || places[process.platform] || join(home, '.cache'), 'kube-bulwark');
}

/**
 * Builds a Go program, or finds it in the cache. Builds run one after another, also across processes: each of them
 * uses all cores, and two of kube-apiserver's at once need more memory than a small machine has.
 * Progress goes to standard error. Never throws for a missing `go` or a failed build: see {@link GoBinary}.
 */
export async function goBinary(options: GoBinaryOptions): Promise<GoBinary> {
  const moduleDir = resolve(options.moduleDir);
  const version = await run('go', ['version'], moduleDir);
  if (!version.ok)
    return { skipped: `${options.name} has to be built with Go, and Go does not run: ${version.output}` };

  const flags = ['-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags', options.ldflags ?? '-s -w'];
  const key = cacheKey(moduleDir, [version.output, options.package, ...flags]);
  const root = join(cacheFolder(), 'go');
  const file = process.platform === 'win32' ? `${options.name}.exe` : options.name;
  const path = join(root, `${options.name}-${key}`, file);
  if (existsSync(path)) return { path };

  await mkdir(dirname(path), { recursive: true });
  return withLock(join(root, 'build.lock'), () => {
    if (existsSync(path)) return { path };
    if (!options.quick && isTooLate())
      return { skipped: `${options.name} is not built in this run: ${NO_BUILD_AFTER} has passed`, expected: true };
    return build(options, moduleDir, ['build', ...flags], path);
  });
}

function isTooLate(): boolean {
  const limit = process.env[NO_BUILD_AFTER];
  return limit !== undefined && Date.now() / 1000 > Number(limit);
}

async function build(
  options: GoBinaryOptions,
  moduleDir: string,
  args: readonly string[],
  path: string,
): Promise<GoBinary> {
  const started = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - started) / 1000)} s`;
  const say = (text: string): void => void process.stderr.write(`go build ${options.name}: ${text}\n`);
  const temporary = `${path}.${process.pid}.part`;

  say(`starting (${options.package}; once, then kept in the cache)`);
  const ticker = setInterval(() => say(`still building, ${seconds()}`), PROGRESS_MS);
  try {
    const result = await run('go', [...args, '-o', temporary, options.package], moduleDir);
    if (!result.ok) {
      say(`failed after ${seconds()}`);
      return { skipped: `${options.name} could not be built in ${moduleDir}:\n${result.output}` };
    }
    await rename(temporary, path);
    say(`done in ${seconds()}`);
    return { path };
  } finally {
    clearInterval(ticker);
    await rm(temporary, { force: true });
  }
}

/** Sixteen hex digits over the module's files (names and bytes) and everything else that changes the output. */
function cacheKey(moduleDir: string, rest: readonly string[]): string {
  const hash = createHash('sha256');
  const names = readdirSync(moduleDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(moduleDir, join(entry.parentPath, entry.name)))
    .sort();
  for (const name of names) {
    const bytes = readFileSync(join(moduleDir, name));
    hash.update(`${name.split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.update(JSON.stringify(rest)).digest('hex').slice(0, 16);
}

interface Outcome {
  readonly ok: boolean;
  /** The last lines of standard output and standard error together, or why the program could not be started. */
  readonly output: string;
}

/** Builds for this machine, in pure Go, whatever the caller's shell says about cross-compiling. */
function goEnvironment(): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, GOFLAGS: _flags, ...rest } = process.env;
  return { ...rest, CGO_ENABLED: '0', GOWORK: 'off' };
}

function run(command: string, args: readonly string[], cwd: string): Promise<Outcome> {
  return new Promise((done) => {
    let output = '';
    const keep = (chunk: string): void => {
      output = (output + chunk).slice(-20_000);
    };
    const child: ChildProcess = spawn(command, args, { cwd, env: goEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    const end = (ok: boolean, text: string): void =>
      done({ ok, output: text.trim().split('\n').slice(-LAST_LINES).join('\n') });
    child.on('error', (error: NodeJS.ErrnoException) =>
      end(false, error.code === 'ENOENT' ? `there is no \`${command}\` on the PATH` : error.message),
    );
    child.on('close', (code) => end(code === 0, output));
  });
}
