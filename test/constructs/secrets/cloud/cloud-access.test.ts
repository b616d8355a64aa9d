import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import {
  AwsSecretMount,
  AzureSecretMount,
  CloudAccess,
  CloudAccessError,
  CloudIdentity,
  ClusterTarget,
  GcpSecretMount,
  LockedNamespace,
  Platform,
  SecureCronJob,
  SecureDeployment,
  SynthesisError,
  VaultSecretMount,
} from '../../../../index';
import { basics, registry, temporaryFolder, testNamespace } from '../../../support/app';
import { cloudSecrets, identities, reading } from '../../../support/cloud';

const db = AwsSecretMount.secretsManager('shop/db', { file: '/etc/shop/db.json' });
const limits = AwsSecretMount.parameter('/shop/limits', { file: '/run/limits/limits', delivery: 'operator' });
const key = GcpSecretMount.secret('key', { file: '/etc/shop/key' });
const regional = GcpSecretMount.secret('projects/acme-other/locations/europe-west3/secrets/key', {
  file: '/run/a/key',
});
const password = AzureSecretMount.secret('acme-shop', 'password', { file: '/etc/shop/password' });
const signing = AzureSecretMount.key('acme-shop', 'signing', { file: '/run/a/signing.pem' });
const tls = AzureSecretMount.certificate('acme-shop', 'tls', { file: '/run/a/tls.pem' });

const faultsOf = (make: () => unknown) => {
  try {
    make();
  } catch (error) {
    if (error instanceof CloudAccessError) return error.faults;
    throw error;
  }
  return [];
};

