import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Pair } from '../control-plane/certificates';
import { LOOPBACK } from '../free-ports';

interface Review {
  readonly apiVersion: string;
  readonly kind: string;
  readonly request: { readonly uid: string };
}

/** A webhook of admission that refuses whatever it is asked, as Kyverno and Gatekeeper do: with a message and no code. */
export class RefusingWebhook {
  static async start({ cert, key }: Pair, message: string): Promise<RefusingWebhook> {
    const server = createServer({ cert, key }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { apiVersion, kind, request: asked } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Review;
        const answer = { uid: asked.uid, allowed: false, status: { message } };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ apiVersion, kind, response: answer }));
      });
    });
    await new Promise<void>((done, fail) => server.once('error', fail).listen(0, LOOPBACK, done));
    return new RefusingWebhook(server);
  }

  private constructor(private readonly server: Server) {}

  get url(): string {
    return `https://${LOOPBACK}:${(this.server.address() as AddressInfo).port}/validate`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }
}
