/** The real registry with the very files of the stack: who is let in, and what a kill leaves. */
import { request as plainRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { registryRules } from '../../../stacks/private-registry/alerts';
import { clusterMetrics, ownMetrics } from '../../../stacks/private-registry/metrics';
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
import { halfImages, wrongAmong } from '../../support/private-registry/images';
import { registryPanels } from '../../support/private-registry/panels';
import { never } from '../../support/private-registry/window';
import { basics, registered, users } from './arguments';

jest.setTimeout(240_000);

const [pusher = { name: '', password: '' }, puller = { name: '', password: '' }] = users;

/** Nothing but the window is changed. */
const asItIs = (text: string): string => text;

/** What others show: kube-state-metrics, the kubelet, cert-manager. */
const known: ReadonlySet<string> = new Set(Object.values(clusterMetrics));

/** Answers that do not happen here: errors of the registry itself, pushes in a window. */
const neverHere: ReadonlySet<string> = new Set(['5..', '405']);

describeTool('registry', 'the registry of the stack', ({ path: program }) => {
  let registry: StackRegistry;
  let client: RegistryClient;
  const start = async (args: Parameters<typeof registered>[0], change = never): Promise<void> => {
    registry = await stackRegistry(program, await registered(args));
    if (change !== asItIs) registry.quick(users);
    registry.write('config/serve.sh', change === asItIs ? never : change);
    registry.start();
    await registry.ready();
    client = registry.client(pusher);
  };
  afterEach(() => registry.stop());

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

  it('has each metric that an alert or a graph asks for, with its labels', async () => {
    await start({ prometheusNamespace: 'monitoring', backup: { storageClass: 'elsewhere' } });
    await client.push('shop/web', '1.0', ['a layer']);
    expect(await client.wrongWith('shop/web', '1.0')).toBeUndefined();
    await registry.client().ask('GET', '/v2/shop/web/manifests/1.0');
    const text = await (await fetch(`http://127.0.0.1:${registry.metricsPort}/metrics`)).text();
    const there = { namespace: 'registry', volume: true, backup: true };
    const { spec } = registryRules({ ...there, labels: {} }) as unknown as {
      readonly spec: { readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[] };
    };
    const asked = [...registryPanels(there), ...spec.groups.flatMap(({ rules }) => rules)];
    expect(asked.length).toBeGreaterThan(18);
    const used = new Set<string>();
    for (const { expr } of asked)
      for (const [, name = '', selector = ''] of expr.matchAll(/\b([a-z]+(?:_[a-z]+)+)\{([^}]*)\}/g)) {
        used.add(name);
        if (known.has(name)) continue;
        // What Prometheus adds is not in the text; an answer that there was none of is none of these.
        const labels = [...selector.matchAll(/(\w+)=~?"([^"]*)"/g)].filter(([, key]) => key !== 'namespace');
        const series = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
        const found = series.filter((line) =>
          labels.every(([, key, of]) => neverHere.has(`${of}`) || new RegExp(`[{,]${key}="(${of})"`).test(line)),
        );
        expect([expr, found.length > 0]).toEqual([expr, true]);
      }
    expect([...used].sort()).toEqual([...new Set([...Object.values(ownMetrics), ...known])].sort());
    for (const { expr } of asked)
      for (const [, by = ''] of expr.matchAll(/by \((?:le, )?(code|handler|method|action)\)/g))
        expect(text).toContain(`${by}="`);
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
      const enough = 3 * (round + 1);
      await eventually(`${enough} pushes`, async () => acknowledged.length >= enough || undefined);
      process.kill(registry.pid(), 'SIGKILL');
      await ended;
      pushing = false;
      await registry.end();
      registry.start();
      await registry.ready();
    }
    expect(acknowledged.length).toBeGreaterThan(8);
    expect(await wrongAmong(client, acknowledged)).toEqual([]);
    expect(await halfImages(client)).toEqual([]);
  });
});
