/** The audit log goes to a service, and each side shows the other a certificate. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { ClusterTarget } from '../../../core/cluster';
import { controlPlane } from '../../../core/control-plane';
import { eventually, expectOk } from '../../support/control-plane';
import { describeHardened } from '../../support/control-plane/describe-hardened';
import { type AuditEvent, type Places, settingsAt } from '../../support/control-plane/hardened';
import { LOOPBACK } from '../../support/free-ports';

/** A service that takes events from whoever has a certificate of the control plane's CA. */
class Receiver {
  readonly events: AuditEvent[] = [];
  readonly clients = new Set<string>();
  #server: Server | undefined;

  async start(pki: string): Promise<number> {
    const file = (name: string): Buffer => readFileSync(`${pki}/${name}`);
    const tls = { cert: file('apiserver.crt'), key: file('apiserver.key'), ca: file('ca.crt') };
    const server = createServer({ ...tls, requestCert: true, rejectUnauthorized: true }, (request, response) => {
      this.clients.add(String((request.socket as TLSSocket).getPeerCertificate().subject.CN));
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { items } = JSON.parse(Buffer.concat(chunks).toString()) as { readonly items: readonly AuditEvent[] };
        this.events.push(...items);
        response.end('{}');
      });
    });
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, LOOPBACK, done));
    return (server.address() as { readonly port: number }).port;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

const receiver = new Receiver();

async function make(places: Places) {
  const pki = places.pki.folder ?? '';
  const port = await receiver.start(pki);
  const webhook = {
    url: `https://${LOOPBACK}:${port}/events`,
    caFile: `${pki}/ca.crt`,
    clientCertificateFile: `${pki}/apiserver-kubelet-client.crt`,
    clientKeyFile: `${pki}/apiserver-kubelet-client.key`,
    maxBatchWaitSeconds: 1,
    initialBackoffSeconds: 1,
    maxEventBytes: 4096,
  };
  const { folder, audit } = settingsAt(places);
  const settings = { folder, pki: places.pki, audit: { ...audit, webhook }, encryption: { secretbox: ['k'] } };
  return controlPlane(settings, ClusterTarget.of('1.36'), { k: Buffer.alloc(32, 3).toString('base64') });
}

describeHardened('the audit webhook', '1.36.3', make, (plane) => {
  afterAll(() => receiver.stop());

  const named = (name: string) =>
    eventually(`the event of ${name}`, async () =>
      receiver.events.find(({ objectRef, verb }) => objectRef?.name === name && verb === 'create'),
    );

  it('gets events in batches, by the certificate of kube-apiserver', async () => {
    expectOk(await plane().admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'seen' } }));
    expect(await named('seen')).toMatchObject({ level: 'RequestResponse', requestObject: { kind: 'Namespace' } });
    expect([...receiver.clients]).toEqual(['kube-apiserver-kubelet-client']);
  });

  it('gets an event that is too large without its bodies, and the file has them', async () => {
    const metadata = { name: 'large', annotations: { text: 'x'.repeat(8000) } };
    expectOk(await plane().admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata }));
    const event = await named('large');
    expect(event).toMatchObject({ annotations: { 'audit.k8s.io/truncated': 'true' } });
    expect(event).not.toHaveProperty('requestObject');
    expect(plane().auditBytes().includes('x'.repeat(8000))).toBe(true);
  });

  it('counts what is lost, under a name that is there from the first loss on', async () => {
    const lost = async () => {
      const { body } = await plane().admin.request<{ readonly message: string }>('GET', '/metrics');
      return /^apiserver_audit_error_total\{plugin="webhook"\} (\d+)$/m.exec(body.message)?.[1];
    };
    expect(await lost()).toBeUndefined();
    receiver.stop();
    await plane().admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lost' } });
    const count = await eventually('an event to be counted as lost', lost, 60_000);
    expect(Number(count)).toBeGreaterThan(0);
  });
});
