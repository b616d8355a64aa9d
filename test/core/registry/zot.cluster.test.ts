/** zot as it is released, with the configuration that the stack gives it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegistrySettings, RegistryTeam } from '../../../core/registry/settings';
import { zotConfig } from '../../../core/registry/zot';
import { describeTool } from '../../support/policy-tools';
import { type Registry, startRegistry } from '../../support/registry';
import { describeZot, startZot, verifyZot, type Zot } from '../../support/registry-products/zot';
import { alternatives } from './zot-settings';

jest.setTimeout(120_000);

const team = (name: string, push: readonly string[], pull: readonly string[] = []): RegistryTeam => ({
  name,
  users: [name],
  groups: [],
  push,
  pull,
});

describeZot('the configuration of zot', (program) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zot-'));
    writeFileSync(join(folder, 'login.json'), JSON.stringify({ clientid: 'registry', clientsecret: 'made-up' }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const verified = (config: object) => {
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify(config).replaceAll('/etc/registry/login.json', join(folder, 'login.json')));
    return verifyZot(program, file);
  };

  it.each(Object.entries(alternatives))('is taken by zot itself, with %s', (_, { settings, options }) => {
    expect(verified(zotConfig(settings, options))).toBeUndefined();
  });

  it('would not be taken with a key that zot does not know', () => {
    const { settings, options } = alternatives['a volume and passwords'] as (typeof alternatives)[string];
    const config = zotConfig(settings, options) as { readonly http: object };
    expect(verified({ ...config, http: { ...config.http, anonymous: true } })).toContain('anonymous');
  });
});

describeZot('zot', (program) => {
  const started = (settings: Partial<RegistrySettings>, users: readonly string[], metricsUser?: string) => {
    let zot: Zot;
    beforeAll(async () => {
      zot = await startZot(program, {
        users,
        settings: { teams: [], immutableTags: [], upstreams: [], ...settings },
        ...(metricsUser !== undefined && { options: { metricsUser } }),
      });
    });
    afterAll(() => zot.stop());
    return () => zot;
  };

  describe('without teams', () => {
    const zot = started({ immutableTags: ['released/**'] }, ['alice', 'prometheus'], 'prometheus');

    it('refuses who shows no password, a wrong one, and plain HTTP', async () => {
      const { host, ask, push } = zot();
      expect((await push('alice', 'shop/cart', 'v1', 'a program')).status).toBe(201);
      for (const user of [undefined, 'mallory'])
        for (const [method, path] of [
          ['GET', '/v2/'],
          ['GET', '/v2/_catalog'],
          ['GET', '/v2/shop/cart/manifests/v1'],
          ['POST', '/v2/shop/cart/blobs/uploads/'],
          ['GET', '/metrics'],
        ] as const)
          expect({ user, path, status: (await ask(user, method, path)).status }).toEqual({ user, path, status: 401 });
      const wrong = Buffer.from('alice:another-password').toString('base64');
      const status = await new Promise((done, fail) => {
        const [hostname, port] = host.split(':');
        const asked = plainRequest({ hostname, port, path: '/v2/', headers: { authorization: `Basic ${wrong}` } });
        asked.on('response', (response) => done(response.resume().statusCode)).on('error', fail);
        asked.end();
      });
      expect(status).toBe(400);
    });

    it('lets whoever is let in push and pull, and move a tag where that may be', async () => {
      const { ask, push } = zot();
      const first = await push('alice', 'shop/moves', 'v1', 'a program');
      const second = await push('alice', 'shop/moves', 'v1', 'another program');
      expect([first.status, second.status]).toEqual([201, 201]);
      const found = await ask('alice', 'GET', '/v2/shop/moves/manifests/v1');
      expect(found.headers['docker-content-digest']).toBe(second.digest);
      // What the manual warns of: the digest that the tag was at is gone with it.
      expect((await ask('alice', 'GET', `/v2/shop/moves/manifests/${first.digest}`)).status).toBe(404);
    });

    it('never moves a tag that is held, and never takes it away', async () => {
      const { ask, push } = zot();
      const first = await push('alice', 'released/cart', 'v1', 'a program');
      expect(first.status).toBe(201);
      expect((await push('alice', 'released/cart', 'v1', 'another program')).status).toBe(403);
      expect((await push('alice', 'released/cart', 'v2', 'another program')).status).toBe(201);
      expect((await ask('alice', 'DELETE', '/v2/released/cart/manifests/v1')).status).toBe(403);
      expect((await ask('alice', 'DELETE', `/v2/released/cart/manifests/${first.digest}`)).status).toBe(403);
      const found = await ask('alice', 'GET', '/v2/released/cart/manifests/v1');
      expect(found.headers['docker-content-digest']).toBe(first.digest);
    });

    it('shows its metrics to one user alone', async () => {
      expect((await zot().ask('alice', 'GET', '/metrics')).status).toBe(403);
      const { status, text } = await zot().ask('prometheus', 'GET', '/metrics');
      expect(status).toBe(200);
      expect(text).toContain('zot_http_requests_total');
    });

    it('says in its log who pushed, and no password', () => {
      const lines = zot().logs().split('\n');
      const pushed = lines.filter((line) => line.includes('/v2/shop/cart/manifests/v1') && line.includes('"PUT"'));
      expect(pushed).toEqual([expect.stringContaining('"username":"alice"')]);
      expect(lines.filter((line) => /made-up-password|YWxpY2U6/.test(line))).toEqual([]);
    });
  });

  describe('with teams whose repositories lie within each other', () => {
    const teams = [
      team('platform', ['**']),
      team('shop', ['shop/**'], ['base/*']),
      team('cart', ['shop/cart'], ['shop/*']),
      team('deep', ['shop/a/**', 'shop/a/b/*']),
      team('base', ['base/*', 'base/tools/x'], ['shop/a/b/c']),
    ];
    const zot = started({ teams, immutableTags: ['shop/*', 'base/tools/**'] }, [
      ...teams.map(({ name }) => name),
      'none',
    ]);
    const repositories = [
      ...['shop', 'shop/cart', 'shop/other', 'shop/a', 'shop/a/b', 'shop/a/b/c', 'shop/a/b/c/d', 'shop/cart/x'],
      ...['base', 'base/go', 'base/tools', 'base/tools/x', 'base/tools/y', 'elsewhere', 'shopping/cart'],
    ];
    /** As people read a pattern, written without a thought of zot. */
    const fits = (pattern: string, repository: string): boolean => {
      const [names, parts] = [repository.split('/'), pattern.split('/')];
      const last = parts.at(-1);
      const head = last?.startsWith('*') ? parts.slice(0, -1) : parts;
      const begins = head.every((part, i) => names[i] === part);
      if (last === '**') return begins && names.length >= head.length;
      return begins && names.length === parts.length;
    };

    it('gives each team what its patterns say, and nothing else', async () => {
      const { ask } = zot();
      const wrong: string[] = [];
      for (const { name, push, pull } of [...teams, team('none', [])])
        for (const repository of repositories) {
          const mayPush = push.some((pattern) => fits(pattern, repository));
          const mayPull = mayPush || pull.some((pattern) => fits(pattern, repository));
          const pulled = (await ask(name, 'GET', `/v2/${repository}/tags/list`)).status !== 403;
          const pushed = (await ask(name, 'POST', `/v2/${repository}/blobs/uploads/`)).status !== 403;
          if (pulled !== mayPull) wrong.push(`${name} pulls ${repository}: ${pulled}`);
          if (pushed !== mayPush) wrong.push(`${name} pushes ${repository}: ${pushed}`);
        }
      expect(wrong).toEqual([]);
    });

    it('holds the tags that are held for every team, the one that may push everywhere, too', async () => {
      const { push } = zot();
      const held = ['shop/*', 'base/tools/**'];
      for (const repository of repositories) {
        expect((await push('platform', repository, 'v1', 'a program')).status).toBe(201);
        const again = await push('platform', repository, 'v1', 'another program');
        const status = held.some((pattern) => fits(pattern, repository)) ? 403 : 201;
        expect({ repository, status: again.status }).toEqual({ repository, status });
      }
    });
  });
});

