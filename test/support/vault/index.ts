/** A real Vault for tests, with the real API server: `describeVault('…', (vault, cluster) => { it('…', () => vault().root.read(…)) })`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type ControlPlane, describeCluster } from '../control-plane';
import type { GoBinary } from '../go-binary';
import { startVault, type Vault } from './server';

export type { VaultAnswer, VaultClient } from './client';
export type { Vault } from './server';

/**
 * A `describe` of tests that need a Vault of their own; it runs from the first of them to the last. Where Vault cannot be built they are
 * skipped, and the name says why; with CI=true that is a failure.
 */
export function describeVault(name: string, body: (vault: () => Vault, cluster: () => ControlPlane) => void): void {
  const built = build();
  if ('skipped' in built) {
    if (!['', '0', 'false'].includes(process.env.CI ?? '')) throw new Error(built.skipped);
    describe.skip(`${name} (skipped, no Vault: ${built.skipped.split('\n')[0]})`, () => body(nothing, nothing));
    return;
  }
  describeCluster(name, (cluster) => {
    let vault: Vault | undefined;
    beforeAll(async () => {
      vault = await startVault(built.path);
      await vault.trust(cluster());
    }, 90_000);
    body(() => vault ?? nothing(), cluster);
    // After those of the tests, which may need it.
    afterAll(() => vault?.stop());
  });
}

function nothing(): never {
  throw new Error('there is no Vault');
}

/** Synchronous, because jest wants to know at once which suites are skipped. */
function build(): GoBinary {
  const { stdout, error } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'build.ts')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return error === undefined && stdout !== '' ? JSON.parse(stdout) : { skipped: `Vault was not built: ${error}` };
}
