import { readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { LOOPBACK } from '../free-ports';

const switched = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n';

/** What a kubelet does of a shell in a container: it takes the connection, and holds it. */
export class ShellKubelet {
  /** @param pki the folder of the control plane's certificates: the API server trusts them of kubelets, too */
  static async start(pki: string): Promise<ShellKubelet> {
    const server = createServer({
      cert: readFileSync(join(pki, 'apiserver.crt')),
      key: readFileSync(join(pki, 'apiserver.key')),
    });
    const held: Duplex[] = [];
    server.on('upgrade', (_, socket: Duplex) => {
      held.push(socket);
      socket.on('error', () => undefined);
      socket.write(switched);
    });
    await new Promise<void>((done, fail) => server.once('error', fail).listen(0, LOOPBACK, done));
    return new ShellKubelet(server, held);
  }

  private constructor(
    private readonly server: Server,
    private readonly held: readonly Duplex[],
  ) {}

  /** The status of a node on which it is. */
  get status(): object {
    const { port } = this.server.address() as AddressInfo;
    return {
      addresses: [{ type: 'InternalIP', address: LOOPBACK }],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
    };
  }

  stop(): Promise<void> {
    for (const socket of this.held) socket.destroy();
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }
}

/** Opens a shell as kubectl exec does. @returns what ends it */
export function openShell(
  server: { readonly url: string; readonly ca: string },
  path: string,
  token: string,
): Promise<() => void> {
  return new Promise((done, fail) => {
    const headers = {
      authorization: `Bearer ${token}`,
      connection: 'Upgrade',
      upgrade: 'SPDY/3.1',
      'x-stream-protocol-version': 'v4.channel.k8s.io',
    };
    const call = request(new URL(path, server.url), { method: 'POST', headers, ca: server.ca, agent: false });
    call.on('upgrade', (_, socket) => {
      socket.on('error', () => undefined);
      done(() => socket.destroy());
    });
    call.on('response', ({ statusCode }) => fail(new Error(`POST ${path} gave ${statusCode}`)));
    call.on('error', fail);
    call.end();
  });
}
