import { ApiObject } from 'cdk8s';
import { SecureDeployment, VaultSecretMount } from '../../../index';
import { basics, errorsOf, testNamespace, vault } from '../../support/app';

const { kv } = VaultSecretMount;
const field = 'password';
const path = 'secret/data/db';
const file = '/etc/a/password';

const synced = (secret: string, of = field) => kv(path, { file, field: of, syncAs: { secret, key: 'k' } });

function errorsWith(name: string, one: VaultSecretMount, other: VaultSecretMount | 'Secret') {
  const { app, shop } = testNamespace({ vault: { ...vault, ca: { secret: 'vault-ca' } } });
  new SecureDeployment(shop, 'a', { ...basics, secrets: [one] });
  if (other === 'Secret') new ApiObject(shop, 'db', { apiVersion: 'v1', kind: 'Secret', metadata: { name } });
  else new SecureDeployment(shop, 'b', { ...basics, secrets: [other] });
  return errorsOf(app).map(({ rule, construct, value }) => [rule, construct, value]);
}

it.each([
  ['s', synced('s'), synced('s', 'other'), 'shop/b'],
  ['s', synced('s'), 'Secret', 'shop'],
  ['b-kv-db', synced('b-kv-db'), kv(path, { file, field, delivery: 'operator' }), 'shop/b'],
] as const)('refuses two that fill the Secret %s', (name, one, other, construct) => {
  const found = errorsWith(name, one, other);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject(['secret-owner', construct, expect.stringMatching(name === 'b-kv-db' ? /^b-/ : name)]);
});

it('takes two that fill it with the same, and two Secrets', () => {
  expect(errorsWith('s', synced('s'), synced('s'))).toEqual([]);
  expect(errorsWith('s', synced('s'), synced('t', 'other'))).toEqual([]);
});

it('refuses a CA of Vault from Vault', () => {
  expect(
    errorsWith(
      'vault-ca',
      kv(path, { file, field, syncAs: { secret: 'vault-ca', key: 'ca.crt' } }),
      kv(path, { file, field, delivery: 'agent' }),
    ),
  ).toEqual([['secret-owner', 'shop/a', 'vault-ca']]);
});
