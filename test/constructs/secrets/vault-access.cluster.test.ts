/** The policies and roles that VaultAccess makes, in a real Vault that asks a real API server whose tokens those are. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockedNamespace, SecureDeployment, VaultAccess, VaultSecretMount } from '../../../index';
import { basics, image, objectsOf, vault as server, temporaryFolder, testApp } from '../../support/app';
import { eventually, expectOk } from '../../support/control-plane';
import { describeVault, type Vault, type VaultAnswer, type VaultClient } from '../../support/vault';
import { mountEngines } from '../../support/vault/engines';
import { matrix, print } from '../../support/vault/matrix';
import { signedAnew } from '../../support/vault/token';

type Account = 'shop.api' | 'shop.worker' | 'bank.api' | 'bank.tls';
const accounts: readonly Account[] = ['shop.api', 'shop.worker', 'bank.api', 'bank.tls'];

describeVault('VaultAccess in a real Vault', (vault, cluster) => {
  /** Their names on the API server, which is shared with other tests. */
  let namespaces: Readonly<Record<string, string>>;
  let access: VaultAccess;

  const roleOf = (account: string): string => account.replace(/^\w+/, (name) => namespaces[name] ?? name);
  const tokenOf = (account: string, audience?: string): Promise<string> => {
    const [namespace = '', name = ''] = account.split('.');
    return cluster().client.createToken(namespaces[namespace] ?? '', name, audience);
  };
  const loggedIn = async (account: Account): Promise<VaultClient> => {
    const { auth } = await vault().root.must(vault().login(roleOf(account), await tokenOf(account, 'vault')));
    return vault().root.as(auth?.client_token ?? '');
  };

  beforeAll(async () => {
    const names = await Promise.all(['shop', 'bank'].map((name) => cluster().namespace(name)));
    namespaces = { shop: names[0] ?? '', bank: names[1] ?? '' };
    const app = declared(namespaces);
    access = VaultAccess.of(app, { tokenMaxTtl: '1h' });
    for (const object of objectsOf(app).filter(({ kind }) => kind === 'ServiceAccount'))
      expectOk(await cluster().client.apply(object, { force: true }));
    await plant(vault());
    const folder = join(temporaryFolder(), 'vault');
    access.write(folder);
    await load(vault(), folder, access);
  }, 90_000);

  it('holds what was written', async () => {
    expect(access.roles.map(({ name }) => name)).toEqual(accounts.map(roleOf).sort());
    for (const { name, policy, authRole } of access.roles) {
      const stored = await vault().root.read(`sys/policies/acl/${name}`);
      expect(stored.data.policy).toBe(policy);
      expect((await vault().root.read(`auth/kubernetes/role/${name}`)).data).toMatchObject(authRole);
    }
  });

  it('lets each ServiceAccount into its own role, and nobody else', async () => {
    const { signingKeyFile } = cluster();
    const strangerKey = join(temporaryFolder(), 'stranger.key');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(strangerKey, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    const now = Math.floor(Date.now() / 1000);
    const old = { iat: now - 1200, nbf: now - 1200, exp: now - 600 };
    const own = await tokenOf('shop.api', 'vault');
    const tokens = {
      'shop/api': own,
      'shop/worker': await tokenOf('shop.worker', 'vault'),
      'bank/api': await tokenOf('bank.api', 'vault'),
      'bank/tls': await tokenOf('bank.tls', 'vault'),
      'shop/default': await tokenOf('shop.default', 'vault'),
      'shop/api for the API server': await tokenOf('shop.api'),
      'shop/api for another audience': await tokenOf('shop.api', 'https://elsewhere.example'),
      'shop/api, signed again': signedAnew(own, { exp: now + 300 }, signingKeyFile),
      'shop/api, expired': signedAnew(own, old, signingKeyFile),
      'shop/api, signed by a stranger': signedAnew(own, {}, strangerKey),
      'no token': 'none',
    };
    const table = await matrix(Object.keys(tokens) as (keyof typeof tokens)[], accounts, async (token, account) => {
      const { status, auth } = await vault().login(roleOf(account), tokens[token]);
      return status === 200 ? `${auth?.policies}`.replace(roleOf(account), 'in') : `${status}`;
    });
    print('Who logs in to which role of Vault', table);
    expect(table).toBe(
      `
                                shop.api  shop.worker  bank.api  bank.tls
shop/api                        in        403          403       403
shop/worker                     403       in           403       403
bank/api                        403       403          in        403
bank/tls                        403       403          403       in
shop/default                    403       403          403       403
shop/api for the API server     403       403          403       403
shop/api for another audience   403       403          403       403
shop/api, signed again          in        403          403       403
shop/api, expired               403       403          403       403
shop/api, signed by a stranger  403       403          403       403
no token                        403       403          403       403`.slice(1),
    );
  });

  it('lets each role read its own paths, and do nothing else', async () => {
    const clients = Object.fromEntries(
      await Promise.all(accounts.map(async (account) => [account, await loggedIn(account)] as const)),
    ) as Readonly<Record<Account, VaultClient>>;
    const asked: Readonly<Record<string, (client: VaultClient) => Promise<VaultAnswer>>> = {
      'read secret/data/shop/db': (client) => client.read('secret/data/shop/db'),
      'read secret/data/shop/db?version=1': (client) => client.read('secret/data/shop/db?version=1'),
      'read kv/shop/key': (client) => client.read('kv/shop/key'),
      'read secret/data/bank/db': (client) => client.read('secret/data/bank/db'),
      'read secret/data/shop/db2': (client) => client.read('secret/data/shop/db2'),
      'read secret/data/shop': (client) => client.read('secret/data/shop'),
      'read secret/metadata/shop/db': (client) => client.read('secret/metadata/shop/db'),
      'read secret/subkeys/shop/db': (client) => client.read('secret/subkeys/shop/db'),
      'list secret/metadata/shop': (client) => client.list('secret/metadata/shop'),
      'list kv/shop': (client) => client.list('kv/shop'),
      'write secret/data/shop/db': (client) => client.write('secret/data/shop/db', { data: {} }),
      'delete secret/data/shop/db': (client) => client.delete('secret/data/shop/db'),
      'write kv/shop/key': (client) => client.write('kv/shop/key', { key: '' }),
      'write pki/issue/tls': (client) => client.write('pki/issue/tls', { common_name: 'tls.bank.svc', ttl: '1h' }),
      'write pki/issue/other': (client) => client.write('pki/issue/other', { common_name: 'tls.bank.svc' }),
      'write pki/sign/tls': (client) => client.write('pki/sign/tls', {}),
      'write pki/revoke': (client) => client.write('pki/revoke', { serial_number: '00' }),
      'read pki/roles/tls': (client) => client.read('pki/roles/tls'),
      'write transit/encrypt/orders': (client) => client.write('transit/encrypt/orders', { plaintext: 'YQ==' }),
      'write transit/decrypt/orders': (client) =>
        client.write('transit/decrypt/orders', { ciphertext: 'vault:v1:YQ==' }),
      'write transit/encrypt/other': (client) => client.write('transit/encrypt/other', { plaintext: 'YQ==' }),
      'read transit/export/encryption-key/orders': (client) => client.read('transit/export/encryption-key/orders'),
      'read auth/kubernetes/config': (client) => client.read('auth/kubernetes/config'),
      'read sys/policies/acl/root': (client) => client.read('sys/policies/acl/root'),
      'list sys/policies/acl': (client) => client.list('sys/policies/acl'),
      'read auth/token/lookup-self': (client) => client.read('auth/token/lookup-self'),
      'write auth/token/create': (client) => client.write('auth/token/create'),
      'write cubbyhole/own': (client) => client.write('cubbyhole/own', { a: 'b' }),
      'write sys/wrapping/wrap': (client) => client.write('sys/wrapping/wrap', { a: 'b' }),
      'write sys/leases/renew': (client) => client.write('sys/leases/renew', { lease_id: 'none' }),
      'write auth/token/renew-self': (client) => client.write('auth/token/renew-self'),
      'write auth/token/revoke-self': (client) => client.write('auth/token/revoke-self'),
    };
    const table = await matrix(Object.keys(asked), accounts, async (row, account) => {
      const answer = await asked[row]?.(clients[account]);
      return answer?.status === 200 || answer?.status === 204 ? 'yes' : `${answer?.status}`;
    });
    print('What each role may do in Vault', table);
    expect(table).toBe(
      `
                                           shop.api  shop.worker  bank.api  bank.tls
read secret/data/shop/db                   yes       yes          403       403
read secret/data/shop/db?version=1         yes       yes          403       403
read kv/shop/key                           403       yes          403       403
read secret/data/bank/db                   403       403          yes       403
read secret/data/shop/db2                  403       403          403       403
read secret/data/shop                      403       403          403       403
read secret/metadata/shop/db               403       403          403       403
read secret/subkeys/shop/db                403       403          403       403
list secret/metadata/shop                  403       403          403       403
list kv/shop                               403       403          403       403
write secret/data/shop/db                  403       403          403       403
delete secret/data/shop/db                 403       403          403       403
write kv/shop/key                          403       403          403       403
write pki/issue/tls                        403       403          403       yes
write pki/issue/other                      403       403          403       403
write pki/sign/tls                         403       403          403       403
write pki/revoke                           403       403          403       403
read pki/roles/tls                         403       403          403       403
write transit/encrypt/orders               403       403          403       yes
write transit/decrypt/orders               403       403          403       403
write transit/encrypt/other                403       403          403       403
read transit/export/encryption-key/orders  403       403          403       403
read auth/kubernetes/config                403       403          403       403
read sys/policies/acl/root                 403       403          403       403
list sys/policies/acl                      403       403          403       403
read auth/token/lookup-self                403       403          403       403
write auth/token/create                    403       403          403       403
write cubbyhole/own                        403       403          403       403
write sys/wrapping/wrap                    403       403          403       403
write sys/leases/renew                     403       403          403       403
write auth/token/renew-self                yes       yes          yes       yes
write auth/token/revoke-self               403       403          403       yes`.slice(1),
    );
  });

  it('forgets a ServiceAccount that was deleted, and does not take a new one of its name for it', async () => {
    const { client } = cluster();
    const token = await tokenOf('bank.api', 'vault');
    const metadata = { namespace: namespaces.bank ?? '', name: 'api' };
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
    expectOk(await client.delete(account));
    expectOk(await client.create(account));
    // The API server hears of it in its own time, and takes a token that it has taken for ten seconds more.
    await eventually('the token to be refused', async () => {
      const { status } = await vault().login(roleOf('bank.api'), token);
      return status === 403 ? true : undefined;
    });
    expect((await vault().login(roleOf('bank.api'), await tokenOf('bank.api', 'vault'))).status).toBe(200);
  });

  it('ends tokens by their time to live, renewed or not', async () => {
    const short = VaultAccess.of(declared(namespaces), { tokenTtl: '12s', tokenMaxTtl: '17s' });
    const folder = join(temporaryFolder(), 'vault');
    short.write(folder);
    await load(vault(), folder, short);
    const [left, renewed] = [await loggedIn('shop.api'), await loggedIn('shop.api')];
    expect((await left.read('secret/data/shop/db')).status).toBe(200);
    const refused = (client: VaultClient) => async () =>
      (await client.read('secret/data/shop/db')).status === 403 ? true : undefined;
    await sleep(6000);
    expect((await renewed.write('auth/token/renew-self')).status).toBe(200);
    await eventually('the one that was left to end', refused(left));
    expect((await renewed.read('secret/data/shop/db')).status).toBe(200);
    await eventually('the one that was renewed to end', refused(renewed));
  }, 120_000);

  it('binds tokens to addresses', async () => {
    const statusFrom = async (boundCidrs: readonly string[]): Promise<number> => {
      const bound = VaultAccess.of(declared(namespaces), { boundCidrs });
      const folder = join(temporaryFolder(), 'vault');
      bound.write(folder);
      await load(vault(), folder, bound);
      return (await vault().login(roleOf('shop.api'), await tokenOf('shop.api', 'vault'))).status;
    };
    expect(await statusFrom(['127.0.0.0/8'])).toBe(200);
    expect(await statusFrom(['198.51.100.0/24'])).toBe(403);
  });
});

