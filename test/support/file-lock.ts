/** A lock between processes: a file that only one of them can create. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

const HEARTBEAT_MS = 5_000;
const STALE_MS = 60_000;
const POLL_MS = 200;

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
}

/**
 * Runs `work` while holding the lock file `path`; waits as long as another live process holds it.
 * A lock is stale, and is taken over, if its process is dead, or if its file has not been touched for a minute
 * (the holder does so every five seconds): that covers a holder on another machine or in another container.
 */
export async function withLock<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const holder: Holder = { id: randomUUID(), pid: process.pid, host: hostname() };
  while (!(await take(path, holder))) {
    const seen = await read(path);
    if (seen && isStale(seen.holder, seen.age)) await remove(path, seen.text);
    else await new Promise((done) => setTimeout(done, POLL_MS));
  }
  const heartbeat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await remove(path, JSON.stringify(holder));
  }
}

async function take(path: string, holder: Holder): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx', 0o600);
  } catch (error) {
    if (code(error) === 'EEXIST') return false;
    throw error;
  }
  await file.writeFile(JSON.stringify(holder)).finally(() => file.close());
  return true;
}

/** What the lock file says now; `holder` is undefined while its owner is still writing it. */
async function read(path: string): Promise<{ text: string; holder: Holder | undefined; age: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return { text, holder: parse(text), age: Date.now() - mtimeMs };
  } catch (error) {
    if (code(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function isStale(holder: Holder | undefined, age: number): boolean {
  return age > STALE_MS || (holder !== undefined && holder.host === hostname() && !isAlive(holder.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return code(error) === 'EPERM';
  }
}

/** Removes the lock if it still says `text`: it is moved aside first, so that a newer lock is never deleted. */
async function remove(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== text) await link(aside, path);
  } catch (error) {
    if (code(error) !== 'ENOENT' && code(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** An error's code; not by `instanceof`, because Node's own errors are of another realm than jest's. */
function code(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
