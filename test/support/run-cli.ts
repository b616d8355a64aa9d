import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(__dirname, '../..');

/** What a run of `bulwark` printed, and its exit code. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a run takes place. */
export interface CliPlace {
  /** @default - the project's root */
  readonly cwd?: string;
  /** What it reads on standard input. @default - nothing */
  readonly input?: string;
}

/** Runs `bulwark` from its source, as a process of its own. */
export function runCli(...args: readonly string[]): CliRun {
  return runCliIn({}, ...args);
}

/** The same in another folder, or with something to read. */
export function runCliIn({ cwd = ROOT, input = '' }: CliPlace, ...args: readonly string[]): CliRun {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', pathToFileURL(require.resolve('tsx')).href, join(ROOT, 'cli', 'bulwark.ts'), ...args],
    {
      cwd,
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1795219200' },
    },
  );
  return { code: status, stdout, stderr };
}
