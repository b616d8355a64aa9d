import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** TCP ports that were free a moment ago; all are held until the last is found, so that none comes twice. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((done, fail) => {
          const server = createServer().once('error', fail);
          server.listen(0, LOOPBACK, () => done(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { readonly port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
