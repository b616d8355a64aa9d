import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { messageOf } from '../../core/message-of';

/** An image that could not be found out about. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

/** A server that does not answer, or breaks off: another time it may. */
export class UnansweredError extends RegistryError {}

/** How servers are asked. */
export interface HttpsOptions {
  /** Certificates of authorities in place of those that Node trusts, as PEM. @default - Node's */
  readonly ca?: readonly string[];
  /** Waits; tests make it short. @default - by the clock */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What a server is asked. */
export interface Question {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** How it begins to answer. */
interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What it says. */
export interface Answer extends Reply {
  readonly body: Buffer;
}

/** What it says, as it comes: read it to its end, or destroy it. */
export interface OpenAnswer extends Reply {
  readonly body: Readable;
}

/** A manifest is at most 4 MiB: what the distribution specification has registries take. */
const mostBytes = 4 * 1_024 * 1_024;
const timeoutMs = 30_000;
/** A registry writes what it was sent to its bucket before it answers. */
const uploadTimeoutMs = 600_000;
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
    const isRead = question.method === 'GET' || question.method === 'HEAD';
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#exchange(url, question, attempt);
      if (isRead && isRedirect(answer)) return this.#follow(url, question, answer, redirects);
      const again = answer.status === 429 || answer.status >= 500;
      const pause = pauseOf(answer, attempt);
      if (!again || attempt === tries || waited + pause > longestWaitMs) return answer;
      waited += pause;
      await this.#wait(pause);
    }
  }

  /**
   * What a server has, of any length, where it is elsewhere, too. Asked once.
   * @throws RegistryError where it does not answer
   */
  async open(url: URL, headers: Question['headers'], left = redirects): Promise<OpenAnswer> {
    const answer = await this.#sent(url, { method: 'GET', headers });
    if (!isRedirect(answer)) return answer;
    answer.body.destroy();
    const { to, kept } = redirected(url, headers, answer, left);
    return this.open(to, kept, left - 1);
  }

  /**
   * Sends what is read meanwhile, once.
   * @throws RegistryError where the server does not answer; whatever went wrong in reading
   */
  async upload(url: URL, headers: Question['headers'], body: Readable): Promise<Answer> {
    const { status, headers: said, body: answer } = await this.#sent(url, { method: 'PUT', headers, body });
    return { status, headers: said, body: await wholeOf(answer, url) };
  }

  /** Without what lets in, where it is another server. */
  async #follow(from: URL, question: Question, reply: Reply, left: number): Promise<Answer> {
    const { to, kept } = redirected(from, question.headers, reply, left);
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
      throw unanswered(url, error);
    }
  }

  async #send(url: URL, question: Question): Promise<Answer> {
    const { status, headers, body } = await this.#request(url, question);
    return { status, headers, body: await wholeOf(body, url) };
  }

  async #sent(url: URL, question: Question | Upload): Promise<OpenAnswer> {
    try {
      return await this.#request(url, question);
    } catch (error) {
      throw error instanceof RegistryError ? error : unanswered(url, error);
    }
  }

  async #request(url: URL, { method, headers, body }: Question | Upload): Promise<OpenAnswer> {
    const answer = await request(url, {
      dispatcher: this.#dispatcher,
      method,
      // Undici ends the connection after each HEAD, for servers that answer it with a body. One that does breaks it, and is asked anew.
      reset: false,
      headers: { 'user-agent': 'kube-bulwark', ...headers },
      headersTimeout: method === 'PUT' ? uploadTimeoutMs : timeoutMs,
      bodyTimeout: timeoutMs,
      ...(body !== undefined && { body }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  }
}

/** A question with a body that is read while it is sent. */
interface Upload extends Omit<Question, 'body'> {
  readonly body: Readable;
}

/** @throws RegistryError for more than a manifest has */
export async function wholeOf(body: Readable, { host }: Pick<URL, 'host'>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new RegistryError(`${host} sends more than 4 MiB for a manifest`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Where a server sends us, and what it may be told there. */
function redirected(from: URL, headers: Question['headers'], reply: Reply, left: number) {
  const location = [reply.headers.location ?? []].flat()[0] ?? '';
  const to = tryUrl(location, from);
  if (left === 0 || to?.protocol !== 'https:')
    throw new RegistryError(`${from.host} sends us to ${shownUrl(to, location)}, where nothing is asked`);
  const { authorization, ...rest } = headers;
  return { to, kept: { ...rest, ...(to.origin === from.origin && authorization !== undefined && { authorization }) } };
}

function unanswered({ host }: URL, error: unknown): UnansweredError {
  return new UnansweredError(`${host} does not answer: ${reasonOf(error)}`);
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

function isRedirect({ status }: Reply): boolean {
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
