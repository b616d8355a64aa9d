/** What cert-manager makes of our Certificates: the real control loops, on a real API server. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KubernetesObject } from '../../../core/manifest';
import { LockedNamespace, PrivateAuthority, TlsCertificate } from '../../../index';
import { objectsOf, testApp } from '../../support/app';
import { certManagerProgram, startCertManager } from '../../support/cert-manager';
import { describeCluster, eventually, expectOk } from '../../support/control-plane';
import { corpusDefinitions } from '../../support/corpus';
import { serveCustomKinds } from '../../support/custom-kinds';
import { lackIn } from '../../support/go-programs';

const kinds = ['certificates', 'certificaterequests', 'clusterissuers', 'issuers'].map(
  (plural) => `${plural}.cert-manager.io`,
);
const { definitions, lack } = corpusDefinitions(
  [...kinds, 'orders.acme.cert-manager.io', 'challenges.acme.cert-manager.io'].map((name) => `cert-manager/${name}`),
);
const program = lack ?? certManagerProgram();

const namespace = 'issued-shop';
type Files = Readonly<Record<string, string>>;

interface Condition {
  readonly type: string;
  readonly status: string;
}

/** The Secret of a certificate, read as a server would. */
function read(files: Files) {
  const pem = (key: string) => Buffer.from(files[key] ?? '', 'base64');
  const certificate = new X509Certificate(pem('tls.crt'));
  const key = createPrivateKey(pem('tls.key'));
  const root = new X509Certificate(pem('ca.crt'));
  const { asymmetricKeyType: type, asymmetricKeyDetails: { namedCurve, modulusLength } = {} } = key;
  return {
    files: Object.keys(files).sort(),
    names: certificate.subjectAltName,
    hours: (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 3_600_000,
    key: [type, namedCurve ?? modulusLength],
    // Server authentication (RFC 5280, 4.2.1.12).
    uses: certificate.keyUsage,
    isAuthority: certificate.ca,
    fits: certificate.checkPrivateKey(key) && certificate.verify(root.publicKey),
    authority: root.subject,
  };
}

describeCluster(
  'certificates that are issued',
  (cluster) => {
    serveCustomKinds(
      cluster,
      definitions,
      kinds.map((name) => `cert-manager.io/v1/${name.split('.')[0]}`),
    );

    let certManager: ReturnType<typeof startCertManager>;

    beforeAll(async () => {
      const { client, url, ca, tokens } = cluster();
      // Another file of tests may have brought a smaller definition.
      for (const definition of definitions) expectOk(await client.apply(definition, { force: true }));
      const app = testApp();
      const shop = new LockedNamespace(app, namespace, { owner: 'team-shop' });
      const { issuer } = new PrivateAuthority(shop, 'issued', { clusterResourceNamespace: namespace });
      new TlsCertificate(shop, 'web-tls', { issuer, service: 'web', duration: '36h' });
      new TlsCertificate(shop, 'rsa-tls', { issuer, service: 'old', key: 'RSA-3072' });
      for (const object of objectsOf(app)) expectOk(await client.apply(object, { force: true }));
      if (program !== undefined && 'certManager' in program)
        certManager = startCertManager(program, { url, ca, token: tokens.admin }, namespace);
    }, 60_000);

    afterAll(() => certManager.stop());

    const secretOf = (name: string): Promise<Files> =>
      eventually(`the Secret ${name}`, async () => {
        const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
        const { status, body } = await cluster().client.request<{ readonly data?: Files }>('GET', path);
        return status === 200 && body.data?.['tls.crt'] ? body.data : undefined;
      });

    it('have the key, the names, the life and the use that were asked for', async () => {
      const common = {
        files: ['ca.crt', 'tls.crt', 'tls.key'],
        uses: ['1.3.6.1.5.5.7.3.1'],
        isAuthority: false,
        fits: true,
        authority: 'CN=issued',
      };
      const names = (service: string) =>
        ['', '.svc', '.svc.cluster.local'].map((end) => `DNS:${service}.${namespace}${end}`).join(', ');
      expect(read(await secretOf('web-tls'))).toEqual({
        ...common,
        names: names('web'),
        hours: 36,
        key: ['ec', 'prime256v1'],
      });
      expect(read(await secretOf('rsa-tls'))).toEqual({
        ...common,
        names: names('old'),
        hours: 2160,
        key: ['rsa', 3072],
      });
    }, 120_000);

    it('have another key once they are renewed, from the same authority', async () => {
      const { client } = cluster();
      const before = await secretOf('web-tls');
      const path = `/apis/cert-manager.io/v1/namespaces/${namespace}/certificates/web-tls`;
      // Its first issuance leaves a condition of that name for a moment after the Secret is there.
      const ready = await eventually('web-tls to be ready', async () => {
        const { body } = await client.request<
          KubernetesObject & { readonly status?: { readonly conditions?: readonly Condition[] } }
        >('GET', path);
        const { conditions = [] } = body.status ?? {};
        const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
        return isReady && conditions.every(({ type }) => type !== 'Issuing') ? conditions : undefined;
      });
      const lastTransitionTime = new Date().toISOString().replace(/\.\d+/, '');
      // What `cmctl renew` does.
      const renew = {
        type: 'Issuing',
        status: 'True',
        reason: 'ManuallyTriggered',
        message: 'renew',
        lastTransitionTime,
      };
      const conditions = [...ready, renew];
      expectOk(
        await client.request('PATCH', `${path}/status`, {
          body: { status: { conditions } },
          contentType: 'application/merge-patch+json',
        }),
      );
      const after = await eventually('another key', async () => {
        const now = await secretOf('web-tls');
        return now['tls.key'] === before['tls.key'] ? undefined : now;
      });
      expect(read(after)).toEqual(read(before));
      expect(after['ca.crt']).toBe(before['ca.crt']);
    }, 120_000);
  },
  { unless: lackIn(program), own: true },
);
