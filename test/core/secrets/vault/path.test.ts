import * as fc from 'fast-check';
import { readEnginePath, readKvPath } from '../../../../core/secrets/vault/path';

const refusals: readonly (readonly [string, RegExp])[] = [
  ['', /is empty/],
  ['/secret/data/db', /begins with a slash/],
  ['secret/data/../db', /leads upwards/],
  ['secret/./db', /leads upwards or to itself/],
  ['secret//db', /has an empty part/],
  ['secret/data/db/', /has an empty part/],
  ['secret/data/{{identity.entity.name}}', /reads as something else/],
  [`secret/data/$${'{env}'}/db`, /reads as something else/],
  ['secret/data/a\nb', /reads as something else/],
  ['secret/metadata/shop/db', /has the metadata of a secret, not the secret/],
  [' secret/data/a', /white space/],
  ['secret/data/a ', /white space/],
  ['secret/data /a', /white space/],
  ['secret/data/a\u00a0b', /white space/],
  ['secret/data/a\u200bb', /white space/],
  ['secret', /names no secret below a mount/],
  ['+/*', /stands for many mounts/],
  ['*/db', /stands for many mounts/],
  ['sec+/data/db', /stands for many mounts/],
  ['data/db', /names no mount: data\/ is what version 2/],
  ['secret/data', /names no secret: data\/ is what version 2/],
];

describe('readKvPath', () => {
  it('reads the path of the API', () => {
    expect(readKvPath('secret/data/payments/db', 2)).toEqual({
      path: { mount: 'secret', path: 'payments/db' },
      faults: [],
    });
  });

  it('puts the path of the command line right, and says so', () => {
    expect(readKvPath('secret/payments/db', 2)).toEqual({
      path: { mount: 'secret', path: 'payments/db' },
      faults: [
        expect.objectContaining({ severity: 'info', remedy: expect.stringContaining('secret/data/payments/db') }),
      ],
    });
  });

  it('takes the path of version 1 as it is', () => {
    expect(readKvPath('kv/data/db', 1)).toEqual({ path: { mount: 'kv', path: 'data/db' }, faults: [] });
  });

  it('takes a mount that is called data, and a secret that is', () => {
    expect(readKvPath('data/data/db', 2).path).toEqual({ mount: 'data', path: 'db' });
    expect(readKvPath('data/db', 2, 'data').path).toEqual({ mount: 'data', path: 'db' });
    expect(readKvPath('secret/data/data', 2).path).toEqual({ mount: 'secret', path: 'data' });
  });

  it.each([
    ['transit/export/encryption-key/orders', /what an engine of Vault makes/],
    ['team/keys/export/signing-key/orders', /what an engine of Vault makes/],
    ['team/backup/orders', undefined],
    ['transit/backup/orders', /what an engine of Vault makes/],
    ['aws/creds/admin', /what an engine of Vault makes/],
    ['gcp/token/admin', /what an engine of Vault makes/],
    ['pki/issue/orders', /what an engine of Vault makes/],
    ['database/static-creds/orders', /what an engine of Vault makes/],
    ['team/sys/policies/acl/orders', /Vault's own, in a namespace/],
    ['team/auth/token/lookup-self', /Vault's own, in a namespace/],
    ['team/identity/entity/id', /Vault's own, in a namespace/],
    ['kv/app/creds/db', undefined],
    ['aws/accounts/admin', undefined],
    ['kv/system/auth', undefined],
  ])('version 1 of the KV engine at %s', (text, message) => {
    const { path, faults } = readKvPath(text, 1);
    if (message === undefined) expect({ faults, isRead: path !== undefined }).toEqual({ faults: [], isRead: true });
    else
      expect({ path, faults }).toEqual({
        path: undefined,
        faults: [expect.objectContaining({ message: expect.stringMatching(message) })],
      });
  });

  it('takes a KV engine that is mounted where another is as a rule, if that is said', () => {
    expect(readKvPath('aws/creds/admin', 1, 'aws').path).toEqual({ mount: 'aws', path: 'creds/admin' });
    expect(readKvPath('team/sys/policies/acl/orders', 1, 'team/sys').path).toBeUndefined();
  });

  it.each([
    ['secret/payments/auth/token', 'secret', 'payments/auth/token'],
    ['secret/sys/config', 'secret', 'sys/config'],
    ['team/kv/keycloak/identity/oidc', 'team/kv', 'keycloak/identity/oidc'],
  ])('takes %s, which is called as what is Vault’s own, below the KV engine at %s', (text, mount, path) => {
    expect(readKvPath(text, 1)).toMatchObject({
      path: undefined,
      faults: [{ remedy: expect.stringContaining(`mount: '${text.split('/')[0]}'`) }],
    });
    expect(readKvPath(text, 1, mount)).toEqual({ path: { mount, path }, faults: [] });
  });

  it('takes a mount of several parts', () => {
    expect(readKvPath('team-a/kv/data/db', 2, 'team-a/kv').path).toEqual({ mount: 'team-a/kv', path: 'db' });
    expect(readKvPath('secret/data/db', 2, 'team-a/kv')).toMatchObject({
      path: undefined,
      faults: [{ property: 'path', message: 'secret/data/db is not below the mount team-a/kv' }],
    });
  });

  it.each([
    ['secret/data/*', '*'],
    ['secret/data/+/db', '+/db'],
  ])('reads %s, which needs an exception', (text, path) => {
    expect(readKvPath(text, 2)).toMatchObject({
      path: { mount: 'secret', path },
      faults: [{ rule: 'secret-wildcard', message: expect.stringMatching(/stands for many secrets/) }],
    });
  });

  it('says both what is wrong with a path and that it is a wildcard', () => {
    expect(readKvPath('*', 2).faults).toHaveLength(2);
    expect(readKvPath('secret/metadata/*', 2).faults).toHaveLength(2);
    expect(readEnginePath('transit/*', 'keys', '').faults).toHaveLength(2);
  });

  it.each(refusals)('refuses %j', (path, message) => {
    expect(readKvPath(path, 2)).toMatchObject({
      path: undefined,
      faults: [{ message: expect.stringMatching(message) }],
    });
  });

  it('refuses a wildcard among the mounts of version 1, of a mount that is named, and of an engine', () => {
    const refused = { faults: [{ property: 'path', message: expect.stringContaining('stands for many mounts') }] };
    expect(readKvPath('+/*', 1)).toMatchObject({ path: undefined, ...refused });
    expect(readKvPath('team/+/db', 1, 'team/+')).toMatchObject({ path: undefined, ...refused });
    expect(readEnginePath('+/issue/orders', 'issue', 'x')).toMatchObject({ found: undefined, ...refused });
  });

  it('reads the API path and the path of the command line as one secret', () => {
    const part = fc.stringMatching(/^[a-z0-9_-]{1,8}$/).filter((text) => text !== 'data' && text !== 'metadata');
    fc.assert(
      fc.property(part, fc.array(part, { minLength: 1, maxLength: 4 }), (mount, parts) => {
        const path = parts.join('/');
        expect(readKvPath(`${mount}/data/${path}`, 2).path).toEqual({ mount, path });
        expect(readKvPath(`${mount}/${path}`, 2).path).toEqual({ mount, path });
      }),
    );
  });
});
