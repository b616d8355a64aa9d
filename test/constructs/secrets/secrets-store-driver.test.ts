import { parse } from 'yaml';
import {
  AwsSecretMount,
  AzureSecretMount,
  CloudIdentity,
  GcpSecretMount,
  SecretsStoreDriver,
  SecretsStoreDriverError,
  type SecretsStoreDriverOptions,
  SecureDeployment,
  VaultSecretMount,
} from '../../../index';
import { basics, testNamespace } from '../../support/app';
import { cloudSecrets, type IdentityName, identities, reading } from '../../support/cloud';
import { corpus } from '../../support/corpus';
import { itUnless } from '../../support/lack';

const password = (options = {}) =>
  VaultSecretMount.kv('secret/data/shop/db', { file: '/etc/a/p', field: 'p', ...options });
const aws = AwsSecretMount.secretsManager('shop/db', { file: '/etc/b/db.json' });
const gcp = GcpSecretMount.secret('key', { file: '/etc/c/key' });
const azure = AzureSecretMount.secret('acme-shop', 'password', { file: '/etc/d/password' });

const audiencesOf = (mount: Parameters<typeof reading>[0], identity: IdentityName, app = {}) =>
  SecretsStoreDriver.of(reading(mount, identity, app)).audiences;

describe('SecretsStoreDriver', () => {
  it('gives the values by which the driver rotates, and shows providers who a pod is', () => {
    expect(SecretsStoreDriver.of(reading([password(), aws], 'irsa')).values()).toBe(
      `
enableSecretRotation: true
rotationPollInterval: 2m
tokenRequests:
- audience: sts.amazonaws.com
- audience: vault
syncSecret:
  enabled: false
`.slice(1),
    );
  });

  it("takes the audience of each cloud's identity, and of Vault, each once", () => {
    expect(audiencesOf([aws], 'irsa')).toEqual(['sts.amazonaws.com']);
    expect(audiencesOf([aws], 'podIdentity')).toEqual(['pods.eks.amazonaws.com']);
    expect(audiencesOf([gcp], 'principal')).toEqual(['acme-clusters.svc.id.goog']);
    expect(audiencesOf([azure], 'entra')).toEqual(['api://AzureADTokenExchange']);
    const vault = { address: 'https://vault.vault.svc:8200', audience: 'https://vault.example' };
    const { app, shop } = testNamespace({ vault });
    for (const name of ['a', 'b']) new SecureDeployment(shop, name, { ...basics, secrets: [password()] });
    expect(SecretsStoreDriver.of(app).audiences).toEqual(['https://vault.example']);
  });

  it('asks for the project of the cluster, without which nobody knows who a token of Google Cloud is for', () => {
    try {
      audiencesOf([gcp], 'serviceAccount');
      expect(true).toBe(false);
    } catch (error) {
      expect(error).toBeInstanceOf(SecretsStoreDriverError);
      expect((error as SecretsStoreDriverError).faults).toEqual([
        {
          construct: 'shop/orders',
          property: 'cloudIdentity',
          message:
            "nothing says in which project the cluster is, and tokens for Google Cloud are for the project's pool",
          remedy: "name it by its ID: CloudIdentity.gke({ project: 'acme-clusters', … })",
        },
      ]);
    }
    const known = CloudIdentity.gke({
      serviceAccount: 'orders@acme-shop.iam.gserviceaccount.com',
      project: 'acme-clusters',
      fromPod: false,
    });
    const { app, shop } = testNamespace({ cloudSecrets });
    new SecureDeployment(shop, 'orders', { ...basics, cloudIdentity: known, secrets: [gcp] });
    expect(SecretsStoreDriver.of(app).audiences).toEqual(['acme-clusters.svc.id.goog']);
  });

  it("leaves Google's own add-on to Google, and other deliveries to theirs", () => {
    const addOn = { cloudSecrets: { gcp: { project: 'acme-shop', addOn: true } } };
    expect(SecretsStoreDriver.of(reading([gcp], 'principal', addOn)).values()).toBeUndefined();
    const byOperator = AwsSecretMount.secretsManager('shop/db', { file: '/etc/b/db.json', delivery: 'operator' });
    expect(audiencesOf([byOperator, password({ delivery: 'operator' })], 'irsa')).toEqual([]);
    expect(SecretsStoreDriver.of(testNamespace({}).app).values()).toBeUndefined();
  });

  it('lets the driver write Secrets only where a mount asks for one', () => {
    const synced = password({ syncAs: { secret: 'shop-db', key: 'password' } });
    expect(parse(SecretsStoreDriver.of(reading([synced], undefined)).values() ?? '').syncSecret).toEqual({
      enabled: true,
    });
  });

  it('installs it on Windows where a workload there reads by it', () => {
    const values = parse(SecretsStoreDriver.of(reading([azure], 'entra', {}, { os: 'windows' })).values() ?? '');
    expect(values.windows).toEqual({ enabled: true });
    expect(parse(SecretsStoreDriver.of(reading([azure], 'entra')).values() ?? '').windows).toBeUndefined();
  });

  it('takes an interval, and a place below the chart of a provider', () => {
    const values = SecretsStoreDriver.of(reading([aws], 'irsa'), {
      rotationPollInterval: '1h',
      subchart: true,
    }).values();
    expect(parse(values ?? '')).toEqual({
      'secrets-store-csi-driver': {
        enableSecretRotation: true,
        rotationPollInterval: '1h',
        tokenRequests: [{ audience: 'sts.amazonaws.com' }],
        syncSecret: { enabled: false },
      },
    });
  });

  it.each([
    [{ rotationPollInterval: '1d' }, 'rotationPollInterval'],
    [{ rotationPollInterval: '0s' }, 'rotationPollInterval'],
    [{ rotationPollInterval: 'often' }, 'rotationPollInterval'],
    [{ rotationPollInterval: 120 }, 'rotationPollInterval'],
    [{ subchart: 'yes' }, 'subchart'],
    [{ interval: '2m' }, 'interval'],
  ])('refuses %j', (options, property) => {
    try {
      SecretsStoreDriver.of(reading([aws], 'irsa'), options as SecretsStoreDriverOptions);
      expect(true).toBe(false);
    } catch (error) {
      expect(error).toBeInstanceOf(SecretsStoreDriverError);
      expect((error as SecretsStoreDriverError).faults.map((fault) => fault.property)).toEqual([property]);
    }
  });

  const chart = corpus('chart-values/secrets-store-csi-driver.yaml');
  itUnless(chart.lack, 'names values that the chart has, and that are off in it', () => {
    const known = parse(chart.text());
    const synced = password({ syncAs: { secret: 'shop-db', key: 'password' } });
    const { app, shop } = testNamespace({ cloudSecrets });
    new SecureDeployment(shop, 'linux', { ...basics, secrets: [synced] });
    const windows = { os: 'windows' as const, cloudIdentity: identities.entra, secrets: [azure] };
    new SecureDeployment(shop, 'windows', { ...basics, ...windows });
    const ours = parse(SecretsStoreDriver.of(app).values() ?? '');
    expect(Object.keys(ours)).toHaveLength(5);
    expect(Object.keys(ours).filter((key) => !Object.hasOwn(known, key))).toEqual([]);
    expect(known).toMatchObject({
      enableSecretRotation: false,
      tokenRequests: [],
      syncSecret: { enabled: false },
      windows: { enabled: false },
    });
  });
});