describe('CloudAccess', () => {
  it('makes a policy for each ServiceAccount that reads secrets of AWS', () => {
    const { app, shop } = testNamespace({ cloudSecrets });
    const cloudIdentity = identities.irsa;
    new SecureDeployment(shop, 'orders', { ...basics, cloudIdentity, secrets: [db] });
    const prepare = { ...basics, name: 'prepare', secrets: [limits] };
    new SecureCronJob(shop, 'report', {
      ...basics,
      schedule: '0 3 * * *',
      cloudIdentity,
      secrets: [db],
      initContainers: [prepare],
    });
    new SecureDeployment(shop, 'web', { ...basics, cloudIdentity });
    const access = CloudAccess.of(app);
    expect(access.aws.map(({ name, workloads }) => [name, ...workloads])).toEqual([
      ['shop.orders', 'Deployment shop/orders'],
      ['shop.report', 'CronJob shop/report'],
    ]);
    const [orders, report] = access.aws;
    expect(orders?.policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'SecretsOfVolumesRotated',
          Effect: 'Allow',
          Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          Resource: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-??????'],
        },
      ],
    });
    expect(report?.policy.Statement.map(({ Sid }) => Sid)).toEqual(['ParametersOfOperator', 'SecretsOfVolumesRotated']);
    expect(orders?.policyArgs).toEqual({
      name: 'shop.orders',
      description: 'What Deployment shop/orders may read. Made by kube-bulwark.',
      policy: JSON.stringify(orders?.policy),
    });
    expect(orders?.rolePolicyArgs).toEqual({
      name: 'shop.orders',
      role: 'orders',
      policy: JSON.stringify(orders?.policy),
    });
    expect([access.gcp, access.azure]).toEqual([[], []]);
  });

  it('takes the account of the role before that of the platform, and that of an ARN before both', () => {
    const arn = 'arn:aws:secretsmanager:eu-central-1:444455556666:secret:key-AbCdEf';
    const foreign = AwsSecretMount.secretsManager(arn, { file: '/run/a/key' });
    const access = CloudAccess.of(
      reading([db, foreign], 'irsa', { cloudSecrets: { aws: { region: 'eu-central-1', account: '999999999999' } } }),
    );
    expect(access.aws.flatMap(({ policy }) => policy.Statement.flatMap(({ Resource }) => Resource))).toEqual([
      'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-??????',
      arn,
    ]);
  });

  it('makes no arguments for a role that nobody names, and some where EKS Pod Identity is told its role', () => {
    expect(CloudAccess.of(reading([db], 'podIdentity')).aws[0]?.rolePolicyArgs).toBeUndefined();
    const roleArn = 'arn:aws:iam::111122223333:role/orders';
    const told = reading([db], undefined, {}, { cloudIdentity: CloudIdentity.eksPodIdentity({ roleArn }) });
    expect(CloudAccess.of(told).aws[0]?.rolePolicyArgs?.role).toBe('orders');
  });

  const member = (project: string, secretId: string, who: string, location?: string) => ({
    project,
    ...(location && { location }),
    secretId,
    role: 'roles/secretmanager.secretAccessor',
    member: who,
  });

  it.each([
    ['serviceAccount', 'serviceAccount:orders@acme-shop.iam.gserviceaccount.com'],
    [
      'principal',
      'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-clusters.svc.id.goog/subject/ns/shop/sa/orders',
    ],
  ] as const)('makes a member of each secret of Google Cloud, as %s', (identity, who) => {
    const { gcp } = CloudAccess.of(reading([key, regional], identity));
    expect(gcp).toEqual([
      {
        name: 'shop.orders',
        namespace: 'shop',
        serviceAccountName: 'orders',
        workloads: ['Deployment shop/orders'],
        members: [member('acme-other', 'key', who, 'europe-west3'), member('acme-shop', 'key', who)],
      },
    ]);
  });

  it('gives a role for each single secret of Azure, and for the public part of keys and certificates', () => {
    const { azure } = CloudAccess.of(reading([password, signing, tls], 'entra'));
    const subscription = '/subscriptions/66666666-7777-8888-9999-000000000000';
    const vault = `${subscription}/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/acme-shop`;
    const assignment = (path: string, role: string) => ({
      scope: `${vault}/${path}`,
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId: 'ffffffff-0000-1111-2222-333333333333',
      principalType: 'ServicePrincipal',
    });
    expect(azure[0]?.roleAssignments).toEqual([
      assignment('certificates/tls', '21090545-7ca7-4776-b22c-e363652d74d2'),
      assignment('keys/signing', '21090545-7ca7-4776-b22c-e363652d74d2'),
      assignment('secrets/password', '4633458b-17de-408a-b874-0445c86b69e6'),
    ]);
  });

  it("takes a vault's resource ID before what the platform says of it", () => {
    const id =
      '/subscriptions/12345678-7777-8888-9999-000000000000/resourceGroups/bank/providers/Microsoft.KeyVault/vaults/acme-bank';
    const { azure } = CloudAccess.of(reading([AzureSecretMount.secret(id, 'pin', { file: '/etc/shop/pin' })], 'entra'));
    expect(azure[0]?.roleAssignments.map(({ scope }) => scope)).toEqual([`${id}/secrets/pin`]);
  });

  it('names a secret once that is read twice', () => {
    const again = GcpSecretMount.secret('key', { file: '/run/b/key', delivery: 'operator' });
    expect(CloudAccess.of(reading([key, again], 'principal')).gcp[0]?.members).toHaveLength(1);
  });

  it('adds up what workloads of one ServiceAccount read', () => {
    const { app, shop } = testNamespace({ cloudSecrets });
    const more = { ...basics, cloudIdentity: identities.irsa, serviceAccountName: 'shared' };
    const bank = new LockedNamespace(app, 'bank', { owner: 'team-bank' });
    new SecureDeployment(shop, 'a', { ...more, secrets: [db] });
    new SecureDeployment(bank, 'a', { ...more, secrets: [limits] });
    expect(CloudAccess.of(app).aws.map(({ name, policy }) => [name, policy.Statement.length])).toEqual([
      ['bank.shared', 1],
      ['shop.shared', 1],
    ]);
  });

  it('writes files: a policy, members, role assignments', () => {
    const folder = join(temporaryFolder(), 'cloud');
    const { app, shop } = testNamespace({ cloudSecrets });
    new SecureDeployment(shop, 'a', { ...basics, cloudIdentity: identities.irsa, secrets: [db] });
    new SecureDeployment(shop, 'b', { ...basics, cloudIdentity: identities.principal, secrets: [key] });
    new SecureDeployment(shop, 'c', { ...basics, cloudIdentity: identities.entra, secrets: [password] });
    const access = CloudAccess.of(app);
    access.write(folder);
    expect(Object.fromEntries(access.files())).toMatchSnapshot();
    for (const [path, text] of access.files()) expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
    expect(readdirSync(folder).sort()).toEqual(['.kube-bulwark', 'aws', 'azure', 'gcp']);
  });

  it('is empty where nobody reads, and where somebody reads from Vault', () => {
    const { app, shop } = testNamespace({ cloudSecrets });
    const secrets = [VaultSecretMount.kv('secret/data/db', { file: '/etc/shop/db' })];
    new SecureDeployment(shop, 'orders', { ...basics, cloudIdentity: identities.irsa, secrets });
    expect([...CloudAccess.of(app).files()]).toEqual([]);
  });

  it('is not made for manifests that are not', () => {
    expect(() => CloudAccess.of(reading([db], undefined))).toThrow(SynthesisError);
  });

  it('says everything that a right needs and nobody says, at once', () => {
    const { app, shop } = testNamespace({
      cloudSecrets: { aws: { region: 'eu-central-1' }, gcp: { project: 'acme-shop' } },
    });
    const cloud = (id: string, cloudIdentity: CloudIdentity, secrets: object[]) =>
      new SecureDeployment(shop, id, { ...basics, cloudIdentity, secrets: secrets as never });
    const tenantId = '11111111-2222-3333-4444-555555555555';
    cloud('aws', CloudIdentity.eksPodIdentity(), [db]);
    cloud('azure', CloudIdentity.aks({ clientId: tenantId, tenantId }), [password, signing]);
    cloud('gcp', CloudIdentity.gke({ project: 'acme-clusters' } as never), [key]);
    const faults = faultsOf(() => CloudAccess.of(app));
    expect(faults.map(({ construct, property, message }) => [construct, property, message])).toEqual([
      [
        'shop/aws',
        'cloudSecrets.aws.account',
        'a policy names secrets by ARN, and nothing says in which account they are',
      ],
      [
        'shop/azure',
        'cloudIdentity',
        'a role is given to an object of Entra, and nothing says which: its client ID is none',
      ],
      ['shop/azure', 'keyVault', 'a role is for one resource, and nothing says where the key vault acme-shop is'],
      ['shop/gcp', 'cloudIdentity', 'nothing says who it is to Google Cloud'],
    ]);
    expect(() => CloudAccess.of(app)).toThrow(
      /^CloudAccess cannot be made:\n {2}shop\/aws: cloudSecrets\.aws\.account: /,
    );
  });

  it('refuses a workload in no namespace', () => {
    const app = new App({ outdir: join(temporaryFolder(), 'dist') });
    Platform.attach(app, { target: ClusterTarget.of('1.36'), registries: [registry], cloudSecrets });
    new SecureDeployment(new Chart(app, 'chart'), 'api', { ...basics, cloudIdentity: identities.irsa, secrets: [db] });
    expect(faultsOf(() => CloudAccess.of(app)).map(({ construct, property }) => [construct, property])).toEqual([
      ['chart/api', 'namespace'],
    ]);
    expect(existsSync(app.outdir)).toBe(false);
  });
});
