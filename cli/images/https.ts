import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { messageOf } from '../../core/message-of';

/** An image that could not be found out about. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

/** How servers are asked. */
export interface HttpsOptions {
  /** Certificates of authorities in place of those that Node trusts, as PEM. @default - Node's */
  readonly ca?: readonly string[];
  /** Waits; tests make it short. @default - by the clock */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What a server is asked. */
export interface Question {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What it says. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A manifest is at most 4 MiB: what the distribution specification has registries take. */
const mostBytes = 4 * 1_024 * 1_024;
const timeoutMs = 30_000;
const tries = 5;
const redirects = 5;
/** The longest that a server which wants us to wait is waited for, over all tries. */
const longestWaitMs = 60_000;
/** Connections to one host. */
const connections = 16;

/** Connections that broke, which another may not. */
const passing = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'HPE_INVALID_CONSTANT', 'HPE_UNEXPECTED_CONTENT_LENGTH'];

/** Asks servers over HTTPS: by the proxy of the environment, again where they want us to wait, elsewhere where they send us. */
export class HttpsClient {
  readonly #dispatcher: Dispatcher;
  readonly #wait: (milliseconds: number) => Promise<unknown>;

  constructor({ ca, wait = sleep }: HttpsOptions = {}) {
    const connect = { ...(ca !== undefined && { ca: [...ca] }) };
    this.#dispatcher = new EnvHttpProxyAgent({ connect, requestTls: connect, connections });
    this.#wait = wait;
  }

  /** Ends its connections. */
  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  /**
   * What a server answers in the end.
   * @throws RegistryError where it does not
   */
  async ask(url: URL, question: Question): Promise<Answer> {
    let waited = 0;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#exchange(url, question, attempt);
      if (isRedirect(answer) && question.method !== 'POST') return this.#follow(url, question, answer, redirects);
      const again = answer.status === 429 || answer.status >= 500;
      const pause = pauseOf(answer, attempt);
      if (!again || attempt === tries || waited + pause > longestWaitMs) return answer;
      waited += pause;
      await this.#wait(pause);
    }
  }

  /** Without what lets in, where it is another server. */
  async #follow(from: URL, question: Question, { headers }: Answer, left: number): Promise<Answer> {
    const location = [headers.location ?? []].flat()[0] ?? '';
    const to = tryUrl(location, from);
    if (left === 0 || to?.protocol !== 'https:')
      throw new RegistryError(`${from.host} sends us to ${shownUrl(to, location)}, where nothing is asked`);
    const { authorization, ...rest } = question.headers;
    const kept = { ...rest, ...(to.origin === from.origin && authorization !== undefined && { authorization }) };
    const own = { ...question, headers: kept };
    const answer = await this.#exchange(to, own);
    return isRedirect(answer) ? this.#follow(to, own, answer, left - 1) : answer;
  }

  async #exchange(url: URL, question: Question, attempt = 1): Promise<Answer> {
    try {
      return await this.#send(url, question);
    } catch (error) {
      if (error instanceof RegistryError) throw error;
      const { code = '' } = error as { readonly code?: string };
      if (passing.includes(code) && attempt < tries) return this.#exchange(url, question, attempt + 1);
      throw new RegistryError(`${url.host} does not answer: ${reasonOf(error)}`);
    }
  }

  async #send(url: URL, { method, headers, body }: Question): Promise<Answer> {
    const answer = await request(url, {
      dispatcher: this.#dispatcher,
      method,
      // Undici ends the connection after each HEAD, for servers that answer it with a body. One that does breaks it, and is asked anew.
      reset: false,
      headers: { 'user-agent': 'kube-bulwark', ...headers },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      ...(body !== undefined && { body }),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostBytes) throw new RegistryError(`${url.host} sends more than 4 MiB for a manifest`);
      chunks.push(chunk);
    }
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
  }
}

/** Undefined for what is no URL. */
export function tryUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** A URL for a message: without its query and user, which may let whoever has them in. */
export function shownUrl(url: URL | undefined, text: string): string {
  return JSON.stringify(url === undefined ? text.split('?')[0] : `${url.protocol}//${url.host}${url.pathname}`);
}

function isRedirect({ status }: Answer): boolean {
  return status >= 300 && status < 400;
}

const untrusted = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

/** What is said of a connection that failed, with what helps. */
function reasonOf(error: unknown): string {
  const { code, cause } = error as { readonly code?: string; readonly cause?: unknown };
  const text = messageOf(error) || messageOf(cause);
  if (code !== undefined && untrusted.includes(code))
    return `its certificate is of an authority that is not trusted here (${code}): name that authority's certificate by --ca`;
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || /wrong version number|packet length too long/.test(text))
    return 'it speaks plain HTTP, by which anybody on the way could answer: give it TLS';
  return code === undefined || text.includes(code) ? text : `${text} (${code})`;
}

/** Seconds or a date in Retry-After, else twice as long each time. */
function pauseOf({ headers }: Answer, attempt: number): number {
  const header = [headers['retry-after'] ?? []].flat()[0];
  const own = 250 * 2 ** attempt;
  if (header === undefined) return own;
  const seconds = Number(header);
  const asked = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(asked) ? own : Math.max(asked, 0);
}
