/** The real control loops of cert-manager that issue certificates from a CA, against a server of the tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfig } from '../control-plane/kubeconfig';
import { goPrograms, type Paths } from '../go-programs';

/** Where the program is, or why there is none. */
export const certManagerProgram = () =>
  goPrograms({ certManager: { name: 'cert-manager', moduleDir: join(__dirname, 'module'), package: '.' } });

/** Starts it. Returns what ends it, and what it has said. */
export function startCertManager(
  { certManager }: Paths<'certManager'>,
  server: { readonly url: string; readonly ca: string; readonly token: string },
  clusterResourceNamespace: string,
) {
  const folder = mkdtempSync(join(tmpdir(), 'cert-manager-'));
  const file = join(folder, 'kubeconfig.json');
  writeFileSync(file, kubeconfig(server, server.token), { mode: 0o600 });
  const child = spawn(certManager, [file, clusterResourceNamespace], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    said: () => said,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
