import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { connect, createServer, type Server } from 'node:tls';

/** Where Vault's agent keeps who this program is, and by whose signature it knows others. */
export interface Identity {
  readonly bundle: string;
  readonly ca: string;
}

/** As the agent has written it last. */
function credentials({ bundle, ca }: Identity) {
  const pem = readFileSync(bundle);
  return { key: pem, cert: pem, ca: readFileSync(ca), minVersion: 'TLSv1.3' } as const;
}

/** The ledger: it answers one client, by the name in a certificate of our authority, and takes up a new certificate as it comes. */
export function serveLedger(identity: Identity, client: string): Server {
  const server = createServer({ ...credentials(identity), requestCert: true, rejectUnauthorized: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    if (socket.getPeerCertificate().subject.CN === client) socket.end(`welcome, ${client}`);
    else socket.destroy();
  });
  watchFile(identity.bundle, { interval: 1000 }, () => server.setSecureContext(credentials(identity)));
  return server.on('close', () => unwatchFile(identity.bundle));
}

/** A call of payments, with the certificate of now. @returns what the ledger said */
export function callLedger(identity: Identity, host: string, port: number, servername: string): Promise<string> {
  return new Promise((done, fail) => {
    let said = '';
    const socket = connect({ host, port, servername, ...credentials(identity) });
    socket.on('data', (bytes) => {
      said += bytes;
    });
    socket.on('error', fail);
    socket.on('close', () => (said === '' ? fail(new Error('the ledger hung up')) : done(said)));
  });
}
