/** A small client of the Kubernetes API over node:https: answers are values to assert on, not exceptions. */
import { Agent, request } from 'node:https';
import type { KubernetesObject, ObjectMeta } from '../../../core/manifest/object';
import { Discovery } from './discovery';

/** What the server said to one request. */
export interface Answer<T = ApiObject> {
  /** HTTP status code. */
  readonly status: number;
  /** The object; on a refusal the server's Status object, whose text is also in `message`. */
  readonly body: T;
  /** Texts of the Warning headers: deprecated APIs, Pod Security warnings. */
  readonly warnings: readonly string[];
  /** Why the request was refused; empty on success. */
  readonly message: string;
  /** The request, for error texts: `PATCH /api/v1/namespaces/shop/pods/web`. */
  readonly request: string;
}

/** An object as the server returns it. */
export interface ApiObject extends KubernetesObject {
  readonly metadata: ObjectMeta & {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation?: number;
  };
}

/** A list as the server returns it. */
export interface ApiList<T = ApiObject> {
  readonly items: readonly T[];
}

/** Which object is meant; any whole object does, too. */
export type Reference = Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>;

/** {@link Client.list} */
export interface ListOptions {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - all namespaces */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** {@link Client.create} */
export interface WriteOptions {
  /** Everything but storing it: admission and validation are as in earnest. @default false */
  readonly dryRun?: boolean;
}

/** {@link Client.apply} */
export interface ApplyOptions extends WriteOptions {
  /** Takes over fields that another manager owns, instead of a conflict. @default false */
  readonly force?: boolean;
  /** @default 'kube-bulwark-test' */
  readonly fieldManager?: string;
}

/** {@link Client.can}: what is asked for, beyond verb and resource. */
export interface AccessOptions {
  /** @default '' - the core group */
  readonly group?: string;
  /** @default - the whole cluster */
  readonly namespace?: string;
  /** @default - any object */
  readonly name?: string;
  /** For example `log` or `exec` of `pods`. */
  readonly subresource?: string;
}

/** Where a server is and how to trust it. */
export interface Endpoint {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** PEM certificates that the server's certificate must chain to. */
  readonly ca: string;
  /** Tests of other files use it meanwhile, and would meet what decides about their requests. @default false */
  readonly isShared?: boolean;
}

/** {@link Client.request} */
export interface RequestOptions {
  /** Query parameters; those undefined are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string;
  /** Headers besides: `impersonate-user`. @default - none */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

const TIMEOUT_MS = 30_000;
const MEDIA_TYPE = { apply: 'application/apply-patch+yaml', merge: 'application/merge-patch+json' } as const;

/**
 * One user's connection to one server. Every method returns what the server said, whatever the status; only a broken
 * connection rejects. Writes use strict field validation: an unknown or duplicate field is refused.
 */
export class Client {
  /** A client of `endpoint` that sends `token`. */
  static of(endpoint: Endpoint, token: string): Client {
    return new Client(
      endpoint,
      token,
      new Agent({ keepAlive: true, maxSockets: 16, ca: endpoint.ca }),
      new Discovery(),
    );
  }

  /** A client that shows a certificate, and one without any credentials where none is given. */
  static ofCertificate(endpoint: Endpoint, pair?: { readonly cert: string; readonly key: string }): Client {
    const agent = new Agent({ keepAlive: true, maxSockets: 16, ca: endpoint.ca, ...pair });
    return new Client(endpoint, undefined, agent, new Discovery());
  }

  private constructor(
    private readonly endpoint: Endpoint,
    private readonly token: string | undefined,
    private readonly agent: Agent,
    private readonly discovery: Discovery,
  ) {}

  /** The same server as another user. */
  as(token: string): Client {
    return new Client(this.endpoint, token, this.agent, this.discovery);
  }

  /** The object as it is stored. */
  get<T = ApiObject>(object: Reference): Promise<Answer<T>> {
    return this.onObject<T>('GET', object);
  }

  /** The objects of a kind, in one namespace or in all. */
  async list<T = ApiObject>(options: ListOptions): Promise<Answer<ApiList<T>>> {
    const { apiVersion, kind, namespace, labelSelector, fieldSelector } = options;
    const path = await this.discovery.collection(this, { apiVersion, kind, namespace });
    if (typeof path !== 'string') return path as Answer<never>;
    return this.request('GET', path, { query: { labelSelector, fieldSelector } });
  }

  /** POSTs the object as it is. */
  async create<T = ApiObject>(object: KubernetesObject, options: WriteOptions = {}): Promise<Answer<T>> {
    const { apiVersion, kind } = object;
    const path = await this.discovery.collection(this, {
      apiVersion,
      kind,
      namespace: object.metadata?.namespace ?? '',
    });
    if (typeof path !== 'string') return path as Answer<never>;
    return this.request('POST', path, { query: { fieldValidation: 'Strict', ...dryRun(options) }, body: object });
  }

