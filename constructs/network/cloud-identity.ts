import type { Opening } from '../../core/network/policy-spec';

/**
 * Who a workload is to its cloud, without a stored key. It sets the annotations and labels that the cloud's controller reads, and opens
 * the one address and port where the credentials come from, if there is one in the cluster.
 */
export class CloudIdentity {
  /**
   * GKE Workload Identity Federation. The metadata server answers at 169.254.169.252:988, and with Dataplane V2 at 169.254.169.254:80.
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity
   */
  static gke(options: { readonly serviceAccount: string; readonly dataplaneV2?: boolean }): CloudIdentity {
    const [cidr, port] = options.dataplaneV2
      ? (['169.254.169.254/32', 80] as const)
      : (['169.254.169.252/32', 988] as const);
    return new CloudIdentity({ 'iam.gke.io/gcp-service-account': options.serviceAccount }, {}, [
      endpoint([cidr], port),
    ]);
  }

  /**
   * EKS Pod Identity: the agent on the node answers at 169.254.170.23:80. The association is made in AWS.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
   */
  static eksPodIdentity(options: { readonly ipv6?: boolean } = {}): CloudIdentity {
    const cidr = options.ipv6 ? 'fd00:ec2::23/128' : '169.254.170.23/32';
    return new CloudIdentity({}, {}, [endpoint([cidr], 80)]);
  }

  /** IAM roles for service accounts. The token is projected by EKS; open the way to STS with `egressTo`. */
  static irsa(options: { readonly roleArn: string }): CloudIdentity {
    return new CloudIdentity({ 'eks.amazonaws.com/role-arn': options.roleArn }, {}, []);
  }

  /** Microsoft Entra Workload ID. The token is projected by AKS; open the way to login.microsoftonline.com with `egressTo`. */
  static aks(options: { readonly clientId: string }): CloudIdentity {
    const annotations = { 'azure.workload.identity/client-id': options.clientId };
    return new CloudIdentity(annotations, { 'azure.workload.identity/use': 'true' }, []);
  }

  private constructor(
    /** Annotations of the workload's ServiceAccount. */
    readonly serviceAccountAnnotations: Readonly<Record<string, string>>,
    /** Labels of its pods. */
    readonly podLabels: Readonly<Record<string, string>>,
    /** What it must reach. */
    readonly egress: readonly Opening[],
  ) {}
}

function endpoint(cidrs: readonly [string], port: number): Opening {
  return { peers: [{ ipBlock: { cidr: cidrs[0] } }], ports: [{ protocol: 'TCP', port }] };
}
