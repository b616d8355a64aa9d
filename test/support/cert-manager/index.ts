/** The real control loops of cert-manager that issue certificates from a CA, against a server of the tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const kubeconfig = join(folder, 'kubeconfig.json');
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: { server: server.url, 'certificate-authority-data': Buffer.from(server.ca).toString('base64') },
      },
    ],
    users: [{ name: 'test', user: { token: server.token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
  writeFileSync(kubeconfig, text, { mode: 0o600 });
  const child = spawn(certManager, [kubeconfig, clusterResourceNamespace], { stdio: ['ignore', 'pipe', 'pipe'] });
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
