/** Who tokens of ServiceAccounts come from: a discovery document and keys on loopback, as an API server publishes them, and tokens. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { LOOPBACK } from '../free-ports';

/** To whom its tokens are addressed. */
export const audience = 'sts.amazonaws.com';

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class IdentityProvider {
  static async create(): Promise<IdentityProvider> {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = { ...publicKey.export({ format: 'jwk' }), kid: 'first', alg: 'ES256', use: 'sig' };
    let issuer = '';
    const server = createServer(({ url }, answer) => {
      const found = url?.startsWith('/.well-known/')
        ? {
            issuer,
            jwks_uri: `${issuer}/keys`,
            authorization_endpoint: `${issuer}/none`,
            token_endpoint: `${issuer}/none`,
            response_types_supported: ['id_token'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['ES256'],
          }
        : { keys: [key] };
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(found));
    });
    await new Promise<void>((done) => server.listen(0, LOOPBACK, done));
    issuer = `http://${LOOPBACK}:${(server.address() as { readonly port: number }).port}`;
    return new IdentityProvider(issuer, server, (text) =>
      sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
    );
  }

  private constructor(
    readonly issuer: string,
    private readonly server: Server,
    private readonly signed: (text: string) => string,
  ) {}

  /** A token of somebody, with claims besides. It is valid for an hour. */
  token(subject: string, claims: Readonly<Record<string, string>>): string {
    const now = Math.floor(Date.now() / 1_000);
    const body = { iss: this.issuer, aud: audience, sub: subject, iat: now, exp: now + 3_600, ...claims };
    const text = `${base64({ alg: 'ES256', kid: 'first', typ: 'JWT' })}.${base64(body)}`;
    return `${text}.${this.signed(text)}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }
}
