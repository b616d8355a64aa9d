/** Every argument that may be an output: the same as plain text, secret where that is secret, and previewed where nobody knows it. */
import { CustomResource, type Input, Output, output, secret } from '@pulumi/pulumi';
import { type AuditLoggingArgs, outputNames } from '../../../stacks/audit-logging';
import { readStackConfig } from '../../../stacks/render/project';
import { withheldSecret } from '../../../stacks/render/withheld';
import { failureOf } from '../../support/pulumi/failure';
import { leaks } from '../../support/pulumi/registered';
import { argsFor, deployed, kmsKeyArn } from './arguments';

const webhook = {
  url: 'https://siem.example/audit',
  caFile: '/etc/audit/ca.crt',
  clientCertificateFile: '/etc/audit/tls.crt',
  clientKeyFile: '/etc/audit/tls.key',
};
const { kubeadm, kind, kops, eks, gke, aks } = argsFor;
const kms = { ...kubeadm, encryptionKeys: {} };
const clusterApi = argsFor['cluster-api-v1beta2'];
const vault = '/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/vaults/c4n4ry';

type Make = (value: Input<string>) => Partial<AuditLoggingArgs>;

/** A text that is valid there, and the arguments with it. */
const texts: Readonly<Record<string, readonly [value: string, make: Make]>> = {
  owner: ['team-c4n4ry', (owner) => ({ ...kubeadm, owner })],
  'ruleLabels.*': ['c4n4ry-release', (release) => ({ ...kubeadm, ruleLabels: { release } })],
  runbooks: ['https://c4n4ry.example/#', (runbooks) => ({ ...kubeadm, runbooks })],
  'encryption.kmsName': ['c4n4ry-kms', (kmsName) => ({ ...kms, encryption: { kmsName } })],
  'encryption.kmsEndpoint': [
    'unix:///var/run/c4n4ry/socket.sock',
    (kmsEndpoint) => ({ ...kms, encryption: { kmsName: 'vault', kmsEndpoint } }),
  ],
  'log.path': ['/var/log/c4n4ry/audit.log', (path) => ({ ...kubeadm, log: { path } })],
  'webhook.url': ['https://c4n4ry.example/audit', (url) => ({ ...kubeadm, webhook: { ...webhook, url } })],
  'webhook.caFile': ['/etc/c4n4ry/ca.crt', (caFile) => ({ ...kubeadm, webhook: { ...webhook, caFile } })],
  'webhook.clientCertificateFile': [
    '/etc/c4n4ry/tls.crt',
    (clientCertificateFile) => ({ ...kubeadm, webhook: { ...webhook, clientCertificateFile } }),
  ],
  'webhook.clientKeyFile': [
    '/etc/c4n4ry/tls.key',
    (clientKeyFile) => ({ ...kubeadm, webhook: { ...webhook, clientKeyFile } }),
  ],
  'sensitive.group': ['c4n4ry.example', (group) => ({ ...kubeadm, sensitive: [{ group, resources: ['keys'] }] })],
  'sensitive.resources': [
    'c4n4ries',
    (name) => ({ ...kubeadm, sensitive: [{ group: 'a.example', resources: [name] }] }),
  ],
  'rules.users': [
    'c4n4ry-user',
    (user) => ({ ...kubeadm, rules: [{ level: 'None', users: [user], nonResourceURLs: ['/metrics'] }] }),
  ],
  'kind.hostFolder': ['./c4n4ry', (hostFolder) => ({ ...kind, kind: { hostFolder } })],
  'clusterApi.name': ['c4n4ry', (name) => ({ ...clusterApi, clusterApi: { name, namespace: 'clusters' } })],
  'clusterApi.namespace': ['c4n4ry', (namespace) => ({ ...clusterApi, clusterApi: { name: 'prod', namespace } })],
  'clusterApi.secretName': [
    'c4n4ry-files',
    (secretName) => ({ ...clusterApi, clusterApi: { name: 'prod', namespace: 'clusters', secretName } }),
  ],
  'kops.clusterName': ['c4n4ry.example.com', (clusterName) => ({ ...kops, kops: { clusterName } })],
  'eks.clusterName': ['c4n4ry', (clusterName) => ({ ...eks, eks: { clusterName, kmsKeyArn } })],
  'eks.kmsKeyArn': [
    'arn:aws:kms:eu-central-1:111122223333:key/c4n4ry',
    (arn) => ({ ...eks, eks: { clusterName: 'prod', kmsKeyArn: arn } }),
  ],
  'eks.logKmsKeyArn': [
    'arn:aws:kms:eu-central-1:111122223333:key/c4n4ry',
    (logKmsKeyArn) => ({ ...eks, eks: { clusterName: 'prod', kmsKeyArn, logKmsKeyArn } }),
  ],
  'gke.project': ['c4n4ry-project', (project) => ({ ...gke, gke: { ...(gke.gke as object), project } as never })],
  'gke.kmsKeyName': [
    'projects/c4n4ry/locations/l/keyRings/r/cryptoKeys/k',
    (kmsKeyName) => ({ ...gke, gke: { project: 'prod-platform', kmsKeyName } }),
  ],
  'aks.workspaceId': [
    '/subscriptions/c4n4ry/resourceGroups/r/providers/Microsoft.OperationalInsights/workspaces/w',
    (workspaceId) => ({ ...aks, aks: { ...(aks.aks as object), workspaceId } as never }),
  ],
  'aks.kmsKeyId': [
    'https://c4n4ry.vault.azure.net/keys/etcd/0123',
    (kmsKeyId) => ({ ...aks, aks: { ...(aks.aks as object), kmsKeyId } as never }),
  ],
  'aks.privateKeyVaultId': [
    vault,
    (privateKeyVaultId) => ({ ...aks, aks: { ...(aks.aks as object), privateKeyVaultId } as never }),
  ],
};

