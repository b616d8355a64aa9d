import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { LockedImage } from '../../core/images/lock';
import type { ImageReference } from '../../core/images/reference';
import { type Challenge, challenges } from './challenge';
import { type Credentials, credentialsOf } from './credentials';
import {
  type Answer,
  HttpsClient,
  type HttpsOptions,
  type OpenAnswer,
  type Question,
  RegistryError,
  shownUrl,
  tryUrl,
} from './https';
import { refusalText } from './refusal';

/** What can be a tag's content: indexes first, so that a registry that has both gives all platforms. */
export const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** A repository of a registry. */
export type Place = Pick<ImageReference, 'registry' | 'repository'>;

/** How registries are asked, and as whom. */
export interface RegistriesOptions extends HttpsOptions {
  /** @default - what `docker login` left */
  readonly credentials?: (registry: string) => Promise<Credentials | undefined>;
}

/** The registries that images are in, over HTTPS, by the OCI distribution specification. */
export class Registries {
  readonly #https: HttpsClient;
  readonly #credentials: (registry: string) => Promise<Credentials | undefined>;
  readonly #known = new Map<string, Promise<Credentials | undefined>>();
  /** By registry and repository: a token lets in to one repository. */
  readonly #authorization = new Map<string, Promise<string | undefined>>();

  constructor({ credentials = credentialsOf, ...https }: RegistriesOptions = {}) {
    this.#https = new HttpsClient(https);
    this.#credentials = credentials;
  }

  /** Ends its connections. */
  close(): Promise<void> {
    return this.#https.close();
  }

  /**
   * What a tag stands for now.
   * @throws RegistryError where the registry does not say
   */
  async resolve(image: ImageReference): Promise<LockedImage> {
    const { tag = 'latest' } = image;
    const { body, headers } = await this.#get(image, `manifests/${tag}`, accepted);
    const digest = sha256(body);
    const said = headers['docker-content-digest'];
    if (said !== undefined && said !== digest)
      throw new RegistryError(`the registry says that its content is ${said}, and what it sent is ${digest}`);
    const manifest = parsed(body);
    const platforms = Array.isArray(manifest.manifests)
      ? manifest.manifests.flatMap((each) => platformName(each?.platform))
      : await this.#platformOf(image, manifest);
    if (platforms.length === 0) throw new RegistryError('it holds nothing that runs: no platform is named');
    return { digest, platforms: [...new Set(platforms)].sort() };
  }

  /** Whether a tag still stands for a digest, by the cheapest question: registries do not count it as a pull. */
  async stillIs(image: ImageReference, digest: string): Promise<boolean> {
    const { tag = 'latest' } = image;
    const { headers } = await this.#get(image, `manifests/${tag}`, accepted, 'HEAD');
    const said = headers['docker-content-digest'];
    if (said !== undefined) return said === digest;
    return (await this.resolve(image)).digest === digest;
  }

