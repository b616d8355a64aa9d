/**
 * The examples in a real Vault: what VaultAccess makes of them is loaded, the real agent writes their files, and the programs that read those
 * files are real: Redis, PostgreSQL and TLS. cartservice is not among them: what it reads is taken apart as its client does.
 */
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Server } from 'node:tls';
import { connect } from 'node:tls';
import { callLedger, type Identity, serveLedger } from '../../examples/mutual-tls/peers';
import { temporaryFolder } from '../support/app';
import { eventually } from '../support/control-plane';
import { describeUnless, itUnless } from '../support/lack';
import { type Redis, redisLack, startRedis } from '../support/redis';
import { describeVault, type VaultAnswer, type VaultClient } from '../support/vault';
import type { Agent } from '../support/vault/agent';
import { tracesOf } from '../support/vault/canary';
import { matrix, print } from '../support/vault/matrix';
import { fill, operatorLack } from '../support/vault/operator';
import { postgresLack } from '../support/vault/postgres';
import { readObjects } from './boutique';
import { canary, ExamplesInVault, password, rotated, wholeFiles } from './examples-in-vault';
import { type VaultExample, vaultCommandsIn } from './vault-examples';

describeVault('the examples in a real Vault', (vault, cluster) => {
  let examples: ExamplesInVault;
  /** What the programs said. */
  const said: string[] = [];

  beforeAll(async () => {
    examples = await ExamplesInVault.plant(vault(), cluster());
  }, 120_000);
  afterAll(() => examples?.remove());

  it('let each workload read its own and nothing else', async () => {
    const readers: readonly (readonly [VaultExample, string])[] = [
      ...(['csi', 'agent', 'operator'] as const).flatMap((delivery) =>
        ['redis-cart', 'cartservice'].map((name) => [`online-boutique-vault by ${delivery}`, name] as const),
      ),
      ['dynamic-database', 'api'],
      ['dynamic-database', 'report'],
      ['mutual-tls', 'ledger'],
      ['mutual-tls', 'payments'],
    ];
    const clients = new Map<string, VaultClient>();
    for (const [example, account] of readers)
      clients.set(`${example}: ${account}`, await examples.loggedIn(example, account));
    const signed = (role: string, name: string) => (client: VaultClient) =>
      client.write(`pki/issue/${role}`, { common_name: name });
    const paths: Readonly<Record<string, (client: VaultClient) => Promise<VaultAnswer>>> = {
      'redis-cart': (client) => client.read('secret/data/online-boutique/redis-cart'),
      other: (client) => client.read('secret/data/online-boutique/other'),
      'orders-api': (client) => client.read('database/creds/orders-api'),
      'orders-report': (client) => client.read('database/creds/orders-report'),
      ledger: signed('ledger', 'ledger.bank.svc'),
      payments: signed('payments', 'payments.bank.svc'),
      'payments as ledger': signed('payments', 'ledger.bank.svc'),
    };
    const table = await matrix([...clients.keys()], Object.keys(paths), async (reader, path) => {
      const client = clients.get(reader);
      const answer = client && (await paths[path]?.(client));
      return answer?.status === 200 ? 'yes' : `${answer?.status}`;
    });
    print('What the workloads of the examples read in Vault', table);
    const expected = `
                                                redis-cart  other  orders-api  orders-report  ledger  payments  payments as ledger
online-boutique-vault by csi: redis-cart        yes         403    403         403            403     403       403
online-boutique-vault by csi: cartservice       yes         403    403         403            403     403       403
online-boutique-vault by agent: redis-cart      yes         403    403         403            403     403       403
online-boutique-vault by agent: cartservice     yes         403    403         403            403     403       403
online-boutique-vault by operator: redis-cart   yes         403    403         403            403     403       403
online-boutique-vault by operator: cartservice  yes         403    403         403            403     403       403
dynamic-database: api                           403         403    yes         403            403     403       403
dynamic-database: report                        403         403    403         yes            403     403       403
mutual-tls: ledger                              403         403    403         403            yes     403       403
mutual-tls: payments                            403         403    403         403            403     yes       400`.slice(
      1,
    );
    // Without a database nothing is mounted there: who may read it finds nothing.
    const there = (line: string) =>
      postgresLack !== undefined && line.startsWith('dynamic') ? line.replace('yes', '404') : line;
    expect(table).toBe(expected.split('\n').map(there).join('\n'));
  });

  it('let nobody in whose workload reads nothing, or whose ServiceAccount is of another namespace', async () => {
    const role = `${examples.namespaceOf('online-boutique-vault by agent')}.redis-cart`;
    const example = 'online-boutique-vault by csi';
    for (const account of ['frontend', 'redis-cart', 'default'])
      expect((await vault().login(role, await examples.tokenOf(example, account))).status).toBe(403);
    const none = await vault().login(
      `${examples.namespaceOf(example)}.frontend`,
      await examples.tokenOf(example, 'frontend'),
    );
    expect([none.status, none.errors.join()]).toEqual([400, expect.stringContaining('invalid role name')]);
  });

  describeUnless(redisLack, "the carts' Redis", () => {
    /** As StackExchange.Redis reads its configuration: parts between commas, the first an address. */
    const loginIn = (settings: string) => {
      const { REDIS_ADDR = '' } = JSON.parse(settings) as { readonly REDIS_ADDR?: string };
      const [address, ...parts] = REDIS_ADDR.split(',');
      const named = Object.fromEntries(parts.map((part) => part.split(/=(.*)/).slice(0, 2)));
      expect(address).toBe('redis-cart:6379');
      return { username: String(named.user), password: String(named.password) };
    };
    /** The container's own command, with its file where it stands here. */
    const started = async (example: VaultExample, users: string): Promise<Redis> => {
      const command = examples.templates(example).get('redis-cart')?.spec.containers[0]?.command ?? [];
      expect(command).toContain('/etc/redis/users.acl');
      return startRedis(command.map((word) => (word === '/etc/redis/users.acl' ? users : word)));
    };
    const judge = (redis: Redis, settings: string, wrong: string) => {
      const login = loginIn(settings);
      expect(redis.ask(undefined, 'PING')).toBe('NOAUTH Authentication required.');
      expect(redis.ask({ ...login, username: 'default' }, 'PING')).toContain('WRONGPASS');
      expect(redis.ask({ ...login, password: wrong }, 'PING')).toContain('WRONGPASS');
      expect(redis.ask(login, 'PING')).toBe('PONG');
      expect(redis.ask(login, 'HSET', 'a-user', 'data', 'a-cart')).toBe('1');
      expect(redis.ask(login, 'HGETALL', 'a-user')).toBe('data\na-cart');
      for (const command of [
        ['CONFIG', 'GET', 'dir'],
        ['ACL', 'LIST'],
        ['SHUTDOWN', 'NOSAVE'],
      ])
        expect(redis.ask(login, ...command)).toContain('NOPERM');
      said.push(redis.log());
    };

    it('asks for the password that the agent wrote, and for the new one after its restart', async () => {
      const example = 'online-boutique-vault by agent';
      const [redis, cart] = await Promise.all([
        examples.agentOf(example, 'redis-cart'),
        examples.agentOf(example, 'cartservice'),
      ]);
      const users = '/etc/redis/users.acl';
      const settings = '/etc/cartservice/appsettings.json';
      await redis.until(users, (text) => text.includes(password));
      const before = await cart.until(settings, (text) => text.includes(password));
      expect([redis.modeOf(users), cart.modeOf(settings)]).toEqual([0o440, 0o440]);
      expect(redis.read(users)).toBe(wholeFiles(password).users);
      expect(JSON.parse(before)).toEqual(JSON.parse(wholeFiles(password).settings));
      // They are told of the first file, too.
      const tellings = [(await redis.untilTold(1)).length, (await cart.untilTold(1)).length] as const;
      const first = await started(example, redis.at(users));
      try {
        judge(first, before, rotated);
        await examples.put(rotated);
        await redis.until(users, (text) => text.includes(rotated));
        const after = await cart.until(settings, (text) => text.includes(rotated));
        // Both read their file once, when they start: until then the old password holds.
        expect(first.ask(loginIn(before), 'PING')).toBe('PONG');
        const second = await started(example, redis.at(users));
        try {
          judge(second, after, password);
        } finally {
          await second.stop();
        }
        expect((await redis.untilTold(tellings[0] + 1)).slice(tellings[0])).toEqual(['killall -q -TERM redis-server']);
        expect((await cart.untilTold(tellings[1] + 1)).slice(tellings[1])).toEqual(['killall -q -TERM cartservice']);
      } finally {
        await first.stop();
        await examples.put(password);
      }
    }, 180_000);

    itUnless(
      operatorLack,
      'asks for the password in the Secret of the operator',
      async () => {
        const example = 'online-boutique-vault by operator';
        type Spec = {
          readonly destination: {
            readonly transformation: { readonly templates: Readonly<Record<string, { readonly text: string }>> };
          };
        };
        const kept = readObjects(examples.manifests.get(example) ?? '').filter(
          ({ kind }) => kind === 'VaultStaticSecret',
        );
        const texts = Object.assign({}, ...kept.map(({ spec }) => (spec as Spec).destination.transformation.templates));
        const [users, settings] = fill(
          ...['users.acl', 'appsettings.json'].map((key) => ({ text: texts[key].text, secrets: { password } })),
        );
        const file = join(temporaryFolder(), 'users.acl');
        writeFileSync(file, users?.text ?? '', { mode: 0o440 });
        const redis = await started(example, file);
        try {
          judge(redis, settings?.text ?? '', rotated);
        } finally {
          await redis.stop();
        }
      },
      60_000,
    );

    it("has a password of letters and digits, by the README's command", async () => {
      await vault().shell(vaultCommandsIn('online-boutique-vault', 'agent operator'));
      const { data } = await vault().root.read('secret/data/online-boutique/redis-cart');
      expect(data.data).toEqual({ password: expect.stringMatching(/^[0-9a-f]{64}$/) });
    });

    it('asks for the password in the file that csi brings, which is a field of the secret as it is', async () => {
      const example = 'online-boutique-vault by csi';
      await vault().shell(vaultCommandsIn('online-boutique-vault', 'csi'));
      const { data } = await (await examples.loggedIn(example, 'redis-cart')).read(
        'secret/data/online-boutique/redis-cart',
      );
      const fields = data.data as Readonly<Record<string, string>>;
      const users = join(temporaryFolder(), 'users.acl');
      writeFileSync(users, fields.users ?? '', { mode: 0o444 });
      const redis = await started(example, users);
      try {
        judge(redis, fields.settings ?? '', rotated);
      } finally {
        await redis.stop();
      }
    }, 60_000);
  });

  itUnless(
    postgresLack,
    'give each pod an account of its own, which ends',
    async () => {
      const file = '/etc/orders/database-url';
      const loginIn = (text: string) => {
        const { protocol, host, pathname, search, username, password: word } = new URL(text);
        const place = `${protocol}//${host}${pathname}${search}`;
        expect(place).toBe('postgres://postgres.databases:5432/orders?sslmode=verify-full');
        return { username: decodeURIComponent(username), password: decodeURIComponent(word) };
      };
      const ask = (text: string, statement: string) => examples.postgres?.ask(loginIn(text), statement);
      const api = await examples.agentOf('dynamic-database', 'api');
      const report = await examples.agentOf('dynamic-database', 'report', true);
      const first = await api.until(file, () => true);
      const reading = await report.until(file, () => true);
      expect(loginIn(first).username).not.toBe(loginIn(reading).username);
      expect(ask(first, 'INSERT INTO orders VALUES (8); SELECT count(*) FROM orders')).toBe('2');
      expect(ask(reading, 'SELECT count(*) FROM orders')).toBe('2');
      expect(ask(reading, 'INSERT INTO orders VALUES (9)')).toContain('permission denied');
      const tellings = (await api.untilTold(1)).length;
      const second = await api.until(file, (text) => text !== first);
      expect(ask(second, 'SELECT count(*) FROM orders')).toBe('2');
      expect((await api.untilTold(tellings + 1)).slice(tellings)).toEqual(['killall -q -TERM orders-api']);
      await eventually('the first account to end', async () => ask(first, 'SELECT 1') !== '1' || undefined);
    },
    180_000,
  );

  describe('the mutual-TLS pair', () => {
    const identityOf = (agent: Agent): Identity => ({
      bundle: agent.at('/etc/identity/identity.pem'),
      ca: agent.at('/etc/identity/ca.pem'),
    });
    /** The ledger says nothing to whom it does not know. */
    const refused = /hung up|ECONNRESET/;
    let ledger: Agent;
    let payments: Agent;
    let server: Server;
    let port: number;
    const call = (identity: Identity, name = 'ledger.bank.svc') => callLedger(identity, '127.0.0.1', port, name);
    /** A client with another certificate, and the same authority to know the ledger by. */
    const signedBy = async (issuer: string, name: string): Promise<Identity> => {
      const { data } = await vault().root.must(vault().root.write(issuer, { common_name: name }));
      const bundle = join(temporaryFolder(), 'identity.pem');
      writeFileSync(bundle, `${data.private_key}\n${data.certificate}\n`, { mode: 0o600 });
      return { bundle, ca: identityOf(payments).ca };
    };

    beforeAll(async () => {
      ledger = await examples.agentOf('mutual-tls', 'ledger');
      payments = await examples.agentOf('mutual-tls', 'payments');
      for (const agent of [ledger, payments])
        for (const file of ['identity.pem', 'ca.pem']) await agent.until(`/etc/identity/${file}`, () => true);
      server = serveLedger(identityOf(ledger), 'payments.bank.svc');
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      port = (server.address() as AddressInfo).port;
    }, 60_000);
    afterAll(() => new Promise((done) => (server ? server.close(done) : done(undefined))));

    it('talks by the files that the agents wrote', async () => {
      expect(await call(identityOf(payments))).toBe('welcome, payments.bank.svc');
    });

    it('refuses a client without a certificate', async () => {
      const reason = await new Promise<string>((done) => {
        const options = {
          host: '127.0.0.1',
          port,
          servername: 'ledger.bank.svc',
          ca: payments.read('/etc/identity/ca.pem'),
        };
        const socket = connect(options);
        socket.on('data', () => done('answered'));
        socket.on('error', ({ message }) => done(message));
        socket.on('close', () => done('hung up'));
      });
      expect(reason).toMatch(/certificate required/);
    });

    it('refuses a certificate of another authority, of the same name', async () => {
      const stranger = await signedBy('pki-other/issue/payments', 'payments.bank.svc');
      await expect(call(stranger)).rejects.toThrow(refused);
    });

    it('refuses a certificate of that name and authority that is for servers', async () => {
      const forServers = await signedBy('pki/issue/for-servers', 'payments.bank.svc');
      await expect(call(forServers)).rejects.toThrow(refused);
    });

    it('refuses another name of the same authority', async () => {
      const other = await signedBy('pki/issue/reports', 'reports.bank.svc');
      await expect(call(other)).rejects.toThrow(refused);
    });

    it('has a client that refuses another ledger', async () => {
      await expect(call(identityOf(payments), 'other.bank.svc')).rejects.toThrow(/altnames/);
      const stranger = { ...identityOf(payments), ca: join(temporaryFolder(), 'ca.pem') };
      const { data } = await vault().root.must(vault().root.read('pki-other/cert/ca'));
      writeFileSync(stranger.ca, String(data.certificate));
      await expect(call(stranger)).rejects.toThrow(/certificate/);
    });

    it('takes up the next certificate without a restart, and goes on to talk', async () => {
      const serial = (pem: string) =>
        new X509Certificate(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '')
          .serialNumber;
      const shown = () =>
        new Promise<string>((done, fail) => {
          const options = { host: '127.0.0.1', port, servername: 'ledger.bank.svc', rejectUnauthorized: false };
          const socket = connect(options, () => done(socket.getPeerX509Certificate()?.serialNumber ?? ''));
          socket.on('error', fail);
          socket.on('secureConnect', () => socket.destroy());
        });
      const file = '/etc/identity/identity.pem';
      const before = serial(ledger.read(file) ?? '');
      const after = serial(await ledger.until(file, (pem) => serial(pem) !== before));
      await eventually('the ledger to show another', async () => (await shown()) !== before || undefined);
      expect(await shown()).toBe(after);
      expect(await call(identityOf(payments))).toBe('welcome, payments.bank.svc');
    }, 120_000);
  });

  it('leave no trace of a value in manifests, policies, logs or what agents and Redis said', () => {
    const written = new Map<string, string>([
      ...examples.manifests,
      ...[...examples.accesses].flatMap(([name, access]) =>
        [...access.files()].map(([file, text]): [string, string] => [`${name} ${file}`, text]),
      ),
      ...examples.agents.map((name): [string, string] => [name, vault().group.logOf(name)]),
      ['redis', said.join('\n')],
      ['vault', vault().group.logOf('vault')],
    ]);
    // It is asked for last: the agents that could run have spoken.
    expect(examples.agents).toEqual(expect.arrayContaining(['agent-ledger', 'agent-payments']));
    expect(tracesOf(canary, written)).toEqual([]);
    expect(tracesOf(canary, new Map([['file', wholeFiles(password).users]]))).not.toEqual([]);
  });
});
