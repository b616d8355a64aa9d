/** A service that gives tokens for a registry, as the distribution project documents it: https://distribution.github.io/distribution/spec/auth/token/ */
import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { Agent, request } from 'undici';
import type { Pair } from '../control-plane/certificates';
import { freePorts, LOOPBACK } from '../free-ports';
import { basic, type RegistryUser } from '.';

/** What a token is for. */
export interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** Somebody who may do something in each repository that matches. */
export interface TokenUser extends RegistryUser {
  readonly repositories: RegExp;
  readonly actions: readonly string[];
}

/** What a token says, where it is another than the service gives. */
export interface TokenChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** By what it is signed: a key, a text for HMAC, nothing. @default - the key of the service */
  readonly by?: KeyObject | { readonly hmac: string } | 'nothing';
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export class TokenService {
  /** @param shown what it shows clients */
  static async create(shown: Pair, ca: string, users: readonly TokenUser[]): Promise<TokenService> {
    const [port = 0] = await freePorts(1);
    const service = new TokenService(`https://${LOOPBACK}:${port}/token`, shown, ca, users);
    await new Promise<void>((done) => service.server.listen(port, LOOPBACK, done));
    return service;
  }

  readonly service = 'registry.acme.example';
  readonly issuer = 'auth.acme.example';
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #agent: Agent;
  private readonly server: Server;

  private constructor(
    readonly realm: string,
    shown: Pair,
    ca: string,
    users: readonly TokenUser[],
  ) {
    this.#agent = new Agent({ connect: { ca } });
    this.server = createServer({ cert: shown.cert, key: shown.key }, ({ url = '', headers }, answer) => {
      const asked = new URL(url, realm).searchParams;
      const user = users.find((each) => basic(each) === headers.authorization);
      answer.statusCode = user !== undefined && asked.get('service') === this.service ? 200 : 401;
      const access = asked.getAll('scope').flatMap((scopes) => scopes.split(' ').map((scope) => granted(scope, user)));
      answer.end(JSON.stringify(answer.statusCode === 200 ? { token: this.token(access) } : { errors: [] }));
    });
  }

  /** The public key, as the service publishes it. */
  get jwks(): string {
    const key = this.#keys.publicKey.export({ format: 'jwk' });
    return JSON.stringify({ keys: [{ ...key, kid: 'first', use: 'sig', alg: 'ES256' }] });
  }

  /** What everybody knows. */
  get publicPem(): string {
    return this.#keys.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  }

  /** A token for some rights, and what is wrong with it. */
  token(access: readonly Access[], { claims, header, by = this.#keys.privateKey }: TokenChanges = {}): string {
    const now = Math.floor(Date.now() / 1_000);
    const body = {
      iss: this.issuer,
      aud: this.service,
      sub: 'somebody',
      iat: now,
      nbf: now - 5,
      exp: now + 300,
      jti: randomUUID(),
      access,
      ...claims,
    };
    const text = `${encoded({ typ: 'JWT', alg: 'ES256', kid: 'first', ...header })}.${encoded(body)}`;
    if (by === 'nothing') return `${text}.`;
    if ('hmac' in by) return `${text}.${createHmac('sha256', by.hmac).update(text).digest('base64url')}`;
    return `${text}.${sign('sha256', Buffer.from(text), { key: by, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  /** How a user's client follows what a registry tells it. */
  login(user: RegistryUser): (challenge: string) => Promise<string> {
    return async (challenge) => {
      const told = Object.fromEntries(
        [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
      );
      const url = new URL(told.realm ?? '');
      url.searchParams.set('service', told.service ?? '');
      if (told.scope !== undefined) url.searchParams.set('scope', told.scope);
      const { body } = await request(url, { dispatcher: this.#agent, headers: { authorization: basic(user) } });
      const { token } = (await body.json()) as { readonly token?: string };
      return `Bearer ${token ?? 'none'}`;
    };
  }

  async stop(): Promise<void> {
    await this.#agent.destroy();
    await new Promise((done) => this.server.close(done));
  }
}

/** What somebody gets of what they ask for: `repository:shop/web:pull,push`. */
function granted(scope: string, user: TokenUser | undefined): Access {
  const [type = '', name = '', actions = ''] = scope.split(':');
  const mayAny = type === 'repository' && user?.repositories.test(name) === true;
  return { type, name, actions: actions.split(',').filter((action) => mayAny && user.actions.includes(action)) };
}