  async #platformOf(image: ImageReference, { config }: Manifest): Promise<readonly string[]> {
    // What a registry says becomes a part of a path only as what it has to be.
    if (typeof config?.digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(config.digest))
      throw new RegistryError('it is in no form of images that are still pulled (schema 1?): push it anew');
    const { body } = await this.#get(image, `blobs/${config.digest}`, ['*/*']);
    if (sha256(body) !== config.digest) throw new RegistryError(`what the registry sent is not ${config.digest}`);
    return platformName(parsed(body));
  }

  /** @throws RegistryError for whatever is no answer */
  async #get(image: ImageReference, path: string, accept: readonly string[], method: 'GET' | 'HEAD' = 'GET') {
    const answer = await this.ask(image, path, { method, headers: { accept: accept.join(', ') } });
    if (answer.status === 200) return answer;
    throw await this.refusal(image, answer, 'pull');
  }

  /**
   * What a registry answers in the end, whatever it is, to a question about one of its repositories.
   * @param path below the repository
   * @throws RegistryError where it does not answer
   */
  ask(place: Place, path: string, question: Question): Promise<Answer> {
    return this.#letIn(place, path, question.headers, (url, headers) => this.#https.ask(url, { ...question, headers }));
  }

  /** Begins to read what may be long. @throws RegistryError where the registry does not answer */
  open(place: Place, path: string): Promise<OpenAnswer> {
    return this.#letIn(place, path, {}, (url, headers) => this.#https.open(url, headers));
  }

  /** Sends what is read meanwhile, once. @throws RegistryError where the registry does not answer; whatever went wrong in reading */
  async upload(place: Place, url: URL, headers: Question['headers'], body: Readable): Promise<Answer> {
    const authorization = await this.#authorization.get(keyOf(place));
    const letsIn = url.host === place.registry && authorization !== undefined && { authorization };
    return this.#https.upload(url, { ...headers, ...letsIn }, body);
  }

  /** Asks as who is known there, and again as who is asked for. */
  async #letIn<T extends Answer | OpenAnswer>(
    place: Place,
    path: string,
    headers: Question['headers'],
    ask: (url: URL, headers: Question['headers']) => Promise<T>,
  ): Promise<T> {
    const { registry, repository } = place;
    const url = urlOf(place, path);
    const key = keyOf(place);
    const askAs = async (letsIn: Promise<string | undefined> | undefined) => {
      const authorization = await letsIn;
      return ask(url, { ...headers, ...(authorization !== undefined && { authorization }) });
    };
    const known = this.#authorization.get(key);
    const answer = await askAs(known);
    if (answer.status !== 401) return answer;
    // Another question to the same repository may have got it meanwhile.
    let renewed = this.#authorization.get(key);
    if (renewed === known) {
      renewed = this.#authorize(registry, repository, answer);
      this.#authorization.set(key, renewed);
    }
    if ((await renewed) === undefined) return answer;
    if (!Buffer.isBuffer(answer.body)) answer.body.destroy();
    return askAs(renewed);
  }

  /** Why a registry does not do what it is asked for, and what helps. */
  async refusal({ registry }: Place, { status, headers, body }: Answer, what: 'pull' | 'push'): Promise<RegistryError> {
    // Whoever has a token is known, and lacks a right (RFC 6750, 3.1).
    const lacksRight = challengesOf(headers).some(({ parameters }) => parameters.error === 'insufficient_scope');
    const own = await this.#known.get(registry);
    return new RegistryError(
      refusalText({ registry, status: status === 401 && lacksRight ? 403 : status, body, what, own }),
    );
  }

  async #authorize(
    registry: string,
    repository: string,
    { headers }: Pick<Answer, 'headers'>,
  ): Promise<string | undefined> {
    const offered = challengesOf(headers);
    let own = this.#known.get(registry);
    if (own === undefined) {
      own = this.#credentials(registry);
      this.#known.set(registry, own);
    }
    const credentials = await own;
    const bearer = offered.find(({ scheme }) => scheme === 'bearer');
    if (bearer !== undefined) return this.#token(registry, repository, bearer.parameters, credentials);
    if (offered.some(({ scheme }) => scheme === 'basic') && credentials !== undefined) return basic(credentials);
    return undefined;
  }

  /** A token of the service that the registry names (https://distribution.github.io/distribution/spec/auth/token/). */
  async #token(
    registry: string,
    repository: string,
    { realm = '', service, scope = `repository:${repository}:pull` }: Readonly<Record<string, string>>,
    credentials: Credentials | undefined,
  ): Promise<string | undefined> {
    const url = tryUrl(realm);
    if (url?.protocol !== 'https:')
      throw new RegistryError(
        `${registry} sends us to ${shownUrl(url, realm)} for a token, which is no HTTPS: nothing was sent there`,
      );
    const refresh = credentials?.identityToken;
    let answer: Answer;
    if (refresh !== undefined) {
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refresh,
        client_id: 'kube-bulwark',
        scope,
        ...(service !== undefined && { service }),
      });
      answer = await this.#https.ask(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
    } else {
      if (service !== undefined) url.searchParams.set('service', service);
      url.searchParams.set('scope', scope);
      answer = await this.#https.ask(url, {
        method: 'GET',
        headers: credentials === undefined ? {} : { authorization: basic(credentials) },
      });
    }
    if (answer.status !== 200) return undefined;
    const { token, access_token } = parsed(answer.body);
    const value = token ?? access_token;
    return typeof value === 'string' ? `Bearer ${value}` : undefined;
  }
}

interface Manifest {
  readonly manifests?: readonly ({ readonly platform?: Platform | null } | null)[];
  readonly config?: { readonly digest?: unknown } | null;
  readonly token?: unknown;
  readonly access_token?: unknown;
}

interface Platform {
  readonly os?: unknown;
  readonly architecture?: unknown;
  readonly variant?: unknown;
}

/** @throws RegistryError for what is no object */
function parsed(body: Buffer): Manifest & Platform {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // As what is no object.
  }
  throw new RegistryError('what the registry sent is no JSON');
}

/** It stands in the lock, and is printed. */
const platformPart = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** `linux/arm64/v8`; none for what runs nowhere, such as an attestation beside the images of an index. */
function platformName(platform: Platform | null | undefined): readonly string[] {
  const { os, architecture, variant } = platform ?? {};
  const parts = [os, architecture, ...(variant === undefined || variant === null || variant === '' ? [] : [variant])];
  const isNamed = os !== 'unknown' && parts.every((part) => typeof part === 'string' && platformPart.test(part));
  return isNamed ? [parts.join('/')] : [];
}

export function sha256(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

function challengesOf(headers: Answer['headers']): readonly Challenge[] {
  return challenges([headers['www-authenticate'] ?? []].flat().join(', '));
}

function keyOf({ registry, repository }: Place): string {
  return `${registry}/${repository}`;
}

/** @throws RegistryError where the registry is no host */
function urlOf({ registry, repository }: Place, path: string): URL {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const url = tryUrl(`https://${host}/v2/${repository}/${path}`);
  if (url === undefined) throw new RegistryError(`${registry} is no host with a port: see how it is written`);
  return url;
}

function basic({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
