import type { Input } from '@pulumi/pulumi';

/** The images, with their registries and digests. */
export interface LogImagesArgs {
  /** The OpenTelemetry Collector with the contrib components, from 0.160. */
  collector: string;
  /** Loki, from 3.7. @default - none: needed unless there is `existing` */
  loki?: string;
}

/** What agents read on each node. */
export interface LogSourcesArgs {
  /** The folder of kube-apiserver's audit log on the nodes of the control plane; '' for none. @default - '/var/log/kubernetes/audit'; on Talos its own, on EKS, GKE and AKS none */
  auditFolder?: string;
  /** Whether the logs of containers are read. @default true */
  containers?: boolean;
}

/** A pattern of one's own that lines are redacted by. */
export interface CustomPatternArgs {
  /** What stands in the line instead is `[redacted:<id>]`. */
  id: string;
  /** A regular expression of RE2. */
  pattern: string;
  /** A text that each match holds: lines without it are not searched. @default - every line is searched */
  needle?: string;
}

/** What is taken out of lines besides credentials, card and account numbers. */
export interface LogRedactionArgs {
  /** Addresses of e-mail. @default false */
  email?: boolean;
  /** @default - none */
  custom?: CustomPatternArgs[];
}

/** Streams that stay longer or shorter than the rest of their tenant. */
export interface StreamRetentionArgs {
  /** `audit` or `application`. */
  tenant: string;
  /** Labels and their values: `k8s_namespace_name`. */
  labels: Record<string, string>;
  days: number;
}

/** How long lines stay. */
export interface LogRetentionArgs {
  /** At least 365. @default 400 */
  auditDays?: number;
  /** @default 30 */
  applicationDays?: number;
  /** The first that fits counts. @default - none */
  streams?: StreamRetentionArgs[];
}

/** What the cluster writes: volumes, queues and memory follow from it. */
export interface LogLoadArgs {
  /** Lines of all nodes in a second, on average. @default 500 */
  linesPerSecond?: number;
  /** The average length of a line. @default 500 */
  bytesPerLine?: number;
  /** The share of all that is audit log. @default 0.2 */
  auditShare?: number;
  /** How long the store may be away without anybody having to wait. @default 6 */
  outageHours?: number;
}

/** Volumes that differ from what follows from the load. */
export interface LogVolumesArgs {
  /** Of each gateway, in GiB. @default - from the load */
  gatewayGibibytes?: number;
  /** Loki's, in GiB. @default - from the load */
  lokiGibibytes?: number;
  /** @default - the cluster's */
  storageClass?: string;
}

/** A store that is there already, and takes OTLP over HTTPS: a Loki, an OpenTelemetry Collector, Data Prepper of OpenSearch. */
export interface ExistingStoreArgs {
  /** `https://…`, to which `/v1/logs` is added. A Loki takes logs at `/otlp`. */
  endpoint: string;
  /** Its addresses, which gateways may connect to: `203.0.113.0/24`. */
  cidr: string;
  /** @default 443 */
  port?: number;
}

/** What a log pipeline takes. What decides which objects there are is plain; the rest may be outputs. */
export interface LogPipelineArgs {
  /** The version of Kubernetes: `1.34`. */
  kubernetesVersion: string;
  /** Where the cluster comes from: `kubeadm`, `kind`, `eks`. @default 'generic' */
  distribution?: string;
  /** Who answers for it: a label of the namespaces. */
  owner: string;
  images: LogImagesArgs;
  /** Registries that images may come from. */
  registries: string[];
  /** The ClusterIssuer of cert-manager: both sides of each connection show a certificate of it. */
  issuer: string;
  /** The last day, `2027-06-30`, of the exceptions that agents need: they read the files of their node as root. At most a year ahead. */
  exceptionsUntil: string;
  sources?: LogSourcesArgs;
  redaction?: LogRedactionArgs;
  retention?: LogRetentionArgs;
  /** Attributes of resources that are labels besides those that there are. @default - none */
  labels?: string[];
  load?: LogLoadArgs;
  volumes?: LogVolumesArgs;
  /** A store that is there already, instead of a Loki. @default - a Loki is made */
  existing?: ExistingStoreArgs;
  /** The namespace of Prometheus, which may ask for metrics. @default - none may */
  prometheusNamespace?: string;
  namespace?: string;
  /** That of the agents, which nothing else may use, which is made. @default 'log-agents' */
  agentNamespace?: string;
  /** Whether there are alerts, as a PrometheusRule: the cluster has the Prometheus operator. @default true */
  alerts?: boolean;
  /** Labels by which Prometheus selects its rules. @default - none */
  ruleLabels?: Record<string, string>;
  /** Where the runbooks are, as the start of an address: the name of the alert in lower case follows. @default - alerts name none */
  runbooks?: Input<string>;
}
