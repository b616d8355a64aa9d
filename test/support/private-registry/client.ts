/** A client that pushes and pulls small images, and compares what it gets with its digest. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Agent, request } from 'undici';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What was pushed. */
export interface Pushed {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly layers: readonly string[];
}

/** How a client proves who it is: what it says at once, or what it fetches once it was told where. */
export type Login = string | ((challenge: string) => Promise<string>);

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';

export function digestOf(text: string | Buffer): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

export class RegistryClient {
  readonly #agent: Agent;

  constructor(
    private readonly address: string,
    ca: string,
    private readonly login: Login | undefined,
  ) {
    this.#agent = new Agent({ connect: { ca }, keepAliveTimeout: 1 });
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async ask(method: string, path: string, body?: string | Readable, type?: string): Promise<Answer> {
    const { login } = this;
    if (typeof login !== 'function') return this.#ask(login, method, path, body, type);
    const first = await this.#ask(undefined, method, path);
    if (first.status !== 401) return first;
    return this.#ask(await login(String(first.headers['www-authenticate'])), method, path, body, type);
  }

  async #ask(
    authorization: string | undefined,
    method: string,
    path: string,
    body?: string | Readable,
    type?: string,
  ): Promise<Answer> {
    const url = new URL(path, this.address);
    // Answers name the host that clients know; a test is not there.
    const response = await request(new URL(url.pathname + url.search, this.address), {
      dispatcher: this.#agent,
      method: method as 'GET',
      headers: {
        accept: `${manifestType}, ${indexType}`,
        ...(authorization !== undefined && { authorization }),
        ...(type !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && { body }),
    });
    return { status: response.statusCode, text: await response.body.text(), headers: response.headers };
  }

  async #must(method: string, path: string, body?: string, type?: string): Promise<Answer> {
    const answer = await this.ask(method, path, body, type);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  async #blob(repository: string, content: string) {
    const digest = digestOf(content);
    const { headers } = await this.#must('POST', `/v2/${repository}/blobs/uploads/`);
    const location = String(headers.location);
    const path = `${location}${location.includes('?') ? '&' : '?'}digest=${digest}`;
    await this.#must('PUT', path, content, 'application/octet-stream');
    return { digest, size: Buffer.byteLength(content) };
  }

  /** Pushes an image of some layers. @returns once the registry has acknowledged it */
  async push(repository: string, tag: string, layers: readonly string[]): Promise<Pushed> {
    const config = await this.#blob(repository, JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: tag }));
    const pushed: object[] = [];
    for (const layer of layers)
      pushed.push({ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...(await this.#blob(repository, layer)) });
    const text = JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: pushed,
    });
    await this.#must('PUT', `/v2/${repository}/manifests/${tag}`, text, manifestType);
    return { repository, tag, digest: digestOf(text), layers: layers.map(digestOf) };
  }

  /** An index of images that are there. @returns its digest */
  async pushIndex(repository: string, tag: string, images: readonly Pushed[]): Promise<string> {
    const manifests: object[] = [];
    for (const { digest } of images) {
      const { text } = await this.#must('GET', `/v2/${repository}/manifests/${digest}`);
      manifests.push({ mediaType: manifestType, digest, size: Buffer.byteLength(text), platform: { os: 'linux' } });
    }
    const text = JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests });
    await this.#must('PUT', `/v2/${repository}/manifests/${tag}`, text, indexType);
    return digestOf(text);
  }

  /** Pulls all of an image. @returns what is wrong with it; undefined for an image that is whole */
  async wrongWith(repository: string, reference: string): Promise<string | undefined> {
    const manifest = await this.ask('GET', `/v2/${repository}/manifests/${reference}`);
    if (manifest.status !== 200) return `${repository}:${reference}: ${manifest.status}`;
    if (reference.startsWith('sha256:') && digestOf(manifest.text) !== reference) return `${reference} is another`;
    const {
      config,
      layers = [],
      manifests = [],
    } = JSON.parse(manifest.text) as {
      readonly config?: { readonly digest: string };
      readonly layers?: readonly { readonly digest: string }[];
      readonly manifests?: readonly { readonly digest: string }[];
    };
    for (const { digest } of manifests) {
      const wrong = await this.wrongWith(repository, digest);
      if (wrong !== undefined) return wrong;
    }
    for (const { digest } of [...(config === undefined ? [] : [config]), ...layers]) {
      const { status, text } = await this.ask('GET', `/v2/${repository}/blobs/${digest}`);
      if (status !== 200) return `${repository}: the blob ${digest}: ${status}`;
      if (digestOf(text) !== digest) return `${repository}: the blob ${digest} is another`;
    }
    return undefined;
  }
}
