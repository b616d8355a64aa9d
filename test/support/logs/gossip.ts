/** A stranger who speaks to Loki's ring: by the protocol of memberlist, as dskit has it over TCP. */
import { connect as plain, type Socket } from 'node:net';
import { connect as encrypted } from 'node:tls';

export interface Stranger {
  readonly host: string;
  readonly port: number;
  /** Whom they trust. @default - they do not encrypt */
  readonly ca?: string;
  /** What they show. @default - nothing */
  readonly shown?: { readonly cert: string; readonly key: string };
}

/** What comes back, or how it ended: `closed`, or the name of the error. */
export function answerTo(stranger: Stranger, message: Buffer): Promise<Buffer | string> {
  const { host, port, ca, shown } = stranger;
  return new Promise((done) => {
    const socket: Socket =
      ca === undefined
        ? plain({ host, port })
        : encrypted({ host, port, ca, servername: 'localhost', ALPNProtocols: ['h2'], ...shown });
    const end = (what: Buffer | string): void => {
      done(what);
      socket.destroy();
    };
    socket.setTimeout(30_000, () => end('nothing'));
    socket.on('data', end);
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.on('close', () => end('closed'));
    socket.write(message);
  });
}

/** Asks a member of a ring whether it is there: dskit's byte for a stream, the label, and memberlist's ping as msgpack. */
export function ping(label?: string): Buffer {
  const header = label === undefined ? [] : [244, label.length, ...Buffer.from(label)];
  return Buffer.from([2, ...header, 0, 0x81, 0xa5, ...Buffer.from('SeqNo'), 7]);
}

/** How a client of gRPC begins: the preface of HTTP/2, and settings. */
export const preface = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);
