import { parse } from 'yaml';
import { type KubernetesObject, type SecretMount, SecureDeployment, VaultSecretMount } from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, testNamespace, vault } from '../../support/app';

function declared(secrets: readonly SecretMount[], props: Parameters<typeof testNamespace>[0] = {}) {
  const { app, shop } = testNamespace(props);
  new SecureDeployment(shop, 'api', { ...basics, secrets });
  return app;
}

interface SecretProviderClass extends KubernetesObject {
  readonly spec: { readonly parameters: Readonly<Record<string, string>> };
}

describe('VaultSecretMount by csi', () => {
  const app = declared([
    VaultSecretMount.kv('secret/data/shop/db', { file: '/etc/shop/db.json' }),
    VaultSecretMount.kv('kv/key', { file: '/etc/shop/key', field: 'key', engine: 1, mode: 0o404 }),
    VaultSecretMount.kv('secret/data/shop/old', { file: '/run/old/value', version: 2 }),
  ]);

  it('makes one SecretProviderClass a folder, and no Secret', () => {
    const { spec } = objectOf(app, 'SecretProviderClass', 'api-etc-shop') as SecretProviderClass;
    const { objects, ...rest } = spec.parameters;
    expect(rest).toEqual({
      vaultAddress: vault.address,
      vaultKubernetesMountPath: 'kubernetes',
      audience: 'vault',
      roleName: 'shop.api',
    });
    expect(parse(objects ?? '')).toEqual([
      { objectName: 'db.json', secretPath: 'secret/data/shop/db', filePermission: 0o444 },
      { objectName: 'key', secretPath: 'kv/key', secretKey: 'key', filePermission: 0o404 },
    ]);
    expect(() => objectOf(app, 'Secret', 'api')).toThrow();
  });

  it('tells folders apart whose names are one as labels', () => {
    const alike = declared(
      ['/etc/a-b/key', '/etc/a/b/key'].map((file) => VaultSecretMount.kv('secret/data/db', { file, field: 'key' })),
    );
    expect(errorsOf(alike)).toEqual([]);
    for (const name of ['api-etc-a-b', 'api-etc-a-b-2']) objectOf(alike, 'SecretProviderClass', name);
  });

  it('has the driver keep a Secret where one is asked for', () => {
    const kv = (name: string) =>
      VaultSecretMount.kv(`secret/data/${name}`, {
        file: `/etc/tls/${name}`,
        field: 'pem',
        syncAs: { secret: 'shop-tls', key: `tls.${name}` },
      });
    const app = declared([
      kv('crt'),
      kv('key'),
      VaultSecretMount.kv('secret/data/db', { file: '/etc/tls/db', field: 'a' }),
    ]);
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, 'SecretProviderClass', 'api-etc-tls').spec).toMatchObject({
      secretObjects: [
        {
          secretName: 'shop-tls',
          type: 'Opaque',
          data: [
            { objectName: 'crt', key: 'tls.crt' },
            { objectName: 'key', key: 'tls.key' },
          ],
        },
      ],
    });
  });

  it('mounts the folders read-only', () => {
    const { spec } = objectOf(app, 'Deployment', 'api') as unknown as {
      spec: { template: { spec: { containers: { volumeMounts: unknown }[]; volumes: unknown } } };
    };
    expect(spec.template.spec.volumes).toEqual([
      {
        name: 'vault-etc-shop',
        csi: {
          driver: 'secrets-store.csi.k8s.io',
          readOnly: true,
          volumeAttributes: { secretProviderClass: 'api-etc-shop' },
        },
      },
      expect.objectContaining({ name: 'vault-run-old' }),
    ]);
    expect(spec.template.spec.containers[0]?.volumeMounts).toEqual([
      { name: 'vault-etc-shop', mountPath: '/etc/shop', readOnly: true },
      { name: 'vault-run-old', mountPath: '/run/old', readOnly: true },
    ]);
  });

  it('passes every rule', () => {
    expect(findingsOf(app)).toEqual([]);
  });

  it('says which Vault namespace, auth mount and audience it was told', () => {
    const told = declared([VaultSecretMount.kv('secret/data/shop/db', { file: '/etc/shop/db.json' })], {
      vault: { ...vault, namespace: 'team-a', authMount: 'k8s-eu', audience: 'https://vault.example' },
    });
    const { spec } = objectOf(told, 'SecretProviderClass', 'api-etc-shop') as SecretProviderClass;
    expect(spec.parameters).toMatchObject({
      vaultNamespace: 'team-a',
      vaultKubernetesMountPath: 'k8s-eu',
      audience: 'https://vault.example',
    });
  });
});

describe('VaultSecretMount', () => {
  it.each([
    ['no absolute path', VaultSecretMount.kv('secret/data/db', { file: 'db.json' }), /is no absolute path/],
    ['the root', VaultSecretMount.kv('secret/data/db', { file: '/db.json' }), /is in the root of the container/],
  ])('refuses %s', (_, mount, message) => {
    expect(errorsOf(declared([mount]))).toEqual([
      expect.objectContaining({
        rule: 'secret-mount',
        construct: 'shop/api',
        property: expect.stringMatching(/^secrets\[0\]\./),
        message: expect.stringMatching(message),
      }),
    ]);
  });

  it('refuses a mount where no Vault is named', () => {
    const app = declared([VaultSecretMount.kv('secret/data/db', { file: '/etc/shop/db' })], { vault: undefined });
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({ rule: 'secret-mount', message: expect.stringContaining('which Vault') }),
    ]);
  });

  it('says that it put a path right', () => {
    const app = declared([VaultSecretMount.kv('secret/shop/db', { file: '/etc/shop/db' })]);
    expect(findingsOf(app)).toEqual([expect.objectContaining({ rule: 'secret-mount', severity: 'info' })]);
  });
});
