import type { Input } from '@pulumi/pulumi';

/** How Secrets are encrypted in etcd: by a KMS, by keys in a file, or by both while one replaces the other. */
export interface EncryptionArgs {
  /** The name of a KMS plugin of version 2 on every node of the control plane. It stays for good. Preferred. @default - none */
  kmsName?: Input<string>;
  /** The socket that the plugin listens on. @default 'unix:///var/run/kmsplugin/socket.sock' */
  kmsEndpoint?: Input<string>;
  /** The names of secretbox keys: the first one encrypts, all of them decrypt. @default - none */
  keyNames?: Input<Input<string>[]>;
  /** What is encrypted, as `<resource>` or `<resource>.<group>`: `secrets` is among them. @default - secrets and configmaps */
  resources?: Input<Input<string>[]>;
  /** Which of both encrypts, `kms` or `secretbox`, where both are given. @default 'kms' */
  writeWith?: Input<string>;
}

/** A key rotation that is under way. The file that encrypts by is that of the step, and not yet that of `encryption`. */
export interface RotationArgs {
  /** What encrypted before. @default - nothing did: Secrets stood in etcd as they are */
  from?: Input<EncryptionArgs>;
  /** The step that the nodes are to take next: `read`, `write`, `rewrite`, `retire`. Each is done on every node before the next one. */
  step: Input<string>;
}

/** The audit log as files on the nodes of the control plane. */
export interface AuditLogArgs {
  /** @default - '/var/log/kubernetes/audit/audit.log', and on Talos its own */
  path?: Input<string>;
  /** @default 30 */
  maxAgeDays?: Input<number>;
  /** Older files that are kept. @default - 10, or what the load takes */
  maxBackups?: Input<number>;
  /** The size that a file is rotated at. @default - 100, or what the load takes */
  maxSizeMegabytes?: Input<number>;
}

/** The audit log to a service over HTTPS, with a certificate of the API server's own. */
export interface AuditWebhookArgs {
  /** `https://…` */
  url: Input<string>;
  /** The CA of the service, on the nodes. */
  caFile: Input<string>;
  /** The certificate that the API server shows, on the nodes. */
  clientCertificateFile: Input<string>;
  /** Its key, on the nodes. */
  clientKeyFile: Input<string>;
  /** Events that wait in memory; those beyond are dropped. @default - 10000, or what the load takes */
  bufferSize?: Input<number>;
  /** Batches a second, of 400 events each. @default - 10, or what the load takes */
  throttleQps?: Input<number>;
}

/** The load that the audit log is made for, on each API server. */
export interface AuditLoadArgs {
  /** Reads a second that are logged. */
  readsPerSecond: Input<number>;
  /** Changes a second. */
  changesPerSecond: Input<number>;
  /** Hours that a node keeps the log for. @default 24 */
  keepHours?: Input<number>;
  /** Seconds that the service behind the webhook may be away for without an event being dropped. @default 60 */
  outageSeconds?: Input<number>;
}

/** Custom resources whose bodies hold secrets, and are never logged. */
export interface SensitiveResourcesArgs {
  /** Their API group. */
  group: Input<string>;
  /** Their plural names. */
  resources: Input<Input<string>[]>;
}

/** Resources of an API group. */
export interface AuditResourcesArgs {
  /** `apps`; `''` for Kubernetes' core. */
  group: Input<string>;
  /** `pods`, `pods/exec`, `*` with subresources. @default - all of the group */
  resources?: Input<Input<string>[]>;
  /** Names of objects. @default - every name */
  resourceNames?: Input<Input<string>[]>;
}

/** A rule of the audit policy: every field narrows it. */
export interface AuditRuleArgs {
  /** `None`, `Metadata`, `Request`, `RequestResponse`. */
  level: Input<string>;
  /** Names of users, in full. @default - every user */
  users?: Input<Input<string>[]>;
  /** Groups of users, of which one is enough. @default - every user */
  userGroups?: Input<Input<string>[]>;
  /** @default - every verb */
  verbs?: Input<Input<string>[]>;
  /** @default - every resource */
  resources?: Input<Input<AuditResourcesArgs>[]>;
  /** @default - every namespace */
  namespaces?: Input<Input<string>[]>;
  /** Paths that are no resources, such as `/metrics`. @default - none */
  nonResourceURLs?: Input<Input<string>[]>;
}

/** For kind. */
export interface KindToolArgs {
  /** The folder on the machine that kind runs on, in which the files lie at the paths that they have on the nodes. @default './bulwark' */
  hostFolder?: Input<string>;
}

/** For Cluster API. */
export interface ClusterApiToolArgs {
  /** The KubeadmControlPlane. */
  name: Input<string>;
  /** Its namespace. */
  namespace: Input<string>;
  /** The Secret with the content of files that hold keys. @default - `<name>-files` */
  secretName?: Input<string>;
}

/** For kOps. */
export interface KopsToolArgs {
  /** `prod.example.com` */
  clusterName: Input<string>;
}

/** For EKS. */
export interface EksToolArgs {
  clusterName: Input<string>;
  /** The ARN of a symmetric KMS key for Secrets. */
  kmsKeyArn: Input<string>;
  /** The ARN of a KMS key for the logs. @default - a key of CloudWatch Logs */
  logKmsKeyArn?: Input<string>;
}

