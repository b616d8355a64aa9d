/** The real registry with the stack's configuration, attacked: names that lead out of its folder, bodies without end, what is open without a password. */
import { readdirSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { describeTool } from '../../support/policy-tools';
import { basic, type StackRegistry, stackRegistry } from '../../support/private-registry';
import { digestOf, manifestType, type RegistryClient } from '../../support/private-registry/client';
import { never } from '../../support/private-registry/window';
import { registered, users } from './arguments';

jest.setTimeout(120_000);

const [pusher = { name: '', password: '' }, puller = { name: '', password: '' }] = users;

describeTool('registry', 'the registry of the stack, attacked', ({ path: program }) => {
  let registry: StackRegistry;
  let client: RegistryClient;

  beforeAll(async () => {
    registry = await stackRegistry(program, await registered({ prometheusNamespace: 'monitoring' }));
    registry.quick(users);
    registry.write('config/serve.sh', never);
    registry.start();
    await registry.ready();
    client = registry.client(pusher);
    await client.push('shop/web', '1.0', ['a layer']);
  });
  afterAll(() => registry.stop());

  /** A request whose path is sent as it is. */
  const raw = (method: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> => {
    const { hostname: host, port } = new URL(registry.address);
    return new Promise((done, fail) => {
      const asked = request(
        { host, port, ca: registry.ca, method, path, headers: { authorization: basic(pusher), ...headers } },
        (answer) => answer.resume().on('end', () => done(answer.statusCode ?? 0)),
      );
      asked.on('error', fail).end();
    });
  };
  const files = (): readonly string[] =>
    readdirSync(registry.path('.'), { recursive: true })
      .map(String)
      .filter((name) => !/^data\/docker\/registry\/v2\/(blobs|repositories)/.test(name) && !name.endsWith('.log'))
      .sort();

  it.each([
    '../../../../etc/out',
    '..%2f..%2f..%2fout',
    '%2e%2e/%2e%2e/out',
    'shop/../../out',
    'shop/%2e%2e%2fout',
    'shop//out',
    'shop/./out',
    '.',
    '_layers/out',
    'shop/_manifests',
    'shop/web/_uploads',
    'shop/out%00',
    'shop/out%0a',
    'shop\\\\..\\\\out',
    '-out',
    'shop/out%20',
  ])('takes nothing for the repository %s', async (name) => {
    const before = files();
    for (const [method, rest] of [
      ['POST', 'blobs/uploads/'],
      ['PUT', 'manifests/1.0'],
      ['GET', 'tags/list'],
    ] as const) {
      const status = await raw(method, `/v2/${name}/${rest}`);
      // 301 is Go's own answer to a path with dots in it: where it leads to is asked for anew.
      expect([301, 307, 400, 404]).toContain(status);
    }
    expect(files()).toEqual(before);
  });

  it('writes nothing for a name that is longer than that of a file may be', async () => {
    const before = files();
    // 404 by the registry for a name beyond 255 characters, 500 where its file system is what refuses.
    for (const length of [256, 300, 5_000]) {
      const path = `/v2/shop/${'x'.repeat(length)}/blobs/uploads/`;
      expect(await raw('POST', path)).toBeGreaterThanOrEqual(400);
    }
    expect(files()).toEqual(before);
    expect((await client.ask('GET', '/v2/')).status).toBe(200);
  });

  it.each(['../1.0', '..%2f1.0', '.hidden', '-rf', 'a%00', 'x'.repeat(129), 'sha256:..', 'sha256:abc'])(
    'takes nothing for the tag %s',
    async (tag) => {
      const before = files();
      expect([301, 307, 400, 404]).toContain(await raw('PUT', `/v2/shop/web/manifests/${tag}`));
      expect(files()).toEqual(before);
    },
  );

  it('takes no layer from a digest that is none, and none under the digest of another', async () => {
    for (const digest of [
      'sha256:../../x',
      'sha256:%2e%2e',
      'md5:d41d8cd98f00b204e9800998ecf8427e',
      digestOf('another'),
    ]) {
      const { headers } = await client.ask('POST', '/v2/shop/web/blobs/uploads/');
      const { status } = await client.ask(
        'PUT',
        `${headers.location}&digest=${digest}`,
        'mine',
        'application/octet-stream',
      );
      expect(status).toBe(400);
    }
    expect((await client.ask('HEAD', `/v2/shop/web/blobs/${digestOf('another')}`)).status).toBe(404);
  });

  it('takes no state of an upload that it has not signed', async () => {
    const { headers } = await client.ask('POST', '/v2/shop/web/blobs/uploads/');
    const url = new URL(String(headers.location));
    const state = url.searchParams.get('_state') ?? '';
    const forged = Buffer.from(state, 'base64url');
    forged[forged.length - 5] = (forged[forged.length - 5] ?? 0) ^ 1;
    for (const wrong of [forged.toString('base64url'), '', 'AAAA'])
      expect(
        (await client.ask('PATCH', `${url.pathname}?_state=${wrong}`, 'mine', 'application/octet-stream')).status,
      ).toBe(404);
    // That of one repository is none of another.
    const elsewhere = url.pathname.replace('/shop/web/', '/bank/web/');
    expect((await client.ask('PATCH', `${elsewhere}${url.search}`, 'mine', 'application/octet-stream')).status).toBe(
      404,
    );
  });

  it('reads no manifest beyond four mebibytes, and no list beyond a thousand', async () => {
    let sent = 0;
    const endless = async function* () {
      for (; sent < 64; sent++) yield Buffer.alloc(1_048_576, ' ');
    };
    const big = client.ask('PUT', '/v2/shop/web/manifests/big', Readable.from(endless()), manifestType);
    expect(await big.then(({ status }) => status).catch(() => 400)).toBe(400);
    expect(sent).toBeLessThan(64);
    expect(await client.wrongWith('shop/web', 'big')).toContain('404');
    expect((await client.ask('GET', '/v2/_catalog?n=1000000')).status).toBe(400);
    expect((await client.ask('GET', '/v2/_catalog?n=-1')).status).toBe(400);
    expect(await client.wrongWith('shop/web', '1.0')).toBeUndefined();
  });

  it('takes no image with layers that are not here, or elsewhere', async () => {
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('none'), size: 4 };
    for (const layer of [
      { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: digestOf('none'), size: 4 },
      {
        mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
        digest: digestOf('none'),
        size: 4,
        urls: ['http://169.254.169.254/latest/meta-data/'],
      },
    ]) {
      const manifest = JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config, layers: [layer] });
      expect((await client.ask('PUT', '/v2/shop/web/manifests/half', manifest, manifestType)).status).toBe(400);
    }
    expect(await client.wrongWith('shop/web', 'half')).toContain('404');
  });

  it('says its own address, whatever a request says', async () => {
    const { headers } = await client.ask('POST', '/v2/shop/web/blobs/uploads/');
    expect(String(headers.location)).toMatch(/^https:\/\/registry\.acme\.example\//);
    const { hostname: host, port } = new URL(registry.address);
    const location = await new Promise((done, fail) => {
      const asked = request(
        {
          host,
          port,
          ca: registry.ca,
          servername: 'localhost',
          method: 'POST',
          path: '/v2/shop/web/blobs/uploads/',
          headers: {
            authorization: basic(pusher),
            host: 'evil.example',
            'x-forwarded-host': 'evil.example',
            'x-forwarded-proto': 'http',
            forwarded: 'host=evil.example;proto=http',
          },
        },
        (answer) => answer.resume().on('end', () => done(answer.headers.location)),
      );
      asked.on('error', fail).end();
    });
    expect(location).toMatch(/^https:\/\/registry\.acme\.example\//);
  });

  it('tells nobody anything without a password, and has nothing of the metrics beside what clients ask', async () => {
    const nobody = registry.client();
    for (const path of ['/v2/', '/v2/_catalog', '/v2/shop/web/tags/list', '/v2/shop/web/manifests/1.0'])
      expect((await nobody.ask('GET', path)).status).toBe(401);
    for (const path of ['/metrics', '/debug/pprof/', '/debug/vars', '/debug/health'])
      expect((await nobody.ask('GET', path)).status).toBe(404);
    const root = await nobody.ask('GET', '/');
    expect([root.status, root.text]).toEqual([200, '']);
  });

  it('has no port of metrics where nobody may ask for them', async () => {
    const silent = await stackRegistry(program, await registered({}));
    try {
      silent.write('config/serve.sh', never);
      silent.start();
      await silent.ready();
      const open = (port: number) =>
        new Promise<boolean>((done) => {
          const socket = connect(port, '127.0.0.1', () => {
            socket.destroy();
            done(true);
          });
          socket.on('error', () => done(false));
        });
      expect(await open(registry.metricsPort)).toBe(true);
      expect(await open(silent.metricsPort)).toBe(false);
    } finally {
      await silent.stop();
    }
  });

  it('shows no secret on the port of metrics or in its log, and lets nobody stop it there', async () => {
    await client.ask('GET', '/v2/');
    const at = `http://127.0.0.1:${registry.metricsPort}`;
    for (const path of ['/metrics', '/debug/vars', '/debug/pprof/cmdline', '/debug/health', '/debug/pprof/heap']) {
      const text = Buffer.from(await (await fetch(`${at}${path}`)).arrayBuffer()).toString('latin1');
      expect(text).not.toContain(pusher.password);
      expect(text).not.toContain(basic(pusher).slice('Basic '.length));
    }
    expect(registry.log()).not.toContain(pusher.password);
    expect(registry.log()).not.toContain(basic(pusher).slice('Basic '.length));
    await fetch(`${at}/debug/health/down`, { method: 'POST' });
    expect((await fetch(`${at}/debug/health`)).status).toBe(200);
    expect((await client.ask('GET', '/v2/')).status).toBe(200);
  });

  it('knows no rights by password: who may pull may push, as the manual says', async () => {
    const other = registry.client(puller);
    const moved = await other.push('shop/web', 'moving', ['of another']);
    expect((await other.ask('DELETE', `/v2/shop/web/manifests/${moved.digest}`)).status).toBe(202);
  });
});