  /** Server-side apply: creates the object or merges it into what is there, by field ownership. */
  apply<T = ApiObject>(object: KubernetesObject, options: ApplyOptions = {}): Promise<Answer<T>> {
    const query = {
      fieldManager: options.fieldManager ?? 'kube-bulwark-test',
      fieldValidation: 'Strict',
      force: options.force ? 'true' : undefined,
      ...dryRun(options),
    };
    return this.onObject<T>('PATCH', object, { query, body: object, contentType: MEDIA_TYPE.apply });
  }

  /** Deletes the object; what it owns goes too, in the background. */
  delete<T = ApiObject>(object: Reference): Promise<Answer<T>> {
    return this.onObject<T>('DELETE', object, { query: { propagationPolicy: 'Background', gracePeriodSeconds: '0' } });
  }

  /** Merges `status` into the object's status subresource: what a kubelet or a controller would report. */
  patchStatus<T = ApiObject>(object: Reference, status: unknown): Promise<Answer<T>> {
    return this.onObject<T>('PATCH', object, { body: { status }, contentType: MEDIA_TYPE.merge }, '/status');
  }

  /** A token of a ServiceAccount, valid for ten minutes. @throws Error if the server refuses. */
  async createToken(namespace: string, serviceAccount: string, audience?: string): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`;
    const spec = { expirationSeconds: 600, ...(audience === undefined ? {} : { audiences: [audience] }) };
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec };
    const answer = await this.request<{ readonly status: { readonly token: string } }>('POST', path, { body });
    return expectOk(answer).status.token;
  }

  /** Whether the holder of `token` may do it (SelfSubjectAccessReview). @throws Error if the server refuses to say. */
  async can(token: string, verb: string, resource: string, options: AccessOptions = {}): Promise<boolean> {
    const review = await this.as(token).create<{ readonly status: { readonly allowed: boolean } }>({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb, resource, ...options } },
    });
    return expectOk(review).status.allowed;
  }

  /** Any other request: subresources, `/readyz`, discovery. A body that is not JSON becomes a Status with its text. */
  request<T = ApiObject>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const url = new URL(path, this.endpoint.url);
    for (const [name, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    if (this.endpoint.isShared && decidesForOthers(method, path, options)) {
      throw new Error(
        `${method} ${path} would decide about requests of tests that run meanwhile (no selector of namespaces lets pass what has none); say \`own: true\` to describeCluster.`,
      );
    }
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const headers = {
      ...options.headers,
      ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
      accept: 'application/json',
      ...(body === undefined
        ? {}
        : { 'content-type': options.contentType ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const line = `${method} ${url.pathname}${url.search}`;
    return new Promise((done, fail) => {
      const call = request(url, { method, headers, agent: this.agent, timeout: TIMEOUT_MS }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const warnings = (response.headersDistinct.warning ?? []).flatMap(parseWarnings);
          const parsed = parse(Buffer.concat(chunks).toString('utf8'));
          const status = response.statusCode ?? 0;
          const message = status < 300 ? '' : String(parsed.message ?? `HTTP ${status}`);
          done({ status, body: parsed as T, warnings, message, request: line });
        });
      });
      call.on('timeout', () => call.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
      call.on('error', (cause) => fail(new Error(`${line}: ${cause.message}`, { cause })));
      call.end(body);
    });
  }

  private async onObject<T>(
    method: string,
    { apiVersion, kind, metadata }: Reference,
    options: RequestOptions = {},
    subresource = '',
  ): Promise<Answer<T>> {
    if (!metadata?.name) throw new Error(`${method} ${apiVersion} ${kind}: metadata.name is missing; name the object.`);
    const path = await this.discovery.collection(this, { apiVersion, kind, namespace: metadata.namespace ?? '' });
    if (typeof path !== 'string') return path as Answer<never>;
    return this.request<T>(method, `${path}/${encodeURIComponent(metadata.name)}${subresource}`, options);
  }
}

const deciding = /^\/apis\/admissionregistration\.k8s\.io\/[^/]+\/(?:\w+bindings|\w+webhookconfigurations)\b/;

/** Whether a request puts a policy or webhook in force. */
function decidesForOthers(method: string, path: string, { query }: RequestOptions): boolean {
  return method !== 'GET' && method !== 'DELETE' && query?.dryRun === undefined && deciding.test(path);
}

/** The body of a successful answer. @throws Error with the request, status and message of any other. */
export function expectOk<T>(answer: Answer<T>): T {
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  throw new Error(`${answer.request} gave ${answer.status}: ${answer.message}`);
}

/** The texts of one Warning header: `299 - "text", 299 - "more"` (RFC 7234, section 5.5). */
function parseWarnings(header: string): readonly string[] {
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { apiVersion: 'v1', kind: 'Status', message: text };
  }
}

function dryRun({ dryRun }: WriteOptions): { readonly dryRun?: string } {
  return dryRun ? { dryRun: 'All' } : {};
}
