import { auditLevels } from '../../core/audit';
import { distributionNames } from '../../core/cluster/distribution';
import type { Schema } from '../../core/config/schema';
import type { ToolGroup } from '../audit-logging/tool-fields';
import { toolIds } from '../audit-logging/tools';
import { group, number, ruleForms, text, texts, yes } from '../config-forms';
import { logPipelineSchema } from '../log-pipeline/schema';
import { privateRegistrySchema } from '../private-registry/schema';
import { stackIds } from './stack-ids';

/** A key of the program's configuration. */
export interface ConfigKey extends Schema {
  readonly description: string;
  /** Whether its value is a secret, which is set by `pulumi config set --secret` and by nothing else. @default false */
  readonly secret?: true;
  /** What is secret and set apart: where somebody may write it by mistake, and its own key. @default - nothing is */
  readonly apart?: Readonly<Record<string, 'registryPasswords' | 'registryUploadSecret'>>;
}

const encryption = group("How Secrets are encrypted in etcd. Not where the control plane is a cloud's.", {
  kmsName: text('The name of a KMS plugin of version 2 on every node of the control plane. Preferred.'),
  kmsEndpoint: text("The plugin's socket. Default: unix:///var/run/kmsplugin/socket.sock."),
  keyNames: texts(
    'The names of secretbox keys: the first one encrypts, all of them decrypt. Their material is in encryptionKeys.',
  ),
  resources: texts('What is encrypted, as <resource> or <resource>.<group>. Default: secrets, configmaps.'),
  writeWith: text('Which of both encrypts, where both are given. Default: kms.', { enum: ['kms', 'secretbox'] }),
});

const rotation = group(
  'A key rotation that is under way: the file that encrypts by is that of the step.',
  {
    from: { ...encryption, description: 'What encrypted before. Default: nothing did.' },
    step: text('The step that the nodes are to take next; each is done on every node before the next one.', {
      enum: ['read', 'write', 'rewrite', 'retire'],
    }),
  },
  ['step'],
);

const log = group('The audit log as files on the nodes. For clouds maxAgeDays alone.', {
  path: text('Default: /var/log/kubernetes/audit/audit.log, and on Talos its own.'),
  maxAgeDays: number('Default: 30.'),
  maxBackups: number('Older files that are kept. Default: 10, or what the load takes.'),
  maxSizeMegabytes: number('The size that a file is rotated at. Default: 100, or what the load takes.'),
});

const load = group(
  'The load that files and buffers are made for, on each API server. Default: a small cluster.',
  {
    readsPerSecond: number('Reads a second that are logged.'),
    changesPerSecond: number('Changes a second.'),
    keepHours: number('Hours that a node keeps the log for. Default: 24.'),
    outageSeconds: number(
      'Seconds that the service behind the webhook may be away for without an event being dropped. Default: 60.',
    ),
  },
  ['readsPerSecond', 'changesPerSecond'],
);

const exceptions: Schema = {
  type: 'array',
  description: 'What is weaker than it should be, with a reason and a last day.',
  items: group(
    'One exception.',
    {
      of: text('log.maxAgeDays, log.maxBackups, log.maxSizeMegabytes, anonymous, or the id of a rule.'),
      reason: text('Why, in words that a colleague understands in a year.'),
      expires: text('The last day on which it holds, as YYYY-MM-DD.'),
      ticket: text('Where the work to end it is tracked.'),
    },
    ['of', 'reason', 'expires'],
  ),
};

const rules: Schema = {
  type: 'array',
  description:
    'Rules of the audit policy, before the recommended ones and after those that keep secrets out of the log.',
  items: group(
    'One rule: every field narrows it.',
    {
      level: text('How much is logged.', { enum: auditLevels }),
      users: texts('Names of users, in full.'),
      userGroups: texts('Groups of users.'),
      verbs: texts('get, list, watch, create, update, patch, delete, deletecollection.'),
      resources: {
        type: 'array',
        description: 'Resources, by API group.',
        items: group(
          'Resources of one group.',
          {
            group: { type: 'string', description: "apps; '' for Kubernetes' core." },
            resources: texts('Plural names, with subresources: pods/exec.'),
            resourceNames: texts('Names of objects.'),
          },
          ['group'],
        ),
      },
      namespaces: texts('Namespaces.'),
      nonResourceURLs: texts('Paths that are no resources.'),
    },
    ['level'],
  ),
};

