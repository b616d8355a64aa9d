/** The real sops, age and kubeseal, built once from pinned modules and kept in the user's cache. */
import { spawnSync } from 'node:child_process';
import { describePrograms } from '../go-programs';
import { type EncryptionTool, encryptionTools } from './tools';

/** Runs a program that has to succeed. @returns what it prints */
export type RunEncryptionTool = (
  tool: EncryptionTool,
  args: readonly string[],
  options?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> },
) => string;

/** A `describe` of tests that encrypt. */
export function describeEncryption(name: string, body: (run: RunEncryptionTool) => void): void {
  describePrograms(name, encryptionTools, (paths) =>
    body((tool, args, { input, env } = {}) => {
      // Of tests that are declared to be skipped.
      if (paths[tool] === '') return '';
      const { stdout, stderr, status, error } = spawnSync(paths[tool], args, {
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
