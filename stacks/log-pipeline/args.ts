import type { Input } from '@pulumi/pulumi';

/** The images, with their registries and digests. */
export interface LogImagesArgs {
  /** The OpenTelemetry Collector with the contrib components, from 0.160. */
  collector: string;
  /** Loki, from 3.7. @default - none: needed unless there is `existing` */
  loki?: string;
  /** Grafana, from 12. @default - none: needed with `grafana` */
  grafana?: string;
}

/** What agents read on each node. */
export interface LogSourcesArgs {
  /** The folder of kube-apiserver's audit log on the nodes of the control plane; '' for none. @default - '/var/log/kubernetes/audit'; on Talos its own, on EKS, GKE and AKS none */
  auditFolder?: string;
  /** Whether the logs of containers are read. @default true */
  containers?: boolean;
  /**
   * The folder of the journal, `/var/log/journal`, which agents then read by `journalctl`: the image of the Collector has to have that, and
   * contrib's own has not. @default - it is not read
   */
  journalFolder?: string;
  /** Units of systemd whose journal is read. @default - all of them */
  journalUnits?: string[];
  /**
   * The addresses of the API server, `203.0.113.10/32`, which one Collector asks for the events of all namespaces: what
   * `kubectl get endpointslices -n default kubernetes` shows. @default - events are not kept
   */
  eventsFrom?: string[];
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

/** A store that is there already, and takes OTLP over HTTPS: a Loki, an OpenTelemetry Collector, OpenSearch's Data Prepper. */
export interface ExistingStoreArgs {
  /** `https://…`, to which `/v1/logs` is added. A Loki takes logs at `/otlp`. */
  endpoint: string;
  /** Its addresses, which gateways may connect to: `203.0.113.0/24`. */
  cidr: string;
  /** @default - that of the endpoint, and 443 where it has none */
  port?: number;
}

/** A bucket that Loki keeps chunks and index in, reached by the identity of its ServiceAccount. There is no argument for a key. */
export interface LogBucketArgs {
  /** `s3`, `gcs` or `azure`. */
  kind: string;
  /** The bucket; on Azure the container. */
  name: string;
  /** Who Loki is: the ARN of an IAM role, the email of a Google service account, the client ID of an Azure managed identity. */
  identity: string;
  /** Addresses of the store, and of the cloud's service of tokens: those of private endpoints, `10.0.0.0/16`. */
  cidrs: string[];
  /** Of an S3 bucket: `eu-central-1`. */
  region?: string;
  /** The key of KMS that S3 encrypts by. @default - S3's own */
  kmsKeyArn?: string;
  /** The storage account, on Azure. */
  account?: string;
}

/** Who logs in to Grafana, by an OpenID provider: it has no accounts of its own. */
export interface GrafanaLoginArgs {
  /** The client at the provider. Its redirect is `<address>/login/generic_oauth`. */
  clientId: string;
  /** The provider's authorization endpoint: `https://…`. */
  authUrl: string;
  /** Its token endpoint. */
  tokenUrl: string;
  /** Its userinfo endpoint. */
  userInfoUrl: string;
  /** Addresses of the provider, which Grafana may connect to: `203.0.113.0/24`. */
  cidrs: string[];
  /** Groups that see the dashboards, and with them all of the audit log. Whoever is in none of the groups is not let in. */
  viewers: string[];
  /** Groups that ask questions of their own besides. @default - none */
  explorers?: string[];
  /** The claim with the groups of a user, as a name or a path of names. @default 'groups' */
  groupsClaim?: string;
  /** Some providers have groups in a scope `groups`. @default - openid, profile, email */
  scopes?: string[];
  /** Whether the provider's certificate is of an authority of your own, whose certificate is in the Secret as `ca.crt`. @default false */
  ownAuthority?: boolean;
}

/** A Grafana that asks Loki, with dashboards of the audit log. */
export interface GrafanaArgs {
  /** Where browsers find it: `https://logs.acme.example`. */
  address: string;
  /** The namespace of the gateway or ingress controller that hands requests on to it, over HTTPS. Nobody else reaches it. */
  gatewayNamespace: string;
  /** A Secret in the stack's namespace that somebody else makes, with the keys `client-secret` and `secret-key`, which Grafana encrypts by. */
  secretName: string;
  login: GrafanaLoginArgs;
}

/** A bucket of S3 with object lock, which the audit log goes to besides. The stack does not make it. */
export interface LogArchiveArgs {
  /** `s3`. */
  kind: string;
  /** The bucket, which is another than Loki's. */
  name: string;
  /** Who the gateways are: the ARN of an IAM role that may put objects there, and nothing else. */
  identity: string;
  /** Addresses of the store, and of the cloud's service of tokens: those of private endpoints, `10.0.0.0/16`. */
  cidrs: string[];
  /** `eu-central-1`. */
  region: string;
  /** How long nobody can change or delete an object: what the bucket's default retention is to be, in compliance mode. @default - as long as Loki keeps the audit log */
  retentionDays?: number;
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
  /** Where Loki keeps chunks and index. @default - on its volume */
  bucket?: LogBucketArgs;
  /** Processes of Loki: with a bucket three or more, so that one may be away; without one it is one. @default - 3 with a bucket, 1 without */
  replicas?: number;
  /** Where the audit log goes besides, and nobody can change it. @default - nowhere */
  archive?: LogArchiveArgs;
  /** A store that is there already, instead of a Loki. @default - a Loki is made */
  existing?: ExistingStoreArgs;
  /** A Grafana with dashboards of the audit log. @default - none is made */
  grafana?: GrafanaArgs;
  /** The namespace of Prometheus, which may ask for metrics. @default - none may */
  prometheusNamespace?: string;
  namespace?: string;
  /** That of the agents, which nothing else may use, which is made. @default 'log-agents' */
  agentNamespace?: string;
  /** Whether there are alerts, as a PrometheusRule: the cluster has the Prometheus operator. @default true */
  alerts?: boolean;
  /** Labels by which Prometheus selects its rules. @default - none */
  ruleLabels?: Record<string, string>;
  /** Where the runbooks are, as the start of an address: the name of the alert in lower case follows. @default - alerts name the page of the manual */
  runbooks?: Input<string>;
}
