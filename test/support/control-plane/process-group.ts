/** Real processes that live and die together, with a temporary folder of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long {@link ProcessGroup.until} waits, and for what. */
export interface UntilOptions {
  /** What is awaited, as the error says it: `kube-apiserver to be ready`. */
  readonly what: string;
  /** The process whose log the error shows when time is up. */
  readonly log: string;
  /** Milliseconds. */
  readonly deadline: number;
  /** What was there instead when time was up, for the error. @default - not told */
  readonly last?: () => string;
}

/** {@link ProcessGroup.start} */
export interface StartOptions {
  /** @default - the base name of the program */
  readonly name?: string;
  /** Besides this process's own. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

interface Member {
  readonly name: string;
  readonly child: ChildProcess;
  readonly exit: Promise<unknown>;
  readonly logFile: string;
  /** How the process ended; undefined while it runs. */
  ended?: string;
}

const GRACE_MS = 5_000;
const POLL_MS = 25;
const LOG_LINES = 20;
const LOG_COLUMNS = 400;

/**
 * Starts processes whose output goes to files in a temporary folder, watches that none of them ends early, and stops
 * them all. A watchdog process does the same if this process dies without calling {@link ProcessGroup.stop}.
 */
export class ProcessGroup {
  /** A new group with a temporary folder (readable by this user only) whose name starts with `prefix`. */
  static async create(prefix: string): Promise<ProcessGroup> {
    const folder = await mkdtemp(join(tmpdir(), prefix));
    const watchdog = spawn(process.execPath, [join(__dirname, 'watchdog.cjs'), folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    watchdog.on('error', () => undefined).unref();
    return new ProcessGroup(folder, watchdog.stdin as Socket);
  }

  private readonly members: Member[] = [];

  private constructor(
    /** The group's temporary folder. */
    readonly folder: string,
    private readonly watchdog: Socket,
  ) {
    // A watchdog that could not be started or was killed leaves the group without a net, not without its processes.
    watchdog.on('error', () => undefined);
    watchdog.unref();
  }

  /** Process ids by name, of those that run now. */
  get pids(): Readonly<Record<string, number>> {
    const running = this.members.filter((member) => member.ended === undefined);
    return Object.fromEntries(running.flatMap(({ name, child }) => (child.pid ? [[name, child.pid] as const] : [])));
  }

  /** Starts `program` without a shell; its name in errors and the log's is the file's base name. */
  start(program: string, args: readonly string[], options: StartOptions = {}): void {
    const { name = basename(program, '.exe'), env = {} } = options;
    const logFile = join(this.folder, `${name}.log`);
    const log = openSync(logFile, 'w', 0o600);
    const child = spawn(program, args, {
      cwd: this.folder,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...env },
    });
    closeSync(log);
    child.unref();
    const exit = new Promise<void>((done) => {
      const end = (how: string): void => {
        member.ended ??= how;
        if (child.pid) this.watchdog.write(`-${child.pid}\n`);
        done();
      };
      child.on('error', (error) => end(`could not be started: ${error.message}`));
      child.on('exit', (code, signal) => end(signal ? `was ended by ${signal}` : `exited with code ${code}`));
    });
    const member: Member = { name, child, exit, logFile };
    this.members.push(member);
    if (child.pid) this.watchdog.write(`+${child.pid}\n`);
  }

  /** What a process has written so far. */
  logOf(name: string): string {
    return readFileSync(join(this.folder, `${name}.log`), 'utf8');
  }

  /**
   * Waits until `check` gives a value.
   * @throws Error with the last lines of its log when a process of the group ends, or when the deadline passes.
   */
  async until<T>(check: () => Promise<T | undefined>, options: UntilOptions): Promise<T> {
    const end = Date.now() + options.deadline;
    for (;;) {
      const value = await check();
      if (value !== undefined) return value;
      const dead = this.members.find((member) => member.ended !== undefined);
      if (dead)
        throw new Error(`${dead.name} ${dead.ended} while waiting for ${options.what}.\n${this.lastLines(dead)}`);
      if (Date.now() > end) {
        const member = this.members.find(({ name }) => name === options.log);
        const log = member ? this.lastLines(member) : '';
        const last = options.last === undefined ? '' : ` The last was ${options.last()}.`;
        throw new Error(`Waited ${options.deadline / 1000} s for ${options.what}.${last}\n${log}`);
      }
      await sleep(POLL_MS);
    }
  }

  /** Stops one process, which may then be started anew. @param grace - Milliseconds until SIGKILL. @default 5 seconds */
  async end(name: string, grace = GRACE_MS): Promise<void> {
    const index = this.members.findIndex((member) => member.name === name);
    const [member] = index === -1 ? [] : this.members.splice(index, 1);
    if (member) await stopped(member, grace);
  }

  /**
   * Stops the processes, last started first: SIGTERM, then SIGKILL; removes the folder.
   * @param grace - Milliseconds between the two. @default 5 seconds
   */
  async stop(grace = GRACE_MS): Promise<void> {
    for (const member of this.members.toReversed()) await stopped(member, grace);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    this.watchdog.end();
  }

  private lastLines({ name, logFile }: Member): string {
    const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-LOG_LINES);
    const text = lines.map((line) => (line.length > LOG_COLUMNS ? `${line.slice(0, LOG_COLUMNS)}…` : line)).join('\n');
    return text ? `The last lines of ${name}'s log:\n${text}` : `${name} logged nothing.`;
  }
}

async function stopped({ child, exit }: Member, grace: number): Promise<void> {
  child.ref();
  child.kill('SIGTERM');
  const timer = new AbortController();
  const timeout = sleep(grace, 'late', { signal: timer.signal }).catch(() => undefined);
  if ((await Promise.race([exit, timeout])) === 'late') {
    child.kill('SIGKILL');
    await exit;
  }
  timer.abort();
}