/** What tools are told besides. */
const toolGroupKeys = {
  kind: group('What kind is told besides.', {
    hostFolder: text('The folder on the machine that kind runs on, with the files. Default: ./bulwark.'),
  }),
  clusterApi: group(
    'What Cluster API is told besides. Required for it.',
    {
      name: text('The KubeadmControlPlane.'),
      namespace: text('Its namespace.'),
      secretName: text('The Secret with the files that hold keys. Default: <name>-files.'),
    },
    ['name', 'namespace'],
  ),
  kops: group('What kOps is told besides. Required for it.', { clusterName: text('The cluster.') }, ['clusterName']),
  eks: group(
    'What the values for EKS are made of. Required for it.',
    {
      clusterName: text('The cluster.'),
      kmsKeyArn: text('The ARN of a symmetric KMS key for Secrets.'),
      logKmsKeyArn: text('The ARN of a KMS key for the logs. Default: a key of CloudWatch Logs.'),
    },
    ['clusterName', 'kmsKeyArn'],
  ),
  gke: group(
    'What the values for GKE are made of. Required for it.',
    { project: text('The project.'), kmsKeyName: text('The key of Cloud KMS for etcd.') },
    ['project', 'kmsKeyName'],
  ),
  aks: group(
    'What the values for AKS are made of. Required for it.',
    {
      workspaceId: text('The Log Analytics workspace, by its resource id.'),
      kmsKeyId: text('The key of Azure Key Vault, with its version.'),
      privateKeyVaultId: text('The Key Vault by its resource id, where it has no public endpoint.'),
    },
    ['workspaceId', 'kmsKeyId'],
  ),
} as const satisfies Readonly<Record<ToolGroup, Schema>>;

const webhook = group(
  "The audit log to a service over HTTPS, with a certificate of the API server's own.",
  {
    url: text('https://…'),
    caFile: text('The CA of the service, on the nodes.'),
    clientCertificateFile: text('The certificate that the API server shows, on the nodes.'),
    clientKeyFile: text('Its key, on the nodes.'),
    bufferSize: number('Events that wait in memory. Default: 10000, or what the load takes.'),
    throttleQps: number('Batches a second, of 400 events each. Default: 10, or what the load takes.'),
  },
  ['url', 'caFile', 'clientCertificateFile', 'clientKeyFile'],
);

const sensitive: Schema = {
  type: 'array',
  description: 'Further resources whose bodies hold secrets, and are never logged.',
  items: group('One API group.', { group: text('The API group.'), resources: texts('Plural names.') }, [
    'group',
    'resources',
  ]),
};

/** Every key of the program's configuration, without its namespace `kube-bulwark:`. */
export const configKeys = {
  kubernetesVersion: { ...text('The version of the cluster, such as 1.34. Required.') },
  distribution: { ...text('Where the cluster comes from. Default: generic.', { enum: distributionNames }) },
  owner: { ...text('Who answers for the platform: a label of its namespaces. Required.') },
  context: {
    ...text(
      'The context of the kubeconfig in the environment. Required, unless kubeconfig is set: nothing is deployed to whatever cluster a shell points at.',
    ),
  },
  kubeconfig: { ...text('The kubeconfig itself, instead of context.'), secret: true },
  stacks: {
    type: 'array',
    description:
      'Which stacks are deployed. Default: audit-logging, log-pipeline where logPipeline is set, and private-registry where privateRegistry is.',
    items: { type: 'string', enum: stackIds },
  },
  auditLogging: group('The stack audit-logging.', {
    tool: text('What the control plane is made with. Default: that of the distribution.', { enum: toolIds }),
    encryption,
    rotation,
    log,
    webhook,
    load,
    sensitive,
    rules,
    anonymous: text('What requests without credentials may ask for. Default: health.', {
      enum: ['health', 'off', 'rbac'],
    }),
    discovery: text('How nodes find the cluster that they join. Default: token on kubeadm and kind, file elsewhere.', {
      enum: ['token', 'file'],
    }),
    ...toolGroupKeys,
    namespace: text('The namespace of alerts and dashboard, which is made. Default: audit-logging.'),
    alerts: yes('Whether there are alerts: the cluster has the Prometheus operator. Default: true.'),
    dashboard: yes('Whether there is a dashboard, for the sidecar of Grafana. Default: true.'),
    ...ruleForms,
    exceptions,
  }),
  logPipeline: logPipelineSchema,
  privateRegistry: {
    ...privateRegistrySchema,
    apart: {
      'privateRegistry.authentication.users[].password': 'registryPasswords',
      'privateRegistry.uploadSecret': 'registryUploadSecret',
    },
  },
  encryptionKeys: {
    type: 'object',
    description:
      'The material of the keys of auditLogging.encryption.keyNames by their names, each 32 random bytes in base64.',
    additionalProperties: { type: 'string' },
    secret: true,
  },
  registryPasswords: {
    type: 'object',
    description:
      'The passwords of privateRegistry.authentication.users by their names, from 16 to 72 bytes each. Not with privateRegistry.secretsElsewhere.',
    additionalProperties: { type: 'string' },
    secret: true,
  },
  registryUploadSecret: {
    ...text(
      'What replicas of the registry sign the state of uploads by, 32 characters or more. Needed with more than one, but not with privateRegistry.secretsElsewhere.',
    ),
    secret: true,
  },
} as const satisfies Readonly<Record<string, ConfigKey>>;

export type ConfigKeyName = keyof typeof configKeys;

/** Without these nothing can be made. */
export const requiredKeys: readonly ConfigKeyName[] = ['kubernetesVersion', 'owner'];
