/** The ways in which a control plane fails to come up. They need no control plane. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaries } from './control-plane/binaries';
import { describeCluster } from './control-plane/index';
import { startServer } from './control-plane/server';

describe('a control plane that cannot be had', () => {
  let folder: string;
  const before = { ...process.env };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kube-bulwark-test-'));
    process.env.PATH = folder;
    process.env.XDG_CACHE_HOME = folder;
    delete process.env.KUBEBUILDER_ASSETS;
    delete process.env.KUBE_BULWARK_CONTROL_PLANES;
  });

  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true });
  });

  function program(name: string, source: string): string {
    const path = join(folder, name);
    writeFileSync(path, `#!${process.execPath}\n${source}\n`, { mode: 0o755 });
    return path;
  }

  /** A program that prints `text` and exits with `code`. */
  const printing = (name: string, text: string, code = 0): string =>
    program(name, `console.log(${JSON.stringify(text)}); process.exit(${code});`);

  /** A kube-apiserver that never ends by itself, so that the fault is another's. */
  const waiting = (): string => program('kube-apiserver', 'setInterval(() => {}, 1000);');

  it('says so where Go is missing and the cache is empty', async () => {
    const skipped = 'etcd has to be built with Go, and Go does not run: there is no `go` on the PATH';
    expect(await binaries('1.36.3')).toEqual({ skipped });
  });

  it('takes KUBEBUILDER_ASSETS only for the version in it', async () => {
    process.env.KUBEBUILDER_ASSETS = folder;
    const apiserver = printing('kube-apiserver', 'Kubernetes v1.28.15');
    const etcd = printing('etcd', 'etcd Version: 3.5.9');
    expect(await binaries('1.28.15')).toEqual({ found: { etcd, 'kube-apiserver': apiserver } });
    expect(await binaries('1.36.3')).toHaveProperty('skipped');
  });

  it('shows the log of a program that exits at once, and leaves nothing behind', async () => {
    const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith('kube-bulwark-1.28.15-'));
    const folders = ours();
    const etcd = printing('etcd', 'unknown flag: --data-dir', 3);
    const start = startServer({ version: '1.28.15', binaries: { etcd, 'kube-apiserver': waiting() } });
    await expect(start).rejects.toThrow(
      /^etcd exited with code 3 while waiting for kube-apiserver 1\.28\.15 .*\nThe last .* log:\nunknown flag: --data-dir$/,
    );
    expect(ours()).toEqual(folders);
  });

  it('tries other ports, three times, where one is taken meanwhile', async () => {
    const started = join(folder, 'started');
    const etcd = program(
      'etcd',
      `require('node:fs').appendFileSync(${JSON.stringify(started)}, '.');
       console.log('listen tcp 127.0.0.1:2379: bind: address already in use');
       process.exit(1);`,
    );
    const start = startServer({ version: '1.28.15', binaries: { etcd, 'kube-apiserver': waiting() } });
    await expect(start).rejects.toThrow('address already in use');
    expect(readFileSync(started, 'utf8')).toBe('...');
  });

  it('names a program that cannot be started', async () => {
    const programs = { etcd: join(folder, 'etcd'), 'kube-apiserver': join(folder, 'kube-apiserver') };
    await expect(startServer({ version: '1.28.15', binaries: programs })).rejects.toThrow(
      /etcd could not be started: .*ENOENT/,
    );
  });

  it('needs its tests to be in the project that starts it', () => {
    expect(() => describeCluster('anything', () => undefined)).toThrow('name the test file *.cluster.test.ts');
  });
});
