import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { runsTypeScript } from './typescript';

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
  /** Besides this process's own. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `bulwark` from its source, as a process of its own. */
export function runCli(...args: readonly string[]): CliRun {
  return runCliIn({}, ...args);
}

/** The same in another folder, or with something to read. */
export function runCliIn({ cwd = ROOT, input = '', env = {} }: CliPlace, ...args: readonly string[]): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, commandLine(args), {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    // jest cannot end a test that waits for one.
    timeout: 300_000,
    killSignal: 'SIGKILL',
    env: environment(env),
  });
  return { code: status, stdout, stderr };
}

/** The same while this process goes on: it may be what the command asks. */
export function runningCliIn({ cwd = ROOT, env = {} }: CliPlace, ...args: readonly string[]): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, commandLine(args), {
      cwd,
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text;
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...printed }));
  });
}

function commandLine(args: readonly string[]): readonly string[] {
  return [...runsTypeScript, join(ROOT, 'cli', 'bulwark.ts'), ...args];
}

function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: '1', ...env };
}
