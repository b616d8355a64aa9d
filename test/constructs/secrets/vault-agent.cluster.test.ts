/** The templates and annotations of the delivery `agent`, in the real agent of Vault, with the policies and roles that VaultAccess makes. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { PodTemplateSpec } from '../../../core/manifest/pod';
import {
  type BulwarkApp,
  LockedNamespace,
  SecretTemplate,
  SecureDeployment,
  VaultAccess,
  VaultSecretMount,
} from '../../../index';
import { basics, image, objectOf, objectsOf, testApp } from '../../support/app';
import { eventually, expectOk } from '../../support/control-plane';
import { itUnless } from '../../support/lack';
import { describeVault } from '../../support/vault';
import { type Agent, startAgent } from '../../support/vault/agent';
import { canaries, tracesOf } from '../../support/vault/canary';
import { mountEngines } from '../../support/vault/engines';
import { type Postgres, postgresLack, startPostgres } from '../../support/vault/postgres';

const canary = canaries('password', 'rotated', 'key');
/** Quotes, a line end and what templates and shells read as something else. */
const awkward = `it's "50%" of $HOME \\ {{ .x }}\nüber=ja`;

describeVault('the delivery agent with a real Vault Agent', (vault, cluster) => {
  let namespace: string;
  let app: BulwarkApp;
  let access: VaultAccess;
  let postgres: Postgres | undefined;
  let agent: Agent;

  const template = (): PodTemplateSpec =>
    (objectOf(app, 'Deployment', 'api') as unknown as { readonly spec: { readonly template: PodTemplateSpec } }).spec
      .template;
  const token = () => cluster().client.createToken(namespace, 'api', 'vault');
  const put = (password: string) =>
    vault().root.must(
      vault().root.write('secret/data/shop/db', { data: { username: 'shop', password, awkward, port: 5432 } }),
    );

  beforeAll(async () => {
    namespace = await cluster().namespace('shop');
    await put(canary.password);
    const { root } = vault();
    await mountEngines(root, 'shop');
    await root.must(root.write('kv/shop/key', { key: canary.key }));
    await root.must(root.write('pki/roles/api', { allowed_domains: 'shop.svc', allow_subdomains: true, ttl: '1h' }));
    if (postgresLack === undefined) {
      postgres = await startPostgres(vault().group);
      await makeDatabase();
    }
    app = declared();
    access = VaultAccess.of(app, { tokenTtl: '20s' });
    for (const object of objectsOf(app).filter(({ kind }) => kind === 'ServiceAccount'))
      expectOk(await cluster().client.apply(object, { force: true }));
    for (const { name, policy, authRole } of access.roles) {
      await root.must(root.write(`sys/policies/acl/${name}`, { policy }));
      await root.must(root.write(`auth/kubernetes/role/${name}`, authRole));
    }
  }, 90_000);
  afterAll(async () => {
    if (postgres === undefined) return;
    // Its connections end with it, which PostgreSQL waits for.
    await vault().root.delete('sys/mounts/database');
    postgres.remove();
  });

  function declared(): BulwarkApp {
    const declaring = testApp({
      vault: {
        address: vault().address,
        ca: { secret: 'vault-ca' },
        cidrs: ['127.0.0.1/32'],
        agent: { image },
        refresh: '1s',
        delivery: 'agent',
      },
    });
    const shop = new LockedNamespace(declaring, namespace, { owner: 'team-shop' });
    const db = 'secret/data/shop/db';
    const fields = { DB_USER: 'username', DB_PASSWORD: 'password', DB_NOTE: 'awkward' };
    new SecureDeployment(shop, 'api', {
      ...basics,
      secrets: [
        VaultSecretMount.kv(db, { file: '/secrets/all.json' }),
        VaultSecretMount.kv(db, { file: '/secrets/password', field: 'password', mode: 0o400 }),
        VaultSecretMount.kv(db, { file: '/secrets/first', field: 'password', version: 1 }),
        VaultSecretMount.kv(db, { file: '/secrets/db.env', template: SecretTemplate.envFile(fields) }),
        VaultSecretMount.kv(db, { file: '/secrets/db.json', template: SecretTemplate.json(fields) }),
        VaultSecretMount.kv(db, {
          file: '/secrets/nested.json',
          template: SecretTemplate.json({ DB: SecretTemplate.text('a "db",{{ .username }}={{ .awkward }};') }),
        }),
        VaultSecretMount.kv(db, { file: '/secrets/db.properties', template: SecretTemplate.properties(fields) }),
        VaultSecretMount.kv(db, {
          file: '/secrets/url',
          template: SecretTemplate.text('postgres://{{ .username }}:{{ .password | url }}@db:{{ .port }}/'),
        }),
        VaultSecretMount.kv('kv/shop/key', { file: '/secrets/key', field: 'key', engine: 1 }),
        VaultSecretMount.pki('pki/issue/api', {
          commonName: 'api.shop.svc',
          altNames: ['api-2.shop.svc'],
          ipSans: ['127.0.0.1'],
          ttl: '30s',
          files: { certificate: '/tls/tls.crt', privateKey: '/tls/tls.key', ca: '/tls/ca.crt' },
        }),
        ...(postgres === undefined
          ? []
          : [VaultSecretMount.database('database/creds/shop', { file: '/secrets/login.json' })]),
      ],
    });
    return declaring;
  }

  async function makeDatabase(): Promise<void> {
    const { root } = vault();
    await root.must(root.write('sys/mounts/database', { type: 'database' }));
    await root.must(
      root.write('database/config/shop', {
        plugin_name: 'postgresql-database-plugin',
        connection_url: `postgresql://{{username}}:{{password}}@127.0.0.1:${postgres?.port}/postgres?sslmode=disable`,
        allowed_roles: ['shop'],
        ...postgres?.admin,
      }),
    );
    const creation = `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'`;
    const role = { db_name: 'shop', creation_statements: [creation], default_ttl: '6s', max_ttl: '20s' };
    await root.must(root.write('database/roles/shop', role));
  }

  const files = ['all.json', 'password', 'first', 'db.env', 'db.json', 'nested.json', 'db.properties', 'url', 'key'];

  it('fills every file before the containers start, and ends', async () => {
    const init = startAgent(vault(), template(), { name: 'agent-init', jwt: await token(), init: true });
    await init.until('/tls/tls.key', () => true);
    for (const file of files) await init.until(`/secrets/${file}`, () => true);
    expect(init.read('/secrets/password')).toBe(canary.password);
    expect(init.modeOf('/secrets/password')).toBe(0o400);
    expect(init.modeOf('/secrets/all.json')).toBe(0o440);
    expect(JSON.parse(init.read('/secrets/all.json') ?? '')).toEqual({
      username: 'shop',
      password: canary.password,
      awkward,
      port: 5432,
    });
    expect(init.read('/secrets/key')).toBe(canary.key);
    expect(JSON.parse(init.read('/secrets/db.json') ?? '')).toEqual({
      DB_USER: 'shop',
      DB_PASSWORD: canary.password,
      DB_NOTE: awkward,
    });
    expect(JSON.parse(init.read('/secrets/nested.json') ?? '')).toEqual({ DB: `a "db",shop=${awkward};` });
    expect(init.read('/secrets/url')).toBe(`postgres://shop:${encodeURIComponent(canary.password)}@db:5432/`);
    expect({ env: init.read('/secrets/db.env'), properties: init.read('/secrets/db.properties') }).toEqual({
      env: `DB_USER='shop'\nDB_PASSWORD='${canary.password}'\nDB_NOTE='${awkward.replaceAll("'", "'\\''")}'\n`,
      properties: `DB_USER=shop\nDB_PASSWORD=${canary.password}\nDB_NOTE=${propertiesValue(awkward)}\n`,
    });
  }, 60_000);

  it('keeps a certificate and its key together', async () => {
    agent = startAgent(vault(), template(), { name: 'agent', jwt: await token() });
    await agent.until('/tls/ca.crt', () => true);
    const pair = async () => {
      const certificate = new X509Certificate(await agent.until('/tls/tls.crt', () => true));
      const key = createPrivateKey(await agent.until('/tls/tls.key', () => true));
      return { certificate, fits: certificate.checkPrivateKey(key) };
    };
    const first = await pair();
    expect(first.fits).toBe(true);
    expect(first.certificate.subjectAltName).toBe('DNS:api-2.shop.svc, DNS:api.shop.svc, IP Address:127.0.0.1');
    expect(first.certificate.verify(new X509Certificate(agent.read('/tls/ca.crt') ?? '').publicKey)).toBe(true);
  }, 60_000);

  it('brings a changed secret into every file but the pinned one', async () => {
    // The part that every way of writing it leaves as it is.
    const plain = /^[\w-]+/.exec(canary.rotated)?.[0] ?? '';
    const started = Date.now();
    await put(canary.rotated);
    await agent.until('/secrets/password', (text) => text === canary.rotated);
    for (const file of ['all.json', 'db.env', 'db.json', 'db.properties', 'url'])
      await agent.until(`/secrets/${file}`, (text) => text.includes(plain));
    process.stderr.write(`a changed secret was in its files after ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    expect(agent.read('/secrets/first')).toBe(canary.password);
    expect(agent.modeOf('/secrets/password')).toBe(0o400);
  }, 60_000);

  itUnless(
    postgresLack,
    'rotates the accounts of a database',
    async () => {
      // One that begins now: the account of the other agent may be at its end.
      const fresh = startAgent(vault(), template(), { name: 'agent-fresh', jwt: await token() });
      const login = async (other = '') =>
        JSON.parse(await fresh.until('/secrets/login.json', (text) => JSON.parse(text).username !== other));
      const first = await login();
      expect(postgres?.lets(first)).toBe(true);
      // Past its time to live, and before its maximum: the agent has renewed the lease, as the policy lets it.
      await new Promise((done) => setTimeout(done, 7_000));
      expect((await login()).username).toBe(first.username);
      expect(postgres?.lets(first)).toBe(true);
      const second = await login(first.username);
      expect(postgres?.lets(second)).toBe(true);
      await eventually('the first account to end', async () => !postgres?.lets(first) || undefined);
    },
    180_000,
  );

  it('signs the certificate again before it ends', async () => {
    const before = new X509Certificate(agent.read('/tls/tls.crt') ?? '').serialNumber;
    const text = await agent.until('/tls/tls.crt', (pem) => new X509Certificate(pem).serialNumber !== before);
    const key = () => createPrivateKey(agent.read('/tls/tls.key') ?? '');
    await agent.until('/tls/tls.key', () => new X509Certificate(text).checkPrivateKey(key()));
    expect(Date.parse(new X509Certificate(text).validTo)).toBeGreaterThan(Date.now());
  }, 120_000);

  it('says where a secret lacks a field, and nothing of its others', async () => {
    const { root } = vault();
    await root.must(root.write('secret/data/shop/db', { data: { username: canary.rotated } }));
    const init = startAgent(vault(), template(), { name: 'agent-lacking', jwt: await token(), init: true });
    await eventually(
      'what the agent says is missing',
      async () => /the secret has no field password/.test(init.log()) || undefined,
    );
    expect(init.read('/secrets/password')).toBeUndefined();
  }, 60_000);

  it('leaves no trace of a value in manifests, policies, logs or errors', () => {
    const written = new Map<string, string>([
      ['manifests', app.synthYaml()],
      ['summary', `${app.synth({ dryRun: true })}`],
      ...access.files(),
      ...['agent-init', 'agent', ...(postgres ? ['agent-fresh'] : []), 'agent-lacking', 'vault'].map(
        (name): [string, string] => [name, vault().group.logOf(name)],
      ),
      ['environment', JSON.stringify(process.env)],
    ]);
    expect(tracesOf(canary, written)).toEqual([]);
    // It is found where it is.
    expect(tracesOf(canary, new Map([['file', agent.read('/secrets/all.json') ?? '']]))).not.toEqual([]);
  });
});

/** As Java's Properties.store writes a value. */
function propertiesValue(text: string): string {
  return text.replace(/[\\ ]/g, '\\$&').replaceAll('\n', '\\n');
}
