import type { Opening } from '../../core/network/policy-spec';
import type { CloudLogin } from '../../core/secrets/cloud/login';

/** Whether the pods themselves use the identity. */
export interface PodUse {
  /**
   * Whether its pods may fetch credentials. Where they need not, because a driver or an operator reads their secrets for them, the pods stay closed.
   * @default true
   */
  readonly fromPod?: boolean;
}

/** A service account of Google Cloud, or the ServiceAccount itself as a principal of the cluster's project. */
export type GkeIdentityOptions = PodUse & {
  /** Whether the cluster has Dataplane V2. @default false */
  readonly dataplaneV2?: boolean;
} & (
    | {
        /** The email of the service account that it acts as. */
        readonly serviceAccount: string;
        /** The ID of the cluster's project. @default - what the metadata server says */
        readonly project?: string;
        readonly projectNumber?: never;
      }
    | {
        readonly serviceAccount?: never;
        /** The ID of the cluster's project. */
        readonly project: string;
        /** The number of the cluster's project, which the principal is named by. */
        readonly projectNumber: string;
      }
  );

/**
 * Who a workload is to its cloud, without a stored key. It sets the annotations and labels that the cloud's controller reads, and opens
 * the one address and port where the credentials come from, if there is one in the cluster.
 */
export class CloudIdentity {
  /**
   * GKE Workload Identity Federation. The metadata server answers at 169.254.169.252:988, and with Dataplane V2 at 169.254.169.254:80.
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity
   */
  static gke(options: GkeIdentityOptions): CloudIdentity {
    const { serviceAccount, project, projectNumber, dataplaneV2, fromPod = true } = options;
    const [cidr, port] = dataplaneV2 ? (['169.254.169.254/32', 80] as const) : (['169.254.169.252/32', 988] as const);
    return new CloudIdentity(
      serviceAccount === undefined ? {} : { 'iam.gke.io/gcp-service-account': serviceAccount },
      {},
      fromPod ? [endpoint([cidr], port)] : [],
      {
        cloud: 'gcp',
        ...(serviceAccount !== undefined && { serviceAccount }),
        ...(project !== undefined && { project }),
        ...(projectNumber !== undefined && { projectNumber }),
      },
    );
  }

  /**
   * EKS Pod Identity: the agent on the node answers at 169.254.170.23:80. The association is made in AWS.
   * @param options `roleArn` is the role of the association, which nothing in the cluster has to know: for the arguments of its policy
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
   */
  static eksPodIdentity(options: PodUse & { readonly ipv6?: boolean; readonly roleArn?: string } = {}): CloudIdentity {
    const { ipv6, roleArn, fromPod = true } = options;
    const cidr = ipv6 ? 'fd00:ec2::23/128' : '169.254.170.23/32';
    return new CloudIdentity({}, {}, fromPod ? [endpoint([cidr], 80)] : [], {
      cloud: 'aws',
      way: 'pod-identity',
      ...(roleArn !== undefined && { roleArn }),
      ...(ipv6 !== undefined && { ipv6 }),
    });
  }

  /** IAM roles for service accounts. The token is projected by EKS; open the way to STS with `egressTo`. */
  static irsa(options: { readonly roleArn: string }): CloudIdentity {
    const { roleArn } = options;
    return new CloudIdentity({ 'eks.amazonaws.com/role-arn': roleArn }, {}, [], { cloud: 'aws', way: 'irsa', roleArn });
  }

  /**
   * Microsoft Entra Workload ID. The token is projected by AKS; open the way to login.microsoftonline.com with `egressTo`.
   * @param options `tenantId` is where the identity is, `principalId` the object ID of its service principal, which roles are given to
   */
  static aks(
    options: PodUse & { readonly clientId: string; readonly tenantId?: string; readonly principalId?: string },
  ): CloudIdentity {
    const { clientId, tenantId, principalId, fromPod = true } = options;
    return new CloudIdentity(
      { 'azure.workload.identity/client-id': clientId },
      fromPod ? { 'azure.workload.identity/use': 'true' } : {},
      [],
      {
        cloud: 'azure',
        clientId,
        ...(tenantId !== undefined && { tenantId }),
        ...(principalId !== undefined && { principalId }),
      },
    );
  }

  private constructor(
    /** Annotations of the workload's ServiceAccount. */
    readonly serviceAccountAnnotations: Readonly<Record<string, string>>,
    /** Labels of its pods. */
    readonly podLabels: Readonly<Record<string, string>>,
    /** What it must reach. */
    readonly egress: readonly Opening[],
    /** Who it is, for what reads secrets on its behalf. */
    readonly login: CloudLogin,
  ) {}
}

function endpoint(cidrs: readonly [string], port: number): Opening {
  return { peers: [{ ipBlock: { cidr: cidrs[0] } }], ports: [{ protocol: 'TCP', port }] };
}
