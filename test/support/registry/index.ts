/** A real registry (CNCF distribution) on the loopback interface, over TLS by an authority of its own, and small images in it. */
import { createHash, createSign, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { writeYaml } from '../../../core/manifest';
import { Authority } from '../control-plane/certificates';
import { ProcessGroup } from '../control-plane/process-group';
import { freePorts, LOOPBACK } from '../free-ports';

/** Who may pull and push where a registry asks. Made up. */
export const user = { name: 'pusher', password: 'made-up-password' } as const;

/** Distribution hides manifests of types that are not named. */
const readable = ['application/vnd.oci.image.index.v1+json', 'application/vnd.oci.image.manifest.v1+json', '*/*'].join(
  ', ',
);

/** Of the password. */
const bcrypt = '$2b$04$i6vDEM5kQQoR8kSWdJinJeV75AxpVrMLtADemcKNGTL5SRDww4icu';

/** How a registry lets in: nobody is asked, by user and password, by tokens of a service. */
export type RegistryAuthentication = 'none' | 'htpasswd' | 'token';

export interface Registry {
  /** `127.0.0.1:5000` */
  readonly host: string;
  /** The certificate of its authority. */
  readonly caFile: string;
  /** A folder of the test, for Docker's configuration and the like. */
  readonly folder: string;
  /** Pushes an image for one platform, or an index for several. @returns its digest */
  push(repository: string, tag: string, platforms: readonly string[], content?: string): Promise<string>;
  /** What it has below /v2/, for whoever may read all of it. */
  get(repository: string, path: string): Promise<{ readonly status: number; readonly body: Buffer }>;
  /** How many tokens its service has given. */
  tokens(): number;
  stop(): Promise<void>;
}

/** @param program the registry's @param auth how it lets in */
export async function startRegistry(program: string, auth: RegistryAuthentication = 'none'): Promise<Registry> {
  const group = await ProcessGroup.create('kube-bulwark-registry-');
  const { folder } = group;
  const authority = await Authority.create(folder, 'registry-authority');
  const pair = await authority.issue('registry', 'registry');
  const [port = 0, tokenPort = 0] = await freePorts(2);
  const host = `${LOOPBACK}:${port}`;
  const realm = `https://${LOOPBACK}:${tokenPort}/token`;
  writeFileSync(join(folder, 'htpasswd'), `${user.name}:${bcrypt}\n`);
  const ways: Readonly<Record<RegistryAuthentication, object>> = {
    none: {},
    htpasswd: { auth: { htpasswd: { realm: 'a registry', path: join(folder, 'htpasswd') } } },
    token: {
      auth: {
        token: {
          realm,
          service: 'registry',
          issuer: 'tokens',
          rootcertbundle: authority.pair.certFile,
          signingalgorithms: ['ES256'],
        },
      },
    },
  };
  const configuration = {
    version: '0.1',
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: true } },
    http: { addr: host, secret: randomUUID(), tls: { certificate: pair.certFile, key: pair.keyFile } },
    ...ways[auth],
  };
  writeFileSync(join(folder, 'registry.yaml'), writeYaml(configuration));
  group.start(program, ['serve', join(folder, 'registry.yaml')], {
    name: 'registry',
    env: { OTEL_TRACES_EXPORTER: 'none' },
  });
  const agent = new Agent({ connect: { ca: authority.pair.cert } });
  const tokens = auth === 'token' ? await serveTokens(authority, tokenPort) : undefined;
  const stop = async () => {
    await agent.destroy();
    await new Promise((done) => (tokens === undefined ? done(undefined) : tokens.server.close(done)));
    await group.stop();
  };

  const authorizationFor = (repository: string) => {
    const authorization = { none: undefined, htpasswd: basic(), token: `Bearer ${tokenOf(authority, repository)}` }[
      auth
    ];
    return authorization === undefined ? {} : { authorization };
  };
  const ask = async (method: 'GET' | 'POST' | 'PUT', path: string, scope: string, body?: string, type?: string) => {
    const response = await request(path.startsWith('https:') ? path : `https://${host}${path}`, {
      dispatcher: agent,
      method,
      headers: { ...authorizationFor(scope), ...(type && { 'content-type': type }) },
      ...(body !== undefined && { body }),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
    return response.headers;
  };
  const blob = async (repository: string, content: string) => {
    const digest = sha256(content);
    const { location } = await ask('POST', `/v2/${repository}/blobs/uploads/`, repository);
    await ask('PUT', `${location}&digest=${digest}`, repository, content, 'application/octet-stream');
    return { digest, size: Buffer.byteLength(content) };
  };
  const manifest = async (repository: string, reference: string, content: object & { readonly mediaType: string }) => {
    const text = JSON.stringify(content);
    await ask('PUT', `/v2/${repository}/manifests/${reference}`, repository, text, content.mediaType);
    return { digest: sha256(text), size: Buffer.byteLength(text), mediaType: content.mediaType };
  };
  const image = async (repository: string, platform: string, content: string, reference?: string) => {
    const [os, architecture, variant] = platform.split('/');
    const config = await blob(
      repository,
      JSON.stringify({ os, architecture, ...(variant && { variant }), rootfs: { type: 'layers', diff_ids: [] } }),
    );
    const layer = await blob(repository, `${content} ${platform}`);
    const whole = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
    };
    return {
      ...(await manifest(repository, reference ?? sha256(JSON.stringify(whole)), whole)),
      platform: { os, architecture, ...(variant && { variant }) },
    };
  };
  const push: Registry['push'] = async (repository, tag, platforms, content = 'a program') => {
    const [only = ''] = platforms;
    if (platforms.length === 1) return (await image(repository, only, content, tag)).digest;
    const manifests: object[] = [];
    for (const platform of platforms) manifests.push(await image(repository, platform, content));
    const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests };
    return (await manifest(repository, tag, index)).digest;
  };
  const get: Registry['get'] = async (repository, path) => {
    const { statusCode, body } = await request(`https://${host}/v2/${repository}/${path}`, {
      dispatcher: agent,
      headers: { accept: readable, ...authorizationFor(repository) },
    });
    return { status: statusCode, body: Buffer.from(await body.arrayBuffer()) };
  };
  try {
    await group.until(
      async () =>
        (await request(`https://${host}/`, { dispatcher: agent }).catch(() => undefined)) !== undefined || undefined,
      { what: 'the registry to be ready', log: 'registry', deadline: 30_000 },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { host, caFile: authority.pair.certFile, folder, push, get, tokens: () => tokens?.given() ?? 0, stop };
}

/** Who asks with the right password gets a token for the scope, as the distribution project documents it. */
async function serveTokens(
  authority: Authority,
  port: number,
): Promise<{ readonly server: Server; readonly given: () => number }> {
  let given = 0;
  const pair = await authority.issue('tokens', 'tokens');
  const server = createServer({ cert: pair.cert, key: pair.key }, ({ url = '', headers }, response) => {
    const scope = new URL(url, 'https://tokens').searchParams.get('scope') ?? '';
    const [, repository = '', asked = ''] = scope.split(':');
    // Nobody may push to what is sealed.
    const actions = asked.split(',').filter((action) => action !== 'push' || !repository.includes('sealed'));
    const isKnown = headers.authorization === basic();
    if (isKnown) given++;
    response.statusCode = isKnown ? 200 : 401;
    response.end(JSON.stringify(isKnown ? { token: tokenOf(authority, repository, actions) } : { errors: [] }));
  });
  await new Promise<void>((done) => {
    server.listen(port, LOOPBACK, done);
  });
  return { server, given: () => given };
}

function tokenOf({ pair }: Authority, repository: string, actions: readonly string[] = ['pull', 'push']): string {
  const now = Math.floor(Date.now() / 1_000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const x5c = [new X509Certificate(readFileSync(pair.certFile)).raw.toString('base64')];
  const claims = {
    iss: 'tokens',
    aud: 'registry',
    sub: user.name,
    exp: now + 300,
    nbf: now - 5,
    iat: now,
    jti: randomUUID(),
    access: [{ type: 'repository', name: repository, actions }],
  };
  const text = `${encode({ typ: 'JWT', alg: 'ES256', x5c })}.${encode(claims)}`;
  const signature = createSign('SHA256').update(text).sign({ key: pair.key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

function basic(): string {
  return `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
}

function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
