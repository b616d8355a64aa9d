/** Secret engines that several suites put into their Vault. */
import type { VaultClient } from './client';

/** Version 1 of the KV engine at `kv`, and a certificate authority at `pki`. */
export async function mountEngines(root: VaultClient, authority: string): Promise<void> {
  await root.must(root.write('sys/mounts/kv', { type: 'kv', options: { version: '1' } }));
  await root.must(root.write('sys/mounts/pki', { type: 'pki' }));
  await root.must(root.write('pki/root/generate/internal', { common_name: authority, ttl: '24h' }));
}
