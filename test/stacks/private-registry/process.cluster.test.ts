/** The real registry with the very files of the stack: who is let in, what garbage collection and a kill leave, what a copy brings back. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { registryMetrics } from '../../../stacks/private-registry/alerts';
import { eventually } from '../../support/control-plane/eventually';
import { describeTool } from '../../support/policy-tools';
import { type StackRegistry, stackRegistry } from '../../support/private-registry';
import {
  digestOf,
  indexType,
  manifestType,
  type Pushed,
  type RegistryClient,
} from '../../support/private-registry/client';
import { basics, registered, users } from './arguments';

jest.setTimeout(240_000);

const [pusher = { name: '', password: '' }, puller = { name: '', password: '' }] = users;

/** A window that began so many seconds ago. */
function windowed(seconds: number, length: number, margin: number) {
  const start = (Math.floor(Date.now() / 1_000) + 259_200 - seconds + 604_800) % 604_800;
  return (text: string): string =>
    text
      .replace(/^starts=.*$/m, `starts='${start}'`)
      .replace(/^length=.*$/m, `length=${length}`)
      .replace(/^margin=.*$/m, `margin=${margin}`);
}

/** Nothing but the window is changed. */
const asItIs = (text: string): string => text;

/** No window within a day. */
const never = windowed(-172_800, 60, 1);

