import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Waits for what a controller does in its own time: calls `check` until it gives a value.
 * @param what - What is awaited, as the error says it: `the quota to have a status`.
 * @param deadline - Milliseconds. @default 40 seconds: the machine may build something meanwhile
 * @throws Error when time is up.
 */
export async function eventually<T>(what: string, check: () => Promise<T | undefined>, deadline = 40_000): Promise<T> {
  const end = Date.now() + deadline;
  for (;;) {
    const value = await check();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`Waited ${deadline / 1000} s for ${what}.`);
    await sleep(POLL_MS);
  }
}
