import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** Below what any system takes for the near ends of connections (Linux from 32,768, Windows and macOS from 49,152): no client takes a port away. */
const FIRST = 10_000;
const PORTS_A_WORKER = 1_000;
const WORKERS = 22;

/** Suites that run at the same time look in ranges of their own, so that none takes what another has found and not yet begun to use. */
const first = FIRST + (Number(process.env.JEST_WORKER_ID ?? 0) % WORKERS) * PORTS_A_WORKER;

/** From here on each port is tried once before any comes again. */
let next = randomInt(PORTS_A_WORKER);

/** TCP ports that were free a moment ago; all are held until the last is found, so that none comes twice. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held: Server[] = [];
  const ports: number[] = [];
  for (let tried = 0; ports.length < count; tried++) {
    if (tried === PORTS_A_WORKER)
      throw new Error(`of the ports from ${first} on, ${ports.length} of ${count} are free`);
    const port = first + (next++ % PORTS_A_WORKER);
    const server = await listen(port);
    if (server === undefined) continue;
    held.push(server);
    ports.push(port);
  }
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function listen(port: number): Promise<Server | undefined> {
  return new Promise((done) => {
    const server = createServer().once('error', () => done(undefined));
    server.listen(port, LOOPBACK, () => done(server));
  });
}
