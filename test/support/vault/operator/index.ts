/** Fills in templates of Vault Secrets Operator with the libraries that it does it with (a small Go program, main.go). */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { GoBinary } from '../../go-binary';

/** A template, and the fields of a secret. */
export interface Question {
  readonly text: string;
  readonly secrets: Readonly<Record<string, unknown>>;
}

/** What the file would say, or why there would be none. */
export interface Filled {
  readonly text: string;
  readonly error: string;
}

const built = build();

/** Why it cannot be asked; undefined where it can. */
export const noOperator: string | undefined = 'skipped' in built ? built.skipped.split('\n')[0] : undefined;

export function fill(...questions: readonly Question[]): readonly Filled[] {
  if ('skipped' in built) throw new Error(built.skipped);
  const { stdout, stderr, status } = spawnSync(built.path, { input: JSON.stringify(questions), encoding: 'utf8' });
  if (status !== 0) throw new Error(`it ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Synchronous, because jest wants to know at once which suites are skipped. */
function build(): GoBinary {
  const { stdout, error } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'build.ts')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const found: GoBinary =
    error === undefined && stdout !== '' ? JSON.parse(stdout) : { skipped: `it was not built: ${error}` };
  if ('skipped' in found && !['', '0', 'false'].includes(process.env.CI ?? '')) throw new Error(found.skipped);
  return found;
}
