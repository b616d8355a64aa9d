import type { ControlPlaneSettings } from '../../../../core/control-plane';
import { type TalosForm, writeTalos } from '../../../../core/control-plane/distributions';
import { documentsOf, key, planeFor, visible, webhook } from './support';

const write = (form: TalosForm, settings: Partial<ControlPlaneSettings> = {}) =>
  writeTalos(planeFor('talos', settings), { form });

const documents = (settings: Partial<ControlPlaneSettings> = {}) =>
  write('documents', settings).config.flatMap(({ content }) => documentsOf(content));

const kinds = (settings: Partial<ControlPlaneSettings> = {}) => documents(settings).map(({ kind }) => kind);

const missing = (form: TalosForm, settings: Partial<ControlPlaneSettings> = {}) =>
  write(form, settings).notSettable.map(({ what }) => what);

const clusterOf = (settings: Partial<ControlPlaneSettings> = {}) => {
  const [patch] = documentsOf(write('cluster', settings).config[0]?.content ?? '');
  return (patch as { cluster: Record<string, Record<string, unknown>> }).cluster;
};

describe('writeTalos up to 1.13', () => {
  it('writes a patch below cluster', () => {
    expect(visible(write('cluster'))).toMatchSnapshot();
  });

  it('has the audit policy itself, and no file of it', () => {
    expect(clusterOf().apiServer?.auditPolicy).toMatchObject({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy' });
    expect(clusterOf().apiServer?.extraArgs).not.toHaveProperty('audit-policy-file');
    expect(write('cluster').files).toEqual([]);
  });

  it('says that neither encryption nor paths of anonymous requests can be set', () => {
    expect(missing('cluster')).toEqual([
      'kube-apiserver --audit-log-path=/var/log/kubernetes/audit/audit.log',
      'kube-apiserver --authentication-config=/etc/kubernetes/bulwark/authentication.yaml',
      'kube-apiserver --encryption-provider-config=/etc/kubernetes/bulwark/encryption.yaml',
      '/etc/kubernetes/bulwark/authentication.yaml',
      '/etc/kubernetes/bulwark/encryption.yaml',
      'mount /var/log/kubernetes/audit',
    ]);
    for (const { content } of write('cluster').config) expect(content).not.toContain(key);
  });
});

describe('writeTalos from 1.14 on', () => {
  it('writes documents, and the one with keys apart', () => {
    const written = write('documents');
    expect(visible(written)).toMatchSnapshot();
    expect(written.config.map(({ name, holdsSecrets }) => [name, holdsSecrets])).toEqual([
      ['talos.yaml', false],
      ['talos-encryption.yaml', true],
    ]);
  });

  it('has a document of each kind, and one for each admission plugin', () => {
    expect(kinds()).toEqual([
      'KubeAPIServerConfig',
      'KubeControllerManagerConfig',
      'KubeSchedulerConfig',
      'KubeAuditPolicyConfig',
      'KubeAdmissionControlConfig',
      'KubeAdmissionControlConfig',
      'KubeAdmissionControlConfig',
      'KubeAdmissionControlConfig',
      'KubeAuthenticationConfig',
      'KubeEtcdEncryptionConfig',
      'KubeEtcdEncryptionConfig',
    ]);
    expect(documents().every(({ apiVersion }) => apiVersion === 'v1alpha1')).toBe(true);
  });

  it('leaves the type out where Talos says it, and has no argument that Talos refuses', () => {
    const of = (kind: string) => documents().findLast((document) => document.kind === kind);
    expect(of('KubeAuditPolicyConfig')?.configuration).toMatchObject({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy' });
    expect(Object.keys(of('KubeAuthenticationConfig')?.configuration ?? {})).toEqual(['jwt', 'anonymous']);
    expect(Object.keys(of('KubeEtcdEncryptionConfig')?.config ?? {})).toEqual(['resources']);
    const args = Object.keys(of('KubeAPIServerConfig')?.extraArgs ?? {});
    const refused = /^(anonymous-auth|oidc-|authentication-config|authorization-|etcd-|tls-min-version|encryption-)/;
    expect(args.filter((name) => refused.test(name))).toEqual([]);
    expect(args).toContain('service-account-extend-token-expiration');
  });

  it('takes away first what lists of a patch would be added to, so that a patch may be given again', () => {
    const deletes = documents().flatMap((document, i) =>
      document.$patch === 'delete' ? [[document, i] as const] : [],
    );
    expect(deletes.map(([{ kind, name }]) => [kind, name])).toEqual([
      ['KubeAdmissionControlConfig', 'EventRateLimit'],
      ['KubeAdmissionControlConfig', 'PodSecurity'],
      ['KubeEtcdEncryptionConfig', undefined],
    ]);
    for (const [{ $patch: _, ...which }, i] of deletes) expect(documents()[i + 1]).toMatchObject(which);
    // Talos replaces these as a whole, and merges arguments by their names.
    const once = documents().filter(({ $patch }) => $patch === undefined);
    expect(once.map(({ kind, name }) => `${kind} ${name}`)).toHaveLength(
      new Set(once.map(({ kind, name }) => `${kind} ${name}`)).size,
    );
  });

  it('refuses anonymous requests in the document, where they are off', () => {
    const off = documents({ authentication: { anonymous: 'off' } });
    const document = off.find(({ kind }) => kind === 'KubeAuthenticationConfig');
    expect(document?.configuration).toEqual({ anonymous: { enabled: false } });
  });

  it('writes no encryption by a KMS plugin that kube-apiserver could not reach', () => {
    const settings: Partial<ControlPlaneSettings> = { encryption: { kms: { name: 'vault' } } };
    expect(kinds(settings)).not.toContain('KubeEtcdEncryptionConfig');
    expect(missing('documents', settings)).toEqual([
      'kube-apiserver --audit-log-path=/var/log/kubernetes/audit/audit.log',
      'kube-apiserver --encryption-provider-config=/etc/kubernetes/bulwark/encryption.yaml',
      '/etc/kubernetes/bulwark/encryption.yaml',
      'mount /var/log/kubernetes/audit',
      'mount /var/run/kmsplugin',
    ]);
  });

  it('has all that can be set where the log is where Talos has it', () => {
    const log = { path: '/var/log/audit/kube/kube-apiserver.log' };
    expect(missing('documents', { audit: { log } })).toEqual([]);
  });

  it('sends no log to a webhook', () => {
    const settings = { audit: { webhook, log: { path: '/var/log/audit/kube/kube-apiserver.log' } } };
    const left = missing('documents', settings).filter((what) => !what.includes('--audit-webhook-'));
    expect(left).toEqual(['/etc/kubernetes/bulwark/audit-webhook.yaml', 'mount /etc/kubernetes/audit-tls']);
    expect(write('documents', settings).config[0]?.content).not.toContain('webhook');
  });

  it('says which flags of its own Talos takes from nobody', () => {
    const flags = { 'kube-apiserver': { 'requestheader-client-ca-file': '/opt/ca.crt', 'goaway-chance': '0.001' } };
    expect(missing('documents', { flags })).toContain('kube-apiserver --requestheader-client-ca-file=/opt/ca.crt');
    expect(write('documents', { flags }).written).toContain('kube-apiserver --goaway-chance=0.001');
  });
});

describe('both forms at once', () => {
  const refusal = (form: TalosForm, machineConfig: readonly object[]) => () =>
    writeTalos(planeFor('talos'), { form, machineConfig });
  const old = {
    version: 'v1alpha1',
    machine: {},
    cluster: { apiServer: { auditPolicy: {} }, secretboxEncryptionSecret: key },
  };

  it('is refused where documents come to what stands below cluster, with every place at once and no key', () => {
    expect(refusal('documents', [old])).toThrow(
      /machineConfig\.cluster\.apiServer: Talos takes no KubeAPIServerConfig, KubeAuditPolicyConfig[\s\S]*machineConfig\.cluster\.secretboxEncryptionSecret: Talos takes no KubeEtcdEncryptionConfig/,
    );
    expect(refusal('documents', [old])).not.toThrow(key);
  });

  it('is refused where a patch below cluster comes to documents', () => {
    const audit = { apiVersion: 'v1alpha1', kind: 'KubeAuditPolicyConfig', configuration: {} };
    expect(refusal('cluster', [{ cluster: {} }, audit])).toThrow(
      "machineConfig[1].kind: Talos takes no cluster.apiServer beside a KubeAuditPolicyConfig; use form: 'documents'",
    );
  });

  it('is nothing where each form comes to its own', () => {
    expect(refusal('cluster', [old])).not.toThrow();
    const document = {
      apiVersion: 'v1alpha1',
      kind: 'KubeAPIServerConfig',
      image: 'registry.k8s.io/kube-apiserver:v1.36.3',
    };
    expect(refusal('documents', [{ cluster: { network: {} } }, document, { kind: 'KubeNetworkConfig' }])).not.toThrow();
  });
});
