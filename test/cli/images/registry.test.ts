import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { challenges } from '../../../cli/images/challenge';
import { Registries, type RegistriesOptions } from '../../../cli/images/registry';
import type { ImageReference } from '../../../core/images';
import { Authority, opensslLack } from '../../support/control-plane/certificates';
import { LOOPBACK } from '../../support/free-ports';
import { describeUnless } from '../../support/lack';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    { platform: { os: 'linux', architecture: 'amd64' } },
    { platform: { os: 'unknown', architecture: 'unknown' } },
  ],
});
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
const rightly: Handler = (_, response) => {
  response.setHeader('docker-content-digest', digest);
  response.end(manifest);
};

/** What no registry that is to be had does on demand: limits, redirects, lies. */
describeUnless(opensslLack(), 'what a registry may answer', () => {
  let folder: string;
  let authority: Authority;
  let tls: { readonly cert: string; readonly key: string };
  const servers: Server[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'registries-'));
    authority = await Authority.create(folder, 'authority');
    tls = await authority.issue('registry', 'registry');
  });
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const serve = async (handler: Handler): Promise<string> => {
    const server = createServer({ cert: tls.cert, key: tls.key }, handler);
    servers.push(server);
    await new Promise<void>((done) => {
      server.listen(0, LOOPBACK, done);
    });
    return `${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  };
  const imageIn = (registry: string): ImageReference => ({ registry, repository: 'team/app', tag: '1' });
  const ask = async (registry: string, options: RegistriesOptions = {}) => {
    const waits: number[] = [];
    const registries = new Registries({
      ca: [authority.pair.cert],
      credentials: async () => undefined,
      wait: async (milliseconds) => {
        waits.push(milliseconds);
      },
      ...options,
    });
    try {
      return { waits, answer: await registries.resolve(imageIn(registry)).catch((error: Error) => error.message) };
    } finally {
      await registries.close();
    }
  };

  it('is an index: its own digest, and what it runs on', async () => {
    expect(await ask(await serve(rightly))).toEqual({
      waits: [],
      answer: { digest, platforms: ['linux/amd64', 'linux/arm64/v8'] },
    });
  });

  it('is that it has had enough: it is waited for as long as it says', async () => {
    let asked = 0;
    const host = await serve((request, response) => {
      asked++;
      if (asked > 2) return rightly(request, response);
      response.statusCode = 429;
      if (asked === 1) response.setHeader('retry-after', '7');
      response.end('{}');
    });
    expect(await ask(host)).toMatchObject({ waits: [7_000, 1_000], answer: { digest } });
  });

  it('is that it has had enough for ever: the remedy is said, and nobody waits for an hour', async () => {
    const host = await serve((_, response) => {
      response.statusCode = 429;
      response.setHeader('retry-after', '3600');
      response.end(JSON.stringify({ errors: [{ code: 'TOOMANYREQUESTS', message: 'pull rate limit' }] }));
    });
    expect(await ask(host)).toEqual({
      waits: [],
      answer: `${host} has had enough of our questions (pull rate limit): log in, \`docker login ${host}\`, which raises most limits, or wait`,
    });
  });

  it('is broken for a moment', async () => {
    let asked = 0;
    const host = await serve((request, response) => {
      asked++;
      if (asked === 2) return rightly(request, response);
      response.statusCode = 503;
      response.end();
    });
    expect(await ask(host)).toMatchObject({ waits: [500], answer: { digest } });
  });

  it('is broken: it is asked five times', async () => {
    let asked = 0;
    const host = await serve((_, response) => {
      asked++;
      response.statusCode = 500;
      response.end('oops');
    });
    expect(await ask(host)).toMatchObject({ answer: `${host} answered 500` });
    expect(asked).toBe(5);
  });

  it('is not what it says it is', async () => {
    const host = await serve((_, response) => {
      response.setHeader('docker-content-digest', `sha256:${'0'.repeat(64)}`);
      response.end(manifest);
    });
    expect((await ask(host)).answer).toBe(
      `the registry says that its content is sha256:${'0'.repeat(64)}, and what it sent is ${digest}`,
    );
  });

  it.each([
    ['no JSON', '<html>', 'what the registry sent is no JSON'],
    ['of an old form', '{"schemaVersion": 1, "name": "a"}', 'it is in no form of images that are still pulled'],
    ['without anything that runs', '{"manifests": []}', 'it holds nothing that runs'],
    ['with nothing where images are', '{"manifests": [null, {"platform": null}]}', 'it holds nothing that runs'],
    ['no digest, and a way out', '{"config": {"digest": "../../../other"}}', 'it is in no form of images'],
    ['for a terminal', '{"manifests": [{"platform": {"os": "\\u001b[2J", "architecture": "a"}}]}', 'it holds nothing'],
    ['endless', 'x'.repeat(5 * 1_024 * 1_024), 'sends more than 4 MiB for a manifest'],
  ])('is %s', async (_, body, reason) => {
    const host = await serve((_request, response) => response.end(body));
    expect((await ask(host)).answer).toContain(reason);
  });

  it('is a blob that is not the one that was asked for', async () => {
    const config = `sha256:${'1'.repeat(64)}`;
    const host = await serve(({ url = '' }, response) =>
      response.end(
        url.includes('/blobs/')
          ? '{"os":"linux","architecture":"amd64"}'
          : JSON.stringify({ config: { digest: config } }),
      ),
    );
    expect((await ask(host)).answer).toBe(`what the registry sent is not ${config}`);
  });

  it('is to ask elsewhere: without what lets in there, and never without TLS', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      rightly(request, response);
    });
    let to = `https://${other}/elsewhere`;
    const host = await serve(({ headers }, response) => {
      if (headers.authorization === undefined) {
        response.statusCode = 401;
        response.setHeader('www-authenticate', 'Basic realm="a"');
      } else {
        response.statusCode = 307;
        response.setHeader('location', to);
      }
      response.end();
    });
    const credentials = async () => ({ user: 'a', password: 'made-up' });
    expect(await ask(host, { credentials })).toMatchObject({ answer: { digest } });
    expect(seen).toEqual([undefined]);
    to = `http://${other}/elsewhere`;
    expect((await ask(host, { credentials })).answer).toBe(
      `${host} sends us to "http://${other}/elsewhere", where nothing is asked`,
    );
    to = '/v2/team/app/manifests/1';
    expect((await ask(host, { credentials })).answer).toContain('sends us to');
  });

  it('is to ask elsewhere by a signed URL, whose signature is in no message', async () => {
    const host = await serve((_, response) => {
      response.statusCode = 307;
      response.setHeader('location', 'http://made:up@store.example/blob?X-Signature=made-up');
      response.end();
    });
    expect((await ask(host)).answer).toBe(`${host} sends us to "http://store.example/blob", where nothing is asked`);
  });

  it('is the password again, which is not told on, and a reason without end', async () => {
    const host = await serve((request, response) => {
      response.statusCode = request.headers.authorization === undefined ? 401 : 403;
      response.setHeader('www-authenticate', 'Basic realm="a"');
      response.end(JSON.stringify({ errors: [{ message: `not made-up-word ${'x'.repeat(10_000)}` }] }));
    });
    const { answer } = await ask(host, { credentials: async () => ({ user: 'a', password: 'made-up-word' }) });
    expect(answer).toMatch(/^127\.0\.0\.1:\d+ does not let you read it \(not … x{494}\): ask its owner/);
  });

  it.each(['[::::]', 'a.example:99999', '1.2.3.999'])('is none of %s, which is no host', async (registry) => {
    expect((await ask(registry)).answer).toBe(`${registry} is no host with a port: see how it is written`);
  });

  it('is to get a token where there is no TLS: the password is not sent there', async () => {
    const host = await serve((_, response) => {
      response.statusCode = 401;
      response.setHeader('www-authenticate', 'Bearer realm="http://tokens.example/token",service="a"');
      response.end();
    });
    const { answer } = await ask(host, { credentials: async () => ({ user: 'a', password: 'made-up' }) });
    expect(answer).toBe(
      `${host} sends us to "http://tokens.example/token" for a token, which is no HTTPS: nothing was sent there`,
    );
  });

  it('is to bring a refresh token', async () => {
    let form = '';
    const host = await serve((request, response) => {
      if (request.url === '/token') {
        request.on('data', (text) => {
          form += text;
        });
        request.on('end', () => response.end('{"access_token": "made-up-access"}'));
      } else if (request.headers.authorization === 'Bearer made-up-access') rightly(request, response);
      else {
        response.statusCode = 401;
        response.setHeader('www-authenticate', `Bearer realm="https://${host}/token",service="clouds, all"`);
        response.end();
      }
    });
    const credentials = async () => ({ user: '', password: '', identityToken: 'made-up-refresh' });
    expect(await ask(host, { credentials })).toMatchObject({ answer: { digest } });
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'made-up-refresh',
      client_id: 'kube-bulwark',
      scope: 'repository:team/app:pull',
      service: 'clouds, all',
    });
  });

  it('is a connection that breaks: another is made', async () => {
    let asked = 0;
    const host = await serve((request, response) => {
      asked++;
      response.setHeader('docker-content-digest', digest);
      if (asked === 1) request.socket.destroy();
      else response.end();
    });
    const registries = new Registries({ ca: [authority.pair.cert], credentials: async () => undefined });
    try {
      expect(await registries.stillIs(imageIn(host), digest)).toBe(true);
      expect(asked).toBe(2);
    } finally {
      await registries.close();
    }
  });

  it('is no answer at all', async () => {
    expect((await ask(`${LOOPBACK}:1`)).answer).toMatch(/^127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/);
  });

  it('says by its head whether a tag still stands for a digest', async () => {
    const methods: (string | undefined)[] = [];
    let says = true;
    const host = await serve((request, response) => {
      methods.push(request.method);
      if (says) response.setHeader('docker-content-digest', digest);
      response.end(request.method === 'HEAD' ? undefined : manifest);
    });
    const registries = new Registries({ ca: [authority.pair.cert], credentials: async () => undefined });
    try {
      expect(await registries.stillIs(imageIn(host), digest)).toBe(true);
      expect(await registries.stillIs(imageIn(host), `sha256:${'0'.repeat(64)}`)).toBe(false);
      expect(methods).toEqual(['HEAD', 'HEAD']);
      says = false;
      expect(await registries.stillIs(imageIn(host), digest)).toBe(true);
      expect(methods.slice(2)).toEqual(['HEAD', 'GET']);
    } finally {
      await registries.close();
    }
  });
});

describe('challenges', () => {
  it.each([
    ['Basic realm="a registry"', [{ scheme: 'basic', parameters: { realm: 'a registry' } }]],
    [
      'Bearer realm="https://a/token",service="b",scope="repository:c:pull,push"',
      [{ scheme: 'bearer', parameters: { realm: 'https://a/token', service: 'b', scope: 'repository:c:pull,push' } }],
    ],
    [
      'Negotiate, Bearer realm=x , error="a \\"b\\"", Basic realm=y',
      [
        { scheme: 'negotiate', parameters: {} },
        { scheme: 'bearer', parameters: { realm: 'x', error: 'a "b"' } },
        { scheme: 'basic', parameters: { realm: 'y' } },
      ],
    ],
    ['', []],
    ['="', []],
  ])('of %j', (header, wanted) => {
    expect(challenges(header)).toEqual(wanted);
  });
});
