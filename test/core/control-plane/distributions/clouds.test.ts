import type { ControlPlaneSettings } from '../../../../core/control-plane';
import { type Account, writeAks, writeEks, writeGke } from '../../../../core/control-plane/distributions';
import { planeFor, webhook } from './support';

type Settings = Partial<ControlPlaneSettings>;

const eks = (settings: Settings = {}, more = {}) =>
  writeEks(planeFor('eks', settings), {
    clusterName: 'prod',
    kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/a',
    ...more,
  });
const gke = (settings: Settings = {}) =>
  writeGke(planeFor('gke', settings), {
    project: 'prod',
    kmsKeyName: 'projects/prod/locations/europe-west3/keyRings/gke/cryptoKeys/etcd',
  });
const workspaceId = '/subscriptions/a/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/audit';
const aks = (settings: Settings = {}, more = {}) =>
  writeAks(planeFor('aks', settings), { workspaceId, kmsKeyId: 'https://prod.vault.azure.net/keys/etcd/1', ...more });

const missing = ({ notSettable }: Account) => notSettable.map(({ what }) => what);
const policy = '/etc/kubernetes/bulwark/audit-policy.yaml';
const authentication = '/etc/kubernetes/bulwark/authentication.yaml';

describe.each(Object.entries({ EKS: eks, GKE: gke, AKS: aks }))('%s', (_, write) => {
  it('is written as values, with what it has no setting for', () => {
    expect(write()).toMatchSnapshot();
  });

  it('has an audit policy of its own, and no admission, webhook or ciphers', () => {
    const left = missing(write({ audit: { webhook } }));
    for (const what of [policy, '/etc/kubernetes/bulwark/admission.yaml', '/etc/kubernetes/bulwark/audit-webhook.yaml'])
      expect(left).toContain(what);
    expect(left).toContain(`kube-apiserver --audit-policy-file=${policy}`);
    expect(left).toContain('kube-apiserver --tls-min-version=VersionTLS12');
    expect(left).toContain('kube-scheduler --profiling=false');
    expect(left).toContain('mount /etc/kubernetes/audit-tls');
  });

  it('writes nothing as it is: there are no flags or files', () => {
    expect(write().written).toEqual([]);
  });

  it('refuses to keep the log for longer than it can', () => {
    expect(() => write({ audit: { log: { maxAgeDays: 9999 } } })).toThrow(
      /audit\.log\.maxAgeDays: .* days at most; give/,
    );
  });

  it('cannot refuse anonymous requests altogether, or take issuers of users', () => {
    expect(missing(write({ authentication: { anonymous: 'off' } }))).toContain('kube-apiserver --anonymous-auth=false');
    const jwt = [{ issuer: 'https://id.example.com', audiences: ['cluster'], usernamePrefix: 'oidc:' }];
    expect(missing(write({ authentication: { jwt } }))).toContain(authentication);
  });
});

describe('writeEks', () => {
  it('has all five logs, which are off by default', () => {
    const { enabledClusterLogTypes } = eks().values.cluster;
    expect(enabledClusterLogTypes).toEqual(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']);
  });

  it.each([
    [undefined, 30],
    [31, 60],
    [365, 365],
    [3300, 3653],
  ])('keeps the logs for %s days at least, as CloudWatch has them: %s', (maxAgeDays, retentionInDays) => {
    const { logGroup } = eks({ audit: { log: maxAgeDays === undefined ? {} : { maxAgeDays } } }).values;
    expect(logGroup).toEqual({ name: '/aws/eks/prod/cluster', retentionInDays });
  });

  it('encrypts the logs with a key of its own, where there is one', () => {
    expect(eks({}, { logKmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/b' }).values.logGroup.kmsKeyId).toBe(
      'arn:aws:kms:eu-central-1:111122223333:key/b',
    );
  });
});

describe('writeGke', () => {
  it('limits anonymous requests to health checks', () => {
    expect(gke().values.cluster.anonymousAuthenticationConfig).toEqual({ mode: 'LIMITED' });
    expect(gke().replaced.map(({ what }) => what)).toContain(authentication);
  });

  it('switches on the Data Access logs, in which reads of Secrets stand', () => {
    expect(gke().values.auditConfig).toEqual({
      project: 'prod',
      service: 'container.googleapis.com',
      auditLogConfigs: [{ logType: 'ADMIN_READ' }, { logType: 'DATA_READ' }, { logType: 'DATA_WRITE' }],
    });
  });
});

describe('writeAks', () => {
  it('sends kube-audit, in which get and list stand, and not kube-audit-admin', () => {
    const categories = aks().values.diagnosticSetting.logs.map(({ category }) => category);
    expect(categories).toContain('kube-audit');
    expect(categories).not.toContain('kube-audit-admin');
  });

  it('says that anonymous requests cannot be limited', () => {
    expect(missing(aks())).toContain(authentication);
  });

  it('reaches a private Key Vault by its resource id', () => {
    const { azureKeyVaultKms } = aks({}, { privateKeyVaultId: '/subscriptions/a/vaults/prod' }).values.cluster
      .securityProfile;
    expect(azureKeyVaultKms).toMatchObject({
      keyVaultNetworkAccess: 'Private',
      keyVaultResourceId: '/subscriptions/a/vaults/prod',
    });
    expect(aks().values.cluster.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess).toBe('Public');
  });
});
