/** Who a workload is to its cloud. There is no key in it: its ServiceAccount's token is what it logs in with. */
export type CloudLogin = AwsLogin | GcpLogin | AzureLogin;

/** A role of AWS IAM. */
export interface AwsLogin {
  readonly cloud: 'aws';
  /** By the web identity of its ServiceAccount, or by the agent of EKS Pod Identity. */
  readonly way: 'irsa' | 'pod-identity';
  /** With Pod Identity it stands in the association, and need not be known here. */
  readonly roleArn?: string;
  /** Whether the agent of Pod Identity answers over IPv6. */
  readonly ipv6?: boolean;
}

/** A service account of Google Cloud, or the ServiceAccount itself as a principal of its cluster's project. */
export interface GcpLogin {
  readonly cloud: 'gcp';
  /** The email of the service account that it acts as. @default - none: the ServiceAccount is the principal */
  readonly serviceAccount?: string;
  /** The project of the cluster, by ID. */
  readonly project?: string;
  /** The project of the cluster, by number. */
  readonly projectNumber?: string;
}

/** A managed identity, or an application, of Entra. */
export interface AzureLogin {
  readonly cloud: 'azure';
  readonly clientId: string;
  readonly tenantId?: string;
  /** The object ID of its service principal, which roles are given to. */
  readonly principalId?: string;
}
