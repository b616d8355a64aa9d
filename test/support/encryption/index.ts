/** The real sops, age and kubeseal, built once from pinned modules and kept in the user's cache. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { GoBinary } from '../go-binary';
import { type EncryptionTool, encryptionTools } from './tools';

/** Runs a program that has to succeed. @returns what it prints */
export type RunEncryptionTool = (
  tool: EncryptionTool,
  args: readonly string[],
  options?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> },
) => string;

/** A `describe` of tests that encrypt. Where the programs cannot be built they are skipped, and the name says why; with CI=true that is a failure. */
export function describeEncryption(name: string, body: (run: RunEncryptionTool) => void): void {
  const built = build();
  const missing = Object.values(built).find((each) => 'skipped' in each);
  if (missing !== undefined && 'skipped' in missing) {
    if (!['', '0', 'false'].includes(process.env.CI ?? '')) throw new Error(missing.skipped);
    describe.skip(`${name} (skipped: ${missing.skipped.split('\n')[0]})`, () => body(() => ''));
    return;
  }
  describe(name, () =>
    body((tool, args, { input, env } = {}) => {
      const found = built[tool];
      const { stdout, stderr, status, error } = spawnSync('path' in found ? found.path : '', args, {
        encoding: 'utf8',
        ...(input !== undefined && { input }),
        env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
      });
      if (error) throw error;
      if (status !== 0) throw new Error(`${tool} ended with ${status}: ${stderr}`);
      return stdout;
    }),
  );
}

/** A new key of age. */
export function ageKey(run: RunEncryptionTool): { readonly key: string; readonly recipient: string } {
  const key = run('age-keygen', []);
  return { key, recipient: /# public key: (\S+)/.exec(key)?.[1] ?? '' };
}

/** A new key pair as the controller in the cluster has one, in PEM. */
export function sealingKey(run: RunEncryptionTool): { readonly privateKey: string; readonly certificate: string } {
  const [privateKey = '', certificate = ''] = run('sealing-key', []).split(/(?=-----BEGIN CERTIFICATE-----)/);
  return { privateKey, certificate };
}

/** Synchronous, because jest wants to know at once which suites are skipped. */
function build(): Readonly<Record<EncryptionTool, GoBinary>> {
  const names = Object.keys(encryptionTools) as EncryptionTool[];
  const { stdout, error } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'build.ts'), ...names], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error === undefined && stdout !== '') return JSON.parse(stdout);
  const skipped = { skipped: `the programs were not built: ${error}` };
  return { sops: skipped, 'age-keygen': skipped, kubeseal: skipped, 'sealing-key': skipped };
}