describeTool('registry', 'the registry of the stack', ({ path: program }) => {
  let registry: StackRegistry;
  let client: RegistryClient;
  const start = async (
    args: Parameters<typeof registered>[0],
    change: (text: string) => string = never,
    changeBackup?: (text: string) => string,
  ): Promise<void> => {
    registry = await stackRegistry(program, await registered(args));
    if (change !== asItIs) registry.quick(users);
    registry.write('config/serve.sh', change === asItIs ? never : change);
    if (changeBackup !== undefined) registry.write('config/backup.sh', changeBackup);
    registry.start();
    await registry.ready();
    client = registry.client(pusher);
  };
  afterEach(() => registry.stop());

  const wrong = async (images: readonly Pushed[]): Promise<readonly string[]> => {
    const found = await Promise.all(images.map(({ repository, digest }) => client.wrongWith(repository, digest)));
    return found.flatMap((each) => each ?? []);
  };

  /** Tags whose images are there in part. One that was not written whole is not found. */
  const half = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    const { repositories } = JSON.parse((await client.ask('GET', '/v2/_catalog')).text) as { repositories: string[] };
    expect(repositories.length).toBeGreaterThan(0);
    for (const repository of repositories) {
      const { tags } = JSON.parse((await client.ask('GET', `/v2/${repository}/tags/list`)).text) as { tags?: string[] };
      for (const tag of tags ?? []) {
        const answer = await client.wrongWith(repository, tag);
        if (answer !== undefined && answer !== `${repository}:${tag}: 404`) found.push(answer);
      }
    }
    return found;
  };

  it('lets in who says who they are, over TLS alone', async () => {
    await start({}, asItIs);
    await client.push('shop/web', '1.0', ['a layer', 'another']);
    expect(await client.wrongWith('shop/web', '1.0')).toBeUndefined();
    expect(await registry.client(puller).wrongWith('shop/web', '1.0')).toBeUndefined();
    const refused = { status: 401, text: expect.stringContaining('UNAUTHORIZED') };
    for (const nobody of [
      undefined,
      { ...pusher, password: `${pusher.password}x` },
      { ...pusher, password: puller.password },
      { ...pusher, password: '' },
      { name: 'nobody', password: pusher.password },
    ]) {
      const asked = registry.client(nobody);
      expect(await asked.ask('GET', '/v2/')).toMatchObject(refused);
      expect(await asked.ask('GET', '/v2/shop/web/manifests/1.0')).toMatchObject(refused);
      expect(await asked.ask('GET', '/v2/_catalog')).toMatchObject(refused);
      expect(await asked.ask('POST', '/v2/shop/web/blobs/uploads/')).toMatchObject(refused);
    }
    const { port, hostname } = new URL(registry.address);
    const plain = await new Promise<number | undefined>((done) => {
      plainRequest({ host: hostname, port, path: '/v2/' }, ({ statusCode }) => done(statusCode)).end();
    });
    expect(plain).toBe(400);
    const old = new Promise((done, fail) => {
      const socket = connect({ host: hostname, port: Number(port), ca: registry.ca, maxVersion: 'TLSv1.1' }, () =>
        done('connected'),
      );
      socket.on('error', fail);
    });
    await expect(old).rejects.toThrow();
    const half = {
      schemaVersion: 2,
      mediaType: indexType,
      manifests: [{ mediaType: manifestType, digest: digestOf('none'), size: 4 }],
    };
    expect((await client.ask('PUT', '/v2/shop/web/manifests/half', JSON.stringify(half), indexType)).status).toBe(400);
    const { headers } = await client.ask('POST', '/v2/shop/web/blobs/uploads/');
    expect(headers.location).toMatch(`https://${basics.host}/v2/shop/web/`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(registry.log()).not.toContain(pusher.password);
  });

  it('has the metrics that alerts ask for', async () => {
    await start({ prometheusNamespace: 'monitoring' });
    await client.push('shop/web', '1.0', ['a layer']);
    const metrics = await (await fetch(`http://127.0.0.1:${registry.metricsPort}/metrics`)).text();
    expect(metrics).toMatch(new RegExp(`^${registryMetrics.requests}\\{.*code="201"`, 'm'));
  });

  it('collects what nothing refers to in a window without pushes, and keeps the rest', async () => {
    await start({});
    const shared = 'a layer that all have';
    const kept = await client.push('shop/web', '1.0', [shared, 'of the first']);
    const gone = await client.push('shop/web', '2.0', [shared, 'of the second']);
    const untagged = await client.push('shop/web', 'moving', [shared, 'before']);
    const moved = await client.push('shop/web', 'moving', [shared, 'after']);
    const other = await client.push('shop/other', '1.0', ['of the second']);
    const child = await client.push('shop/index', 'child', ['of a platform']);
    await client.pushIndex('shop/index', '1.0', [child]);
    const deleted = await client.push('shop/only', '1.0', ['of nobody else']);
    for (const { repository, digest } of [gone, deleted])
      expect((await client.ask('DELETE', `/v2/${repository}/manifests/${digest}`)).status).toBe(202);
    await client.ask('DELETE', '/v2/shop/index/manifests/child');
    const blobFile = (digest: string) => {
      const hex = digest.slice('sha256:'.length);
      return registry.path(`data/docker/registry/v2/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`);
    };
    const [onlyLayer = ''] = deleted.layers;
    expect(existsSync(blobFile(onlyLayer))).toBe(true);
    await registry.end();

    // The window has begun, and lasts for 12 seconds; the collection begins after 3.
    registry.write('config/serve.sh', windowed(0, 12, 3));
    registry.start();
    await registry.ready();
    const refusal = await client.ask('POST', '/v2/shop/web/blobs/uploads/');
    expect(refusal).toMatchObject({ status: 405, text: 'Method not allowed\n' });
    expect((await client.ask('PUT', '/v2/shop/web/manifests/3.0', '{}')).status).toBe(405);
    expect((await client.ask('DELETE', `/v2/shop/web/manifests/${kept.digest}`)).status).toBe(405);
    expect(await client.wrongWith('shop/web', '1.0')).toBeUndefined();
    await eventually('the collection to end', async () =>
      registry.log().includes('the collection of garbage ended') ? true : undefined,
    );
    expect(await wrong([kept, untagged, moved, other, child])).toEqual([]);
    expect(await client.wrongWith('shop/index', '1.0')).toBeUndefined();
    expect(existsSync(blobFile(onlyLayer))).toBe(false);
    expect(await client.wrongWith('shop/web', gone.digest)).toContain('404');

    await eventually('pushes to be taken again', async () =>
      (await client.ask('POST', '/v2/shop/web/blobs/uploads/').catch(() => undefined))?.status === 202
        ? true
        : undefined,
    );
    await client.push('shop/only', '1.0', ['of nobody else']);
    expect(await client.wrongWith('shop/only', '1.0')).toBeUndefined();
    expect(registry.log().match(/the collection of garbage begins/g)).toHaveLength(1);
  });

  it('loses nothing where a collection is killed, and ends it the next time', async () => {
    await start({});
    const layers = (i: number) => Array.from({ length: 6 }, (_, j) => `layer ${j} of ${i} ${'x'.repeat(10_000)}`);
    const kept: Pushed[] = [];
    for (let i = 0; i < 12; i++) {
      kept.push(await client.push(`shop/app-${i % 3}`, `keep-${i}`, layers(i)));
      const gone = await client.push(`shop/app-${i % 3}`, `drop-${i}`, layers(100 + i));
      await client.ask('DELETE', `/v2/${gone.repository}/manifests/${gone.digest}`);
    }
    const count = () =>
      readdirSync(registry.path('data/docker/registry/v2/blobs/sha256'), { recursive: true }).filter((name) =>
        String(name).endsWith('/data'),
      ).length;
    const before = count();
    await registry.end();
    // The margin before the end of the window kills the collection, by the same means.
    registry.write('config/serve.sh', (text) =>
      windowed(
        0,
        600,
        1,
      )(text).replace(/begin 'the collection of garbage' "\$left"/, "begin 'the collection of garbage' 0.04"),
    );
    registry.start();
    await registry.ready();
    await eventually('the collection to be killed', async () =>
      registry.log().includes('the collection of garbage did not end well') ? true : undefined,
    );
    expect(await wrong(kept)).toEqual([]);
    await registry.end();
    registry.write('config/serve.sh', (text) => windowed(0, 600, 1)(text).replace("garbage' 0.04", "garbage' 500"));
    registry.start();
    await registry.ready();
    await eventually('the collection to end', async () =>
      registry.log().includes('the collection of garbage ended') ? true : undefined,
    );
    expect(await wrong(kept)).toEqual([]);
    expect(before).toBeGreaterThan(12 * 12);
    expect(count()).toBe(12 * 8);
  });

  it('goes back to taking pushes by itself where its pod is started anew in a window', async () => {
    await start({}, windowed(0, 15, 600));
    expect((await client.ask('POST', '/v2/shop/web/blobs/uploads/')).status).toBe(405);
    await registry.end();
    registry.start();
    await registry.ready();
    expect((await client.ask('POST', '/v2/shop/web/blobs/uploads/')).status).toBe(405);
    await eventually('pushes to be taken again', async () =>
      (await client.ask('POST', '/v2/shop/web/blobs/uploads/').catch(() => undefined))?.status === 202
        ? true
        : undefined,
    );
  });

  it('serves no half image after it was killed while pushes ran', async () => {
    await start({});
    const acknowledged: Pushed[] = [];
    for (let round = 0; round < 4; round++) {
      let pushing = true;
      const pushes = Array.from({ length: 4 }, async (_, i) => {
        for (let n = 0; pushing; n++)
          acknowledged.push(
            await client.push(`shop/app-${i}`, `${round}-${n}`, [
              `${round} ${i} ${n} ${'x'.repeat(200_000)}`,
              `of ${n}`,
            ]),
          );
      });
      const ended = Promise.allSettled(pushes);
      await sleep(700 + 331 * round);
      process.kill(registry.pid(), 'SIGKILL');
      await ended;
      pushing = false;
      await registry.end();
      registry.start();
      await registry.ready();
    }
    expect(acknowledged.length).toBeGreaterThan(8);
    expect(await wrong(acknowledged)).toEqual([]);
    expect(await half()).toEqual([]);
  });

  it('brings back every image that was acknowledged before a copy was begun', async () => {
    const epoch = Math.floor(Date.now() / 1_000);
    // One copy follows the other, each with a day of its own.
    // Each pass begins late, so that pushes come in between.
    await start(
      { backup: { storageClass: 'elsewhere' } },
      (text) => never(text).replace(/today=.*/, `today=$((epoch - ${epoch} + 1000))-01-01`),
      (text) => text.replaceAll('find . -type f', 'sleep 0.7; find . -type f'),
    );
    const acknowledged: (Pushed & { readonly at: number })[] = [];
    let pushing = true;
    const pushes = Promise.all(
      Array.from({ length: 3 }, async (_, i) => {
        for (let n = 0; pushing; n++) {
          const pushed = await client.push(`shop/app-${i}`, `${n}`, [`${i} ${n} ${'x'.repeat(50_000)}`, `of ${n}`]);
          acknowledged.push({ ...pushed, at: Date.now() });
          // A tag that moves is there before the copy, and has to be after it.
          await client.push(`shop/app-${i}`, 'latest', [`the latest ${i} ${n}`]);
          await sleep(100);
        }
      }),
    );
    const copies = () =>
      readdirSync(registry.path('copies'))
        .filter((name) => !name.startsWith('.'))
        .sort();
    await eventually('three copies', async () => (copies().length >= 3 ? true : undefined), 120_000);
    pushing = false;
    await pushes;
    await registry.end();
    const begun = [...registry.log().matchAll(/"time":"([^"]+)".*the backup begins/g)].map(([, time = '']) =>
      Date.parse(time),
    );
    const name = copies()[2] ?? '';
    const at = begun[2] ?? 0;
    const before = acknowledged.filter((each) => each.at < at);
    expect(before.length).toBeGreaterThan(5);

    rmSync(registry.path('data'), { recursive: true });
    mkdirSync(registry.path('data'));
    const restore = await registered({ backup: { storageClass: 'elsewhere', restore: '2026-11-01' } });
    const second = await stackRegistry(program, restore);
    cpSync(registry.path('copies'), second.path('copies'), { recursive: true });
    second.quick(users);
    second.write('config/serve.sh', (text) => never(text).replace('2026-11-01', name));
    await registry.stop();
    registry = second;
    registry.start();
    await registry.ready();
    client = registry.client(pusher);
    expect(await wrong(before)).toEqual([]);
    for (const { repository, tag } of before) expect(await client.wrongWith(repository, tag)).toBeUndefined();
    expect(await half()).toEqual([]);
    for (let i = 0; i < 3; i++) expect(await client.wrongWith(`shop/app-${i}`, 'latest')).toBeUndefined();
    await client.push('shop/app-0', 'after', ['what is new']);
    await registry.end();
    registry.start();
    await registry.ready();
    expect(await client.wrongWith('shop/app-0', 'after')).toBeUndefined();
  });
});
