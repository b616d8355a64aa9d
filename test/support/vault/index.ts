/** A real Vault for tests, with the real API server: `describeVault('…', (vault, cluster) => { it('…', () => vault().root.read(…)) })`. */
import { join } from 'node:path';
import { type ControlPlane, describeCluster } from '../control-plane';
import { goPrograms, lackIn } from '../go-programs';
import { startVault, type Vault } from './server';

export type { VaultAnswer, VaultClient } from './client';
export type { Vault } from './server';

/** A `describe` of tests that need a Vault of their own; it runs from the first of them to the last. */
export function describeVault(name: string, body: (vault: () => Vault, cluster: () => ControlPlane) => void): void {
  const found = goPrograms({
    vault: { name: 'vault', moduleDir: join(__dirname, 'module'), package: 'github.com/hashicorp/vault' },
  });
  describeCluster(
    name,
    (cluster) => {
      let vault: Vault | undefined;
      beforeAll(async () => {
        if ('skipped' in found) return;
        vault = await startVault(found.vault);
        await vault.trust(cluster());
      }, 90_000);
      body(() => vault ?? nothing(), cluster);
      // After those of the tests, which may need it.
      afterAll(() => vault?.stop());
    },
    { unless: lackIn(found) },
  );
}

function nothing(): never {
  throw new Error('there is no Vault');
}
