import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import {
  ClusterTarget,
  LockedNamespace,
  Platform,
  SecureCronJob,
  SecureDeployment,
  SynthesisError,
  VaultAccess,
  VaultAccessError,
  VaultSecretMount,
} from '../../../index';
import { basics, registry, temporaryFolder, testNamespace, vault } from '../../support/app';

function shopAndBank(props: Parameters<typeof testNamespace>[0] = {}) {
  const { app, shop } = testNamespace(props);
  const bank = new LockedNamespace(app, 'bank', { owner: 'team-bank' });
  const db = VaultSecretMount.kv('secret/data/shop/db', { file: '/etc/shop/db.json' });
  new SecureDeployment(shop, 'api', { ...basics, secrets: [db] });
  new SecureCronJob(shop, 'report', {
    ...basics,
    schedule: '0 3 * * *',
    serviceAccountName: 'reports',
    initContainers: [
      {
        name: 'prepare',
        ...basics,
        secrets: [VaultSecretMount.kv('kv/report/key', { file: '/etc/report/key', field: 'key', engine: 1 })],
      },
    ],
    secrets: [db],
  });
  new SecureDeployment(bank, 'api', {
    ...basics,
    secrets: [VaultSecretMount.kv('secret/data/bank/db', { file: '/etc/bank/db.json', version: 3 })],
  });
  new SecureDeployment(bank, 'web', basics);
  return app;
}

const faultsOf = (make: () => unknown) => {
  try {
    make();
  } catch (error) {
    if (error instanceof VaultAccessError) return error.faults;
    throw error;
  }
  return [];
};

describe('VaultAccess', () => {
  it('makes a policy and a role for each ServiceAccount that reads', () => {
    const access = VaultAccess.of(shopAndBank());
    expect(Object.fromEntries(access.files())).toMatchSnapshot();
    expect(access.roles.map(({ name, workloads }) => [name, ...workloads])).toEqual([
      ['bank.api', 'Deployment bank/api'],
      ['shop.api', 'Deployment shop/api'],
      ['shop.reports', 'CronJob shop/report'],
    ]);
  });

  it('is named as the pods log in', () => {
    const app = shopAndBank();
    const manifests = app.synthYaml();
    for (const { name } of VaultAccess.of(app).roles) expect(manifests).toContain(`roleName: ${name}\n`);
  });

  it('makes nothing for an app with errors', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', {
      ...basics,
      secrets: [VaultSecretMount.kv('secret/data/*', { file: '/etc/shop/db' })],
    });
    expect(() => VaultAccess.of(app)).toThrow(SynthesisError);
  });

  it('is empty where nothing is read', () => {
    const { app, shop } = testNamespace({ vault: undefined });
    new SecureDeployment(shop, 'api', basics);
    expect(VaultAccess.of(app).files().size).toBe(0);
  });

  it('says that it needs an app', () => {
    for (const scope of [null, undefined, {}]) expect(() => VaultAccess.of(scope as never)).toThrow(/give the app/);
  });

  it('names everything that is wrong with its options at once', () => {
    const app = shopAndBank();
    const options = { tokenTtl: '48h', boundCidrs: ['10.0.0.1'] };
    expect(faultsOf(() => VaultAccess.of(app, options))).toEqual([
      expect.objectContaining({ property: 'tokenTtl', value: '48h', remedy: 'give at most 24h' }),
      expect.objectContaining({ property: 'boundCidrs[0]', remedy: 'write it as 10.0.0.1/32' }),
    ]);
    expect(() => VaultAccess.of(app, options)).toThrow(/^VaultAccess cannot be made:\n {2}tokenTtl = "48h": /);
  });

  it('says so where plain JavaScript gives something else', () => {
    const options = { tokenTtl: 15, boundCidrs: 'all' } as never;
    expect(faultsOf(() => VaultAccess.of(shopAndBank(), options)).map(({ property }) => property)).toEqual([
      'tokenTtl',
      'boundCidrs',
    ]);
  });

  it('refuses a workload in no namespace', () => {
    const app = new App();
    Platform.attach(app, { target: ClusterTarget.of('1.36'), registries: [registry], vault });
    const secrets = [VaultSecretMount.kv('secret/data/shop/db', { file: '/etc/shop/db.json' })];
    new SecureDeployment(new Chart(app, 'shop'), 'api', { ...basics, secrets });
    expect(faultsOf(() => VaultAccess.of(app))).toEqual([
      expect.objectContaining({ construct: 'shop/api', property: 'namespace' }),
    ]);
  });

  it('writes its files, and removes those that no longer belong', () => {
    const folder = join(temporaryFolder(), 'vault');
    const app = shopAndBank();
    expect(VaultAccess.of(app).write(folder, { dryRun: true }).written).toHaveLength(6);
    expect(existsSync(folder)).toBe(false);
    const access = VaultAccess.of(app);
    access.write(folder);
    for (const [path, text] of access.files()) expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
    VaultAccess.of(testNamespace().app).write(folder);
    expect(readdirSync(folder)).toEqual(['.kube-bulwark']);
  });
});