/** Without what only says that it is secret. */
const values = (outputs: object): unknown =>
  Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));

describe.each(Object.entries(texts))('%s', (_, [value, make]) => {
  it('is the same as plain text and as an output, and nowhere where it is not wanted', async () => {
    const plain = await deployed(make(value));
    const later = await deployed(make(output(Promise.resolve(value))));
    expect(values(later.outputs)).toEqual(values(plain.outputs));
    const sent = ({ found }: typeof plain) => found.map((each) => [each.urn, each.inputs]);
    expect(sent(later)).toEqual(sent(plain));
    expect(JSON.stringify([values(plain.outputs), sent(plain)])).toContain('c4n4r');
  });

  it('stays secret byte by byte, in base64 as well', async () => {
    const { found, outputs } = await deployed(make(secret(value)));
    expect(leaks(found, value)).toEqual([]);
    expect(leaks(found, value.slice(value.indexOf('c4n4r')))).toEqual([]);
    const open = Object.entries(outputs).filter(([, { isSecret }]) => !isSecret);
    expect(JSON.stringify(open)).not.toContain('c4n4r');
  });

  it('is previewed while nobody knows it', async () => {
    class Store extends CustomResource {
      declare readonly value: Output<string>;
      constructor() {
        super('cloud:store:Store', 'store', { value: undefined });
      }
    }
    let unknown: Output<string> | undefined;
    const { found } = await deployed(() => {
      ({ value: unknown } = new Store());
      return make(unknown);
    });
    expect(Output.isInstance(unknown)).toBe(true);
    expect(found.filter(({ type }) => type === 'kube-bulwark:index:AuditLogging')).toHaveLength(1);
  });
});

describe('whole arguments', () => {
  it('may be outputs, numbers and lists among them', async () => {
    const plain = {
      ...kubeadm,
      webhook,
      log: { maxAgeDays: 60, maxBackups: 12, maxSizeMegabytes: 200 },
      load: { readsPerSecond: 50, changesPerSecond: 5 },
      sensitive: [{ group: 'a.example', resources: ['keys'] }],
      anonymous: 'off',
      discovery: 'file',
    };
    const asOutputs = Object.fromEntries(
      Object.entries(plain).map(([key, value]) => [key, key === 'distribution' ? value : output(value)]),
    );
    const [first, second] = [await deployed(plain), await deployed(asOutputs)];
    expect(values(second.outputs)).toEqual(values(first.outputs));
    expect(Object.keys(values(first.outputs) as object).sort()).toEqual([...outputNames].sort());
  });

  it('may be keys that nobody decrypts while the program is rendered: all but what holds them is known', async () => {
    const config = readStackConfig('config:\n  platform:keys:\n    2026-11:\n      secure: v1:AAAA', 'dev', 'platform');
    expect(config.secretKeys).toEqual(['platform:keys']);
    const keys: unknown = JSON.parse(config.values['platform:keys'] ?? '');
    expect(keys).toEqual({ '2026-11': withheldSecret });
    const { outputs } = await deployed(() => ({ ...kubeadm, encryptionKeys: secret(keys as Record<string, string>) }));
    expect(outputs.secretFiles).toEqual({ value: undefined, isSecret: true });
    expect(outputs.secretFileNames.value).toEqual(['/etc/kubernetes/bulwark/encryption.yaml']);
    expect(outputs.files.value).toHaveLength(3);
  });

  it('that are wrong and late are refused when they are known, without a key', async () => {
    expect(await failureOf('late-argument')).toContain(
      'anonymous: "all" is nothing that anonymous requests can be limited to; use one of health, off, rbac',
    );
    const hidden = await failureOf('secret-argument');
    expect(hidden).toContain('log.path: it is wrong, and not repeated, since some of the arguments are secret');
    expect(hidden).not.toContain('c4n4ry');
    const failure = await failureOf('late-key');
    expect(failure).toContain('encryptionKeys["a"]: the material of this key is not 32 bytes in base64');
    expect(failure).not.toContain('c4n4ry');
  });
});
