import type { ControlPlaneSettings } from '../../../../core/control-plane';
import { writeKops } from '../../../../core/control-plane/distributions';
import { documentsOf, key, planeFor, visible, webhook } from './support';

const off: Partial<ControlPlaneSettings> = { authentication: { anonymous: 'off' } };
const write = (settings: Partial<ControlPlaneSettings> = off) =>
  writeKops(planeFor('generic', settings), { clusterName: 'prod.example.com' });

interface Spec {
  readonly encryptionConfig?: boolean;
  readonly fileAssets: { readonly path: string; readonly mode: string; readonly roles: string[] }[];
  readonly kubeAPIServer: Record<string, unknown>;
  readonly kubeControllerManager: Record<string, unknown>;
}
const specOf = (settings?: Partial<ControlPlaneSettings>) =>
  documentsOf(write(settings).config[0]?.content ?? '')[0]?.spec as Spec;
const missing = (settings?: Partial<ControlPlaneSettings>) => write(settings).notSettable.map(({ what }) => what);

describe('writeKops', () => {
  it('writes a Cluster', () => {
    expect(visible(write())).toMatchSnapshot();
  });

  it('has fields of the right types', () => {
    const { kubeAPIServer, kubeControllerManager } = specOf();
    expect(kubeAPIServer).toMatchObject({
      auditLogMaxAge: 30,
      enableProfiling: false,
      anonymousAuth: false,
      enableAdmissionPlugins: ['NodeRestriction', 'DenyServiceExternalIPs', 'EventRateLimit', 'AlwaysPullImages'],
      requestTimeout: '60s',
      kubeletCertificateAuthority: '/srv/kubernetes/ca.crt',
    });
    expect(kubeControllerManager).toMatchObject({
      featureGates: { RotateKubeletServerCertificate: 'true' },
      terminatedPodGCThreshold: 1000,
    });
  });

  it('has files for the control plane alone, and keys in the secret of kOps', () => {
    const { fileAssets, encryptionConfig } = specOf();
    expect(encryptionConfig).toBe(true);
    expect(fileAssets.map(({ path, mode, roles }) => [path, mode, roles])).toEqual([
      ['/etc/kubernetes/bulwark/admission.yaml', '0600', ['ControlPlane']],
      ['/etc/kubernetes/bulwark/audit-policy.yaml', '0600', ['ControlPlane']],
    ]);
    const [cluster, encryption] = write().config;
    expect(cluster?.content).not.toContain(key);
    expect([encryption?.holdsSecrets, encryption?.content.includes(key)]).toEqual([true, true]);
    expect(write().steps[0]).toContain('kops create secret encryptionconfig');
  });

  it('says for what there is no field', () => {
    expect(missing().map((what) => what.replace(/=.*/, ''))).toEqual([
      'kube-apiserver --audit-log-compress',
      'kube-apiserver --service-account-extend-token-expiration',
      'kube-controller-manager --bind-address',
      'kube-scheduler --bind-address',
      'kube-scheduler --tls-cipher-suites',
      'kube-scheduler --tls-min-version',
    ]);
  });

  it('takes no file that says something of anonymous requests, with which kube-apiserver would not start', () => {
    const file = '/etc/kubernetes/bulwark/authentication.yaml';
    expect(missing({})).toEqual(expect.arrayContaining([file, `kube-apiserver --authentication-config=${file}`]));
    expect(specOf({}).kubeAPIServer).not.toHaveProperty('authenticationConfigFile');
    const jwt = [{ issuer: 'https://id.example.com', audiences: ['cluster'], usernamePrefix: 'oidc:' }];
    const withUsers = specOf({ authentication: { anonymous: 'off', jwt } });
    expect(withUsers.kubeAPIServer.authenticationConfigFile).toBe(file);
    expect(withUsers.fileAssets.map(({ path }) => path)).toContain(file);
  });

  it('takes a KMS plugin and a webhook where kube-apiserver sees what they need, and nowhere else', () => {
    const kms = (endpoint?: string) => ({
      ...off,
      encryption: { kms: { name: 'vault', ...(endpoint && { endpoint }) } },
    });
    expect(specOf(kms()).encryptionConfig).toBeUndefined();
    expect(missing(kms())).toContain('/etc/kubernetes/bulwark/encryption.yaml');
    expect(specOf(kms('unix:///srv/kubernetes/kube-apiserver/kms.sock')).encryptionConfig).toBe(true);
    const own = '/srv/kubernetes/kube-apiserver/audit';
    const seen = {
      ...webhook,
      caFile: `${own}/ca.crt`,
      clientCertificateFile: `${own}/client.crt`,
      clientKeyFile: `${own}/client.key`,
    };
    expect(specOf({ ...off, audit: { webhook } }).kubeAPIServer).not.toHaveProperty('auditWebhookConfigFile');
    expect(missing({ ...off, audit: { webhook } })).toContain('/etc/kubernetes/bulwark/audit-webhook.yaml');
    const { kubeAPIServer } = specOf({ ...off, audit: { webhook: seen } });
    expect(kubeAPIServer).toMatchObject({
      auditWebhookConfigFile: '/etc/kubernetes/bulwark/audit-webhook.yaml',
      auditWebhookBatchThrottleEnable: true,
      auditWebhookBatchMaxWait: '30s',
    });
    const inPki = {
      ...webhook,
      caFile: '/etc/kubernetes/pki/a.crt',
      clientCertificateFile: '/etc/kubernetes/pki/b.crt',
      clientKeyFile: '/etc/kubernetes/pki/c.key',
    };
    expect(missing({ ...off, audit: { webhook: inPki } })).toContain('/etc/kubernetes/bulwark/audit-webhook.yaml');
  });
});
