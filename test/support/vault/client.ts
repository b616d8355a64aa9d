import { Agent, request } from 'node:https';

/** What Vault said to one request. */
export interface VaultAnswer {
  /** HTTP status code. */
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Of a login: the token and what it may do. */
  readonly auth: { readonly client_token: string; readonly policies: readonly string[] } | undefined;
  readonly leaseId: string;
  readonly errors: readonly string[];
}

/** The holder of a token, or of none. Answers are values to assert on; only a broken connection rejects. */
export class VaultClient {
  readonly #agent: Agent;

  constructor(
    readonly address: string,
    readonly ca: string,
    readonly token?: string,
  ) {
    this.#agent = new Agent({ keepAlive: false, ca });
  }

  /** The same Vault with another token. */
  as(token: string): VaultClient {
    return new VaultClient(this.address, this.ca, token);
  }

  read(path: string): Promise<VaultAnswer> {
    return this.ask('GET', path);
  }

  list(path: string): Promise<VaultAnswer> {
    return this.ask('LIST', path);
  }

  write(path: string, body: object = {}): Promise<VaultAnswer> {
    return this.ask('POST', path, body);
  }

  delete(path: string): Promise<VaultAnswer> {
    return this.ask('DELETE', path);
  }

  /** For what has to succeed. @throws Error with what Vault said, without what was sent. */
  async must(answer: Promise<VaultAnswer>): Promise<VaultAnswer> {
    const given = await answer;
    if (given.status >= 300) throw new Error(`Vault gave ${given.status}: ${given.errors.join('; ')}`);
    return given;
  }

  ask(method: string, path: string, body?: object): Promise<VaultAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      'x-vault-request': 'true',
      ...(this.token !== undefined && { 'x-vault-token': this.token }),
      ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((done, fail) => {
      const url = new URL(`/v1/${path}`, this.address);
      const call = request(url, { method, headers, agent: this.#agent, timeout: 30_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const said = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
          done({
            status: response.statusCode ?? 0,
            data: said.data ?? {},
            auth: said.auth ?? undefined,
            leaseId: said.lease_id ?? '',
            errors: said.errors ?? [],
          });
        });
      });
      call.on('timeout', () => call.destroy(new Error('no answer within 30 s')));
      call.on('error', (cause) => fail(new Error(`Vault ${method} ${path}: ${cause.message}`, { cause })));
      call.end(text);
    });
  }
}
