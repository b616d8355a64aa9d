/** The scripts of the registry's pod under this machine's shell and under that of the official image: what garbage collection leaves, what a copy brings back. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/control-plane/eventually';
import { describeTool } from '../../support/policy-tools';
import { type StackRegistry, stackRegistry } from '../../support/private-registry';
import type { Pushed, RegistryClient } from '../../support/private-registry/client';
import { halfImages, wrongAmong } from '../../support/private-registry/images';
import { describeShells } from '../../support/private-registry/shell';
import { never, windowed } from '../../support/private-registry/window';
import { registered, users } from './arguments';

jest.setTimeout(240_000);

const [pusher = { name: '', password: '' }] = users;

describeTool('registry', 'the registry of the stack', ({ path: program }) => {
  describeShells('its scripts', (shell) => {
    let registry: StackRegistry;
    let client: RegistryClient;
    const start = async (
      args: Parameters<typeof registered>[0],
      change: (text: string) => string = never,
      changeBackup?: (text: string) => string,
    ): Promise<void> => {
      registry = await stackRegistry(program, await registered(args), { shell });
      registry.quick(users);
      registry.write('config/serve.sh', change);
      if (changeBackup !== undefined) registry.write('config/backup.sh', changeBackup);
      registry.start();
      await registry.ready();
      client = registry.client(pusher);
    };
    afterEach(() => registry.stop());

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

      // The window has begun, and lasts for 30 seconds; the collection begins after 3.
      registry.write('config/serve.sh', windowed(0, 30, 3));
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
      expect(await wrongAmong(client, [kept, untagged, moved, other, child])).toEqual([]);
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
      // The collector is stopped in the middle, and killed by the time that it has. On a busy machine others go first: it must not end before.
      const collector = registry.path('collector.sh');
      writeFileSync(collector, `(sleep 0.04; kill -STOP $$) &\nexec nice -n 19 ${program} "$@"\n`);
      let serve = '';
      registry.write('config/serve.sh', (text) => {
        serve = windowed(0, 600, 1)(text);
        return serve.replace(`"$left" ${program}`, `1 sh ${collector}`);
      });
      registry.start();
      await registry.ready();
      await eventually('the collection to be killed', async () =>
        registry.log().includes('the collection of garbage did not end well') ? true : undefined,
      );
      expect(count()).toBeGreaterThan(12 * 8);
      expect(await wrongAmong(client, kept)).toEqual([]);
      await registry.end();
      registry.write('config/serve.sh', () => serve);
      registry.start();
      await registry.ready();
      await eventually('the collection to end', async () =>
        registry.log().includes('the collection of garbage ended') ? true : undefined,
      );
      expect(await wrongAmong(client, kept)).toEqual([]);
      expect(before).toBeGreaterThan(12 * 12);
      expect(count()).toBe(12 * 8);
    });

    it('goes back to taking pushes by itself where its pod is started anew in a window', async () => {
      await start({}, windowed(0, 30, 600));
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

    it('has another number of files after each copy, though as much goes as comes', async () => {
      await start({ backup: { storageClass: 'elsewhere' } }, (text) =>
        never(text).replace("begin 'the backup'", ': no'),
      );
      await client.push('shop/web', '1.0', ['a layer']);
      await registry.end();
      const used = () => {
        const names = readdirSync(registry.path('copies'), { recursive: true }).map(String);
        return new Set(names.map((name) => statSync(join(registry.path('copies'), name)).ino)).size;
      };
      const counts = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'].map((day) => {
        const args = [registry.path('config/backup.sh'), registry.path('data'), registry.path('copies'), '1', day];
        execFileSync(shell.program, [...shell.args, ...args], {
          env: { ...process.env, ...(shell.applets !== undefined && { PATH: registry.path('bin') }) },
        });
        expect(readdirSync(registry.path('copies')).filter((name) => !name.startsWith('.'))).toEqual([day]);
        return used();
      });
      for (const [i, count] of counts.entries()) expect(count).not.toBe(counts[i - 1]);
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
      // The third, or one after it where pushes are slow.
      const { name, before } = await eventually(
        'a third copy, and something in it',
        async () => {
          const last = copies().length - 1;
          const begun = [...registry.log().matchAll(/"time":"([^"]+)".*the backup begins/g)].map(([, time = '']) =>
            Date.parse(time),
          );
          const before = acknowledged.filter((each) => each.at < (begun[last] ?? 0));
          return last >= 2 && before.length > 5 ? { name: copies()[last] ?? '', before } : undefined;
        },
        120_000,
      );
      pushing = false;
      await pushes;
      await registry.end();

      rmSync(registry.path('data'), { recursive: true });
      mkdirSync(registry.path('data'));
      const restore = await registered({ backup: { storageClass: 'elsewhere', restore: '2026-11-01' } });
      const second = await stackRegistry(program, restore, { shell });
      cpSync(registry.path('copies'), second.path('copies'), { recursive: true });
      second.quick(users);
      second.write('config/serve.sh', (text) => never(text).replace('2026-11-01', name));
      await registry.stop();
      registry = second;
      registry.start();
      await registry.ready();
      client = registry.client(pusher);
      expect(await wrongAmong(client, before)).toEqual([]);
      for (const { repository, tag } of before) expect(await client.wrongWith(repository, tag)).toBeUndefined();
      expect(await halfImages(client)).toEqual([]);
      for (let i = 0; i < 3; i++) expect(await client.wrongWith(`shop/app-${i}`, 'latest')).toBeUndefined();
      await client.push('shop/app-0', 'after', ['what is new']);
      await registry.end();
      registry.start();
      await registry.ready();
      expect(await client.wrongWith('shop/app-0', 'after')).toBeUndefined();
    });
  });
});