function declared(namespaces: Readonly<Record<string, string>>) {
  const app = testApp({ vault: { ...server, agent: { image } } });
  const [shop, bank] = ['shop', 'bank'].map(
    (name) => new LockedNamespace(app, namespaces[name] ?? '', { owner: `team-${name}` }),
  );
  if (shop === undefined || bank === undefined) throw new Error('there are two namespaces');
  const db = VaultSecretMount.kv('secret/data/shop/db', { file: '/etc/shop/db.json' });
  const key = VaultSecretMount.kv('kv/shop/key', { file: '/etc/shop/key', field: 'key', engine: 1 });
  new SecureDeployment(shop, 'api', { ...basics, secrets: [db] });
  new SecureDeployment(shop, 'worker', { ...basics, secrets: [db, key] });
  new SecureDeployment(bank, 'api', {
    ...basics,
    secrets: [VaultSecretMount.kv('secret/data/bank/db', { file: '/etc/bank/db.json' })],
  });
  new SecureDeployment(bank, 'tls', {
    ...basics,
    secrets: [
      VaultSecretMount.pki('pki/issue/tls', {
        commonName: 'tls.bank.svc',
        files: { bundle: '/tls/bundle.pem' },
        delivery: 'agent',
      }),
      VaultSecretMount.transit('transit/keys/orders', { operations: ['encrypt'], delivery: 'agent' }),
    ],
  });
  return app;
}

/** Something to read at each path, and beside it. */
async function plant({ root }: Vault): Promise<void> {
  const value = () => randomBytes(8).toString('hex');
  await mountEngines(root, 'bank');
  await root.must(root.write('kv/shop/key', { key: value() }));
  for (const role of ['tls', 'other'])
    await root.must(root.write(`pki/roles/${role}`, { allowed_domains: 'bank.svc', allow_subdomains: true }));
  await root.must(root.write('sys/mounts/transit', { type: 'transit' }));
  for (const key of ['orders', 'other']) await root.must(root.write(`transit/keys/${key}`, { exportable: true }));
  for (const path of ['shop/db', 'shop/db2', 'bank/db', 'shop'])
    await root.must(root.write(`secret/data/${path}`, { data: { password: value() } }));
}

/** By Vault's own command line, as the documentation says. */
async function load(vault: Vault, folder: string, { roles, authMount }: VaultAccess): Promise<void> {
  for (const { name } of roles) {
    await vault.run('policy', 'write', name, join(folder, `policies/${name}.hcl`));
    const role = `auth/${authMount}/role/${name}`;
    await vault.run('write', role, `@${join(folder, role)}.json`);
  }
}