/** For GKE. */
export interface GkeToolArgs {
  project: Input<string>;
  /** The key of Cloud KMS for etcd: `projects/…/locations/…/keyRings/…/cryptoKeys/…`. */
  kmsKeyName: Input<string>;
}

/** For AKS. */
export interface AksToolArgs {
  /** The Log Analytics workspace, by its resource id. */
  workspaceId: Input<string>;
  /** The key of Azure Key Vault with its version: `https://<vault>.vault.azure.net/keys/<name>/<version>`. */
  kmsKeyId: Input<string>;
  /** The Key Vault by its resource id, where it has no public endpoint. @default - reached by its public endpoint */
  privateKeyVaultId?: Input<string>;
}

/** Why an argument, or an object in the cluster, is weaker than it should be, and until when. */
export interface ExceptionArgs {
  /** An argument, `log.maxAgeDays` or `anonymous`, or the id of a rule that an object of the stack breaks. */
  of: string;
  /** Why, in words that a colleague understands in a year. At least 10 characters. */
  reason: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  expires: string;
  /** Where the work to end it is tracked. @default - none */
  ticket?: string;
}

/** What the audit log of a cluster takes. Plain values decide which resources or outputs there are; all others may be outputs. */
export interface AuditLoggingArgs {
  /** The version of Kubernetes: `1.34`. Plain: it decides which fields there are. */
  kubernetesVersion: string;
  /** Where the cluster comes from: `kubeadm`, `kind`, `eks`. Plain: it decides which outputs there are. @default 'generic' */
  distribution?: string;
  /**
   * What the control plane is made with: `kubeadm`, `kind`, `cluster-api-v1beta1`, `cluster-api-v1beta2`, `k3s`, `rke2`, `talos-cluster` (up to 1.13),
   * `talos-documents`, `kops`, `eks`, `gke`, `aks`, or `by-hand`. Plain: it decides which outputs there are. @default - that of the distribution
   */
  tool?: string;
  /** Who answers for it: a label of the namespace. */
  owner: Input<string>;
  /** How Secrets are encrypted. Required where the control plane is one's own; a cloud's own control plane takes none. */
  encryption?: Input<EncryptionArgs>;
  /** The material of the keys by their names, 32 random bytes each in base64. It is secret, whatever it is given as. @default - none */
  encryptionKeys?: Input<Record<string, Input<string>>>;
  /** A key rotation that is under way. @default - none */
  rotation?: Input<RotationArgs>;
  /** The log in files. @default - as its own defaults say, unless there is a webhook */
  log?: Input<AuditLogArgs>;
  /** The log to a service. @default - none */
  webhook?: Input<AuditWebhookArgs>;
  /** The load that files and buffers are made for. @default - none: a small cluster's */
  load?: Input<AuditLoadArgs>;
  /** Further resources whose bodies hold secrets. @default - none */
  sensitive?: Input<Input<SensitiveResourcesArgs>[]>;
  /** Rules of one's own: they go before the recommended ones, and after those that keep secrets out of the log. @default - none */
  rules?: Input<Input<AuditRuleArgs>[]>;
  /**
   * What requests without credentials may ask for: `health`, which probes need; `off`, nothing; `rbac`, what RBAC gives them, only for versions that
   * cannot tell paths apart, and with an exception. @default - 'health', or 'off' where the tool takes nothing else
   */
  anonymous?: Input<string>;
  /** How nodes find the cluster that they join: `token` or `file`. @default - `token` on kubeadm and kind, `file` elsewhere */
  discovery?: Input<string>;
  /** What kind is told besides. @default - as its own defaults say */
  kind?: Input<KindToolArgs>;
  /** What Cluster API is told besides. @default - required for it */
  clusterApi?: Input<ClusterApiToolArgs>;
  /** What kOps is told besides. @default - required for it */
  kops?: Input<KopsToolArgs>;
  /** What the values for EKS are made of. @default - required for it */
  eks?: Input<EksToolArgs>;
  /** What the values for GKE are made of. @default - required for it */
  gke?: Input<GkeToolArgs>;
  /** What the values for AKS are made of. @default - required for it */
  aks?: Input<AksToolArgs>;
  /** The namespace of alerts and dashboard, which is made. Plain: resources are named by it. @default 'audit-logging' */
  namespace?: string;
  /** Whether there are alerts, as a PrometheusRule: the cluster has the Prometheus operator. Plain: it decides about a resource. @default true */
  alerts?: boolean;
  /** Whether there is a dashboard, as a ConfigMap that Grafana's sidecar finds. Plain: it decides about a resource. @default true */
  dashboard?: boolean;
  /** Labels by which Prometheus selects its rules. Their names are plain: they are checked. @default - none */
  ruleLabels?: Record<string, Input<string>>;
  /** Where the runbooks are, as the start of an address: the name of the alert in lower case follows. @default - alerts name the page of the manual */
  runbooks?: Input<string>;
  /** What is weaker than it should be. Plain: it is judged before anything is made. @default - none */
  exceptions?: ExceptionArgs[];
}
