/** The real kubectl, as somebody. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goBinary } from '../go-binary';

/** What a run of kubectl came to. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class Kubectl {
  /** Builds it, where it is not built yet. */
  static async of(server: { readonly url: string; readonly ca: string }): Promise<Kubectl> {
    const built = await goBinary({ name: 'kubectl', moduleDir: join(__dirname, 'module'), package: '.' });
    if ('skipped' in built) throw new Error(built.skipped);
    return new Kubectl(built.path, mkdtempSync(join(tmpdir(), 'kubectl-')), server);
  }

  private constructor(
    private readonly path: string,
    /** For files that it is to read. It is gone once this is closed. */
    readonly folder: string,
    private readonly server: { readonly url: string; readonly ca: string },
  ) {}

  /** Runs it with a bearer token, and nothing else of this machine: no kubeconfig, no home that it could write to. */
  run(token: string, ...args: readonly string[]): Promise<Ran> {
    const config = join(this.folder, 'kubeconfig.json');
    writeFileSync(config, this.#config(token), { mode: 0o600 });
    const env = { PATH: process.env.PATH, KUBECONFIG: config, HOME: '/nonexistent' };
    return new Promise((done, fail) => {
      const child = spawn(this.path, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
      child.on('error', fail);
      child.on('close', (code) => done({ code: code ?? -1, stdout, stderr }));
    });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #config(token: string): string {
    const { url, ca } = this.server;
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'test', cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') } },
      ],
      users: [{ name: 'test', user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      'current-context': 'test',
    });
  }
}
