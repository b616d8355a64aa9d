/** A file that every node of the control plane has to have. */
export interface ControlPlaneFile {
  /** Absolute. */
  path: string;
  content: string;
  /** Permissions in octal: `0600`. */
  mode: string;
  /** User and group: `root:root`. */
  owner: string;
}

/** A file for the tool that makes the cluster, where it runs. */
export interface ControlPlaneToolFile {
  /** `kubeadm.yaml` */
  name: string;
  content: string;
}

/** A folder that has to be on the nodes before the control plane starts. */
export interface ControlPlaneFolder {
  /** Absolute. */
  path: string;
  /** Permissions in octal: `0700`. */
  mode: string;
  /** User and group: `root:root`. */
  owner: string;
}

/** A folder of the node that kube-apiserver sees, at the same path, where it runs as a static pod. */
export interface ControlPlaneMount {
  /** Absolute. */
  path: string;
  readOnly: boolean;
  /** As of a hostPath volume: `Directory` or `DirectoryOrCreate`. */
  type: string;
}

/** A file that somebody else puts onto the nodes: a certificate, a socket. */
export interface ControlPlaneNeed {
  path: string;
  /** What it is, for people. */
  what: string;
}

/** A flag of a program of the control plane. */
export interface ControlPlaneFlag {
  /** `kube-apiserver`, `kube-controller-manager`, `kube-scheduler`. */
  component: string;
  /** As it stands on a command line: `--audit-log-path=…`. */
  flag: string;
}

/** Something of a control plane that the distribution has no setting for. */
export interface ControlPlaneGap {
  /** A flag, the path of a file, or a mount. */
  what: string;
  why: string;
  /** What to do about it. */
  instead: string;
}

/** Something of a control plane that the distribution has in a form of its own, or sees to by itself. */
export interface ControlPlaneSubstitute {
  /** A flag, the path of a file, or a mount. */
  what: string;
  by: string;
}

/** A step of a key rotation. It is done on every node before the next one begins. */
export interface KeyRotationStep {
  /** `read`, `write`, `rewrite`, `retire`. */
  id: string;
  title: string;
  /** What would go wrong without it. */
  why: string;
  /** For the nodes. They hold keys. */
  files: ControlPlaneFile[];
  /** For the tool. They hold keys. */
  toolFiles: ControlPlaneToolFile[];
  /** What to run; on each node where the step has files for it, once otherwise. */
  commands: string[];
}

/** What the stated load comes to, on each API server. A megabyte is 1,048,576 bytes. */
export interface AuditLoadSizing {
  eventsPerSecond: number;
  megabytesPerDay: number;
  /** The room that the log's disk has to have. */
  diskMegabytes: number;
  /** Hours until the oldest event is deleted for its size. */
  keptHours: number;
  /** The memory that a full buffer takes. */
  bufferMegabytes: number;
  /** Seconds until a buffer is full whose service is away. */
  bufferedSeconds: number;
}

/** `aws.eks.Cluster.encryptionConfig.provider` */
export interface EksEncryptionProvider {
  keyArn: string;
}

/** `aws.eks.Cluster.encryptionConfig` */
export interface EksEncryptionConfig {
  provider: EksEncryptionProvider;
  resources: string[];
}

/** `aws.eks.Cluster.accessConfig` */
export interface EksAccessConfig {
  authenticationMode: string;
  bootstrapClusterCreatorAdminPermissions: boolean;
}

/** What to pass to `aws.eks.Cluster`. */
export interface EksClusterValues {
  enabledClusterLogTypes: string[];
  encryptionConfig: EksEncryptionConfig;
  accessConfig: EksAccessConfig;
}

/** What to pass to `aws.cloudwatch.LogGroup`, which is made before the cluster. */
export interface EksLogGroupValues {
  name: string;
  retentionInDays: number;
  kmsKeyId?: string;
}

/** For Amazon's own resources. */
export interface EksControlPlaneValues {
  cluster: EksClusterValues;
  logGroup: EksLogGroupValues;
}

/** `gcp.container.Cluster.anonymousAuthenticationConfig` */
export interface GkeAnonymousAuthentication {
  mode: string;
}

/** `gcp.container.Cluster.databaseEncryption` */
export interface GkeDatabaseEncryption {
  state: string;
  keyName: string;
}

/** `gcp.container.Cluster.loggingConfig` */
export interface GkeLoggingConfig {
  enableComponents: string[];
}

/** What to pass to `gcp.container.Cluster`. */
export interface GkeClusterValues {
  anonymousAuthenticationConfig: GkeAnonymousAuthentication;
  databaseEncryption: GkeDatabaseEncryption;
  enableLegacyAbac: boolean;
  loggingConfig: GkeLoggingConfig;
}

/** A type of Data Access logs. */
export interface GkeAuditLogType {
  logType: string;
}

/** What to pass to `gcp.projects.IAMAuditConfig`. */
export interface GkeAuditConfigValues {
  project: string;
  service: string;
  auditLogConfigs: GkeAuditLogType[];
}

/** What to pass to `gcp.logging.ProjectBucketConfig`. */
export interface GkeLogBucketValues {
  project: string;
  bucketId: string;
  location: string;
  retentionDays: number;
}

/** For Google Cloud's own resources. */
export interface GkeControlPlaneValues {
  cluster: GkeClusterValues;
  auditConfig: GkeAuditConfigValues;
  logBucket: GkeLogBucketValues;
}

/** `aadProfile` of a managed cluster. */
export interface AksAadProfile {
  managed: boolean;
  enableAzureRBAC: boolean;
}

/** `securityProfile.azureKeyVaultKms` of a managed cluster. */
export interface AksKeyVaultKms {
  enabled: boolean;
  keyId: string;
  keyVaultNetworkAccess: string;
  keyVaultResourceId?: string;
}

/** `securityProfile` of a managed cluster. */
export interface AksSecurityProfile {
  azureKeyVaultKms: AksKeyVaultKms;
}

/** What to pass to a managed cluster. */
export interface AksClusterValues {
  disableLocalAccounts: boolean;
  enableRBAC: boolean;
  aadProfile: AksAadProfile;
  securityProfile: AksSecurityProfile;
}

/** A category of logs. */
export interface AksLogCategory {
  category: string;
  enabled: boolean;
}

/** What to pass to the diagnostic setting of the cluster. */
export interface AksDiagnosticValues {
  workspaceId: string;
  logAnalyticsDestinationType: string;
  logs: AksLogCategory[];
}

/** What to pass to the Log Analytics workspace. */
export interface AksWorkspaceValues {
  retentionInDays: number;
}

/** For Azure's own resources. */
export interface AksControlPlaneValues {
  cluster: AksClusterValues;
  diagnosticSetting: AksDiagnosticValues;
  workspace: AksWorkspaceValues;
}

/** What to pass to a cloud's own resources, by their names in its API: that of the tool alone is there. */
export interface CloudValues {
  eks?: EksControlPlaneValues;
  gke?: GkeControlPlaneValues;
  aks?: AksControlPlaneValues;
}