describeTool('registry', 'an upstream of zot', ({ path: distribution }) => {
  describeZot('pulled through', (program) => {
    let upstream: Registry;
    let zot: Zot;
    let place: string;
    beforeAll(async () => {
      upstream = await startRegistry(distribution);
      place = upstream.host.replace(':', '-');
      zot = await startZot(program, {
        users: ['alice', 'platform'],
        settings: {
          teams: [team('platform', ['**'])],
          immutableTags: [],
          upstreams: [{ host: upstream.host, allow: ['library/*', 'acme/tools'] }],
        },
        trust: upstream.caFile,
      });
    });
    afterAll(async () => {
      await zot.stop();
      await upstream.stop();
    });

    it('has the very digest that the upstream has, also when that is gone', async () => {
      const digest = await upstream.push('library/nginx', 'v1', ['linux/amd64', 'linux/arm64']);
      const byTag = await zot.ask('platform', 'GET', `/v2/${place}/library/nginx/manifests/v1`);
      expect({ status: byTag.status, digest: byTag.headers['docker-content-digest'] }).toEqual({ status: 200, digest });
      const tool = await upstream.push('acme/tools', 'v1', ['linux/amd64']);
      const byDigest = await zot.ask('alice', 'GET', `/v2/${place}/acme/tools/manifests/${tool}`);
      expect(byDigest.status).toBe(200);
    });

    it('has nothing that is not allowed', async () => {
      await upstream.push('other/nginx', 'v1', ['linux/amd64']);
      await upstream.push('library/deep/nginx', 'v1', ['linux/amd64']);
      for (const repository of ['other/nginx', 'library/deep/nginx'])
        expect((await zot.ask('platform', 'GET', `/v2/${place}/${repository}/manifests/v1`)).status).toBe(404);
    });

    it('is pushed to by nobody, whatever a team may', async () => {
      expect((await zot.push('platform', `${place}/library/nginx`, 'v9', 'something else')).status).toBe(403);
      expect((await zot.push('platform', `${place}/mine`, 'v1', 'something else')).status).toBe(403);
      expect((await zot.push('platform', 'mine', 'v1', 'something else')).status).toBe(201);
    });
  });
});
