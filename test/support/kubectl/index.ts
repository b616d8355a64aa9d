/** The real kubectl, as somebody. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfig } from '../control-plane/kubeconfig';
import { goPrograms, type Paths } from '../go-programs';
import type { Lack } from '../lack';

/** What a run of kubectl came to. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where it is, or why there is none. */
export const kubectlProgram = (): Paths<'kubectl'> | Lack =>
  goPrograms({ kubectl: { name: 'kubectl', moduleDir: join(__dirname, 'module'), package: '.' } });

export class Kubectl {
  /** For files that it is to read. It is gone once this is closed. */
  readonly folder = mkdtempSync(join(tmpdir(), 'kubectl-'));

  constructor(
    private readonly path: string,
    private readonly server: { readonly url: string; readonly ca: string },
  ) {}

  /** Runs it with a bearer token, and nothing else of this machine: no kubeconfig, no home that it could write to. */
  run(token: string, ...args: readonly string[]): Promise<Ran> {
    const config = join(this.folder, 'kubeconfig.json');
    writeFileSync(config, kubeconfig(this.server, token), { mode: 0o600 });
    const env = { PATH: process.env.PATH, KUBECONFIG: config, HOME: '/nonexistent' };
    return new Promise((done, fail) => {
      const child = spawn(this.path, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
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
}
