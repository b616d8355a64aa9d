/**
 * Outlives the process that started it, however that one ends (Ctrl-C, a crash, SIGKILL), and then cleans up after it.
 * Standard input carries `+<pid>` for a process to watch and `-<pid>` for one that has ended; when it closes, those
 * left are stopped (SIGTERM, then SIGKILL after five seconds) and the folder named in argv is removed.
 */
const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

const GRACE_MS = 5_000;
const POLL_MS = 50;
const folder = process.argv[2];
const pids = new Set();

createInterface({ input: process.stdin })
  .on('line', (line) => (line.startsWith('+') ? pids.add(Number(line.slice(1))) : pids.delete(Number(line.slice(1)))))
  .on('close', async () => {
    signal('SIGTERM');
    const deadline = Date.now() + GRACE_MS;
    while (pids.size > 0 && Date.now() < deadline) {
      await new Promise((done) => setTimeout(done, POLL_MS));
      signal(0);
    }
    signal('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

/** A process that is gone is forgotten at once, before its number can be given to another. */
function signal(name) {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      pids.delete(pid);
    }
  }
}
