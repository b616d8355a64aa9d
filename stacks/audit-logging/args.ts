import type { Input } from '@pulumi/pulumi';

/** How Secrets are encrypted in etcd: by a KMS, by keys in a file, or by both while one replaces the other. */
export interface EncryptionArgs {
  /** The name of a KMS plugin of version 2 on every node of the control plane. It stays for good. Preferred. @default - none */
  kmsName?: string;
  /** The socket that the plugin listens on. @default 'unix:///var/run/kmsplugin/socket.sock' */
  kmsEndpoint?: string;
  /** The names of secretbox keys: the first one encrypts, all of them decrypt. @default - none */
  keyNames?: string[];
  /** Which of both encrypts, `kms` or `secretbox`, where both are given. @default 'kms' */
  writeWith?: string;
}

/** The audit log as files on the nodes of the control plane. */
export interface AuditLogArgs {
  /** @default '/var/log/kubernetes/audit/audit.log' */
  path?: string;
  /** @default 30 */
  maxAgeDays?: number;
  /** Older files that are kept. @default 10 */
  maxBackups?: number;
  /** The size that a file is rotated at. @default 100 */
  maxSizeMegabytes?: number;
}

/** The audit log to a service over HTTPS, with a certificate of the API server's own. */
export interface AuditWebhookArgs {
  /** `https://…` */
  url: string;
  /** The CA of the service, on the nodes. */
  caFile: string;
  /** The certificate that the API server shows, on the nodes. */
  clientCertificateFile: string;
  /** Its key, on the nodes. */
  clientKeyFile: string;
}

/** Custom resources whose bodies hold secrets, and are never logged. */
export interface SensitiveResourcesArgs {
  /** Their API group. */
  group: string;
  /** Their plural names. */
  resources: string[];
}

/** What the audit log of a cluster takes. What decides which objects there are is plain; the rest may be outputs. */
export interface AuditLoggingArgs {
  /** The version of Kubernetes: `1.34`. */
  kubernetesVersion: string;
  /** Where the cluster comes from: `kubeadm`, `kind`, `eks`. @default 'generic' */
  distribution?: string;
  /** Who answers for it: a label of the namespace. */
  owner: string;
  /** How Secrets are encrypted. Required where the control plane is one's own; a cloud's own control plane takes none. */
  encryption?: EncryptionArgs;
  /** The material of the keys by their names, 32 random bytes each in base64. It is secret, whatever it is given as. @default - none */
  encryptionKeys?: Input<Record<string, Input<string>>>;
  /** The log in files. @default - as its own defaults say, unless there is a webhook */
  log?: AuditLogArgs;
  /** The log to a service. @default - none */
  webhook?: AuditWebhookArgs;
  /** Further resources whose bodies hold secrets. @default - none */
  sensitive?: SensitiveResourcesArgs[];
  /**
   * What requests without credentials may ask for: `health`, which probes need; `off`, nothing; `rbac`, what RBAC gives them, only for versions that
   * cannot tell paths apart. @default 'health'
   */
  anonymous?: string;
  /** How nodes find the cluster that they join: `token` or `file`. @default - `token` on kubeadm and kind, `file` elsewhere */
  discovery?: string;
  /** The namespace of alerts and dashboard, which is made. @default 'audit-logging' */
  namespace?: string;
  /** Whether there are alerts, as a PrometheusRule: the cluster has the Prometheus operator. @default true */
  alerts?: boolean;
  /** Whether there is a dashboard, as a ConfigMap that Grafana's sidecar finds. @default true */
  dashboard?: boolean;
  /** Labels by which Prometheus selects its rules. @default - none */
  ruleLabels?: Record<string, string>;
  /** Where the runbooks are, as the start of an address: the name of the alert in lower case follows. @default - alerts name none */
  runbooks?: Input<string>;
}
