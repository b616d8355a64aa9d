import type { ClusterTarget, Distribution } from '../../core/cluster';
import { distributions } from '../../core/cluster/distribution';
import type { Opening } from '../../core/network/policy-spec';
import type { CloudLogin } from '../../core/secrets/cloud/login';
import type { DeclarationFault } from '../app/declaration';
import { flag, required, type Shape, type Shapes, takeCall, value } from '../app/shape';
import type { WorkloadNetwork } from './workload-network';

/** Whether the pods themselves use the identity. */
export interface PodUse {
  /**
   * Whether its pods may fetch credentials. Where they need not, because a driver or an operator reads their secrets for them, the pods stay closed.
   * @default true
   */
  readonly fromPod?: boolean;
}

/** A service account of Google Cloud, or the ServiceAccount itself as a principal of the cluster's project. */
export type GkeIdentityOptions = PodUse &
  (
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

/** Where in a cluster credentials are handed out. */
interface Endpoint {
  /** Who does, in words. */
  readonly server: string;
  /** The distributions that have it. Of a generic one nobody knows. */
  readonly of: readonly Distribution[];
  readonly at: (target: ClusterTarget) => readonly [cidr: string, port: number];
}

const gkeMetadata: Endpoint = {
  server: 'metadata server of GKE',
  of: ['gke', 'gke-autopilot'],
  at: ({ cni }) => (cni === 'gke-dataplane-v2' ? ['169.254.169.254/32', 80] : ['169.254.169.252/32', 988]),
};

// Fargate has no nodes that the agent could run on: https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
const eksAgent = (cidr: string): Endpoint => ({
  server: 'agent of EKS Pod Identity',
  of: ['eks'],
  at: () => [cidr, 80],
});

interface EksOptions extends PodUse {
  readonly ipv6?: boolean;
  readonly roleArn?: string;
}

interface IrsaOptions {
  readonly roleArn: string;
}

interface AksOptions extends PodUse {
  readonly clientId: string;
  readonly tenantId?: string;
  readonly principalId?: string;
}

const id: Shape = value('a text that says something', (given) => typeof given === 'string' && given.trim() !== '');
const role = 'arn:aws:iam::123456789012:role/shop';

const gkeShapes: Shapes<GkeIdentityOptions> = { serviceAccount: id, project: id, projectNumber: id, fromPod: flag };
const eksShapes: Shapes<EksOptions> = { ipv6: flag, roleArn: id, fromPod: flag };
const irsaShapes: Shapes<IrsaOptions> = { roleArn: required(id, `'${role}'`, role) };
const aksShapes: Shapes<AksOptions> = {
  clientId: required(id, "'00000000-0000-0000-0000-000000000000'", '00000000-0000-0000-0000-000000000000'),
  tenantId: id,
  principalId: id,
  fromPod: flag,
};

/**
 * Who a workload is to its cloud, without a stored key. It sets the annotations and labels that the cloud's controller reads, and opens
 * the one address and port where the credentials come from, if there is one in the cluster.
 */
export class CloudIdentity {
  /**
   * GKE Workload Identity Federation. The metadata server answers at 169.254.169.252:988, and where the target's `cni` is `gke-dataplane-v2` at
   * 169.254.169.254:80.
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity
   */
  static gke(options: GkeIdentityOptions): CloudIdentity {
    const { props, faults } = takeCall<GkeIdentityOptions>(gkeShapes, {}, options);
    const { serviceAccount, project, projectNumber, fromPod = true } = props;
    return new CloudIdentity(
      serviceAccount === undefined ? {} : { 'iam.gke.io/gcp-service-account': serviceAccount },
      {},
      gkeMetadata,
      fromPod,
      {
        cloud: 'gcp',
        ...(serviceAccount !== undefined && { serviceAccount }),
        ...(project !== undefined && { project }),
        ...(projectNumber !== undefined && { projectNumber }),
      },
      faults,
    );
  }

  /**
   * EKS Pod Identity: the agent on the node answers at 169.254.170.23:80. The association is made in AWS.
   * @param options `roleArn` is the role of the association, which nothing in the cluster has to know: for the arguments of its policy
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
   */
  static eksPodIdentity(options: PodUse & { readonly ipv6?: boolean; readonly roleArn?: string } = {}): CloudIdentity {
    const { props, faults } = takeCall<EksOptions>(eksShapes, {}, options);
    const { ipv6, roleArn, fromPod = true } = props;
    const agent = eksAgent(ipv6 ? 'fd00:ec2::23/128' : '169.254.170.23/32');
    const login = {
      cloud: 'aws' as const,
      way: 'pod-identity' as const,
      ...(roleArn !== undefined && { roleArn }),
      ...(ipv6 !== undefined && { ipv6 }),
    };
    return new CloudIdentity({}, {}, agent, fromPod, login, faults);
  }

  /** IAM roles for service accounts. The token is projected by EKS; open the way to STS with `egressTo`. */
  static irsa(options: { readonly roleArn: string }): CloudIdentity {
    const { props, faults } = takeCall<IrsaOptions>(irsaShapes, {}, options);
    const { roleArn } = props;
    const annotations = { 'eks.amazonaws.com/role-arn': roleArn };
    return new CloudIdentity(annotations, {}, undefined, true, { cloud: 'aws', way: 'irsa', roleArn }, faults);
  }

  /**
   * Microsoft Entra Workload ID. The token is projected by AKS; open the way to login.microsoftonline.com with `egressTo`.
   * @param options `tenantId` is where the identity is, `principalId` the object ID of its service principal, which roles are given to
   */
  static aks(
    options: PodUse & { readonly clientId: string; readonly tenantId?: string; readonly principalId?: string },
  ): CloudIdentity {
    const { props, faults } = takeCall<AksOptions>(aksShapes, {}, options);
    const { clientId, tenantId, principalId, fromPod = true } = props;
    return new CloudIdentity(
      {
        'azure.workload.identity/client-id': clientId,
        ...(tenantId !== undefined && { 'azure.workload.identity/tenant-id': tenantId }),
      },
      fromPod ? { 'azure.workload.identity/use': 'true' } : {},
      undefined,
      fromPod,
      {
        cloud: 'azure',
        clientId,
        ...(tenantId !== undefined && { tenantId }),
        ...(principalId !== undefined && { principalId }),
      },
      faults,
    );
  }

  private constructor(
    /** Annotations of the workload's ServiceAccount. */
    readonly serviceAccountAnnotations: Readonly<Record<string, string>>,
    /** Labels of its pods. */
    readonly podLabels: Readonly<Record<string, string>>,
    /** Undefined where it has a token of its own, which the cloud itself takes. */
    private readonly endpoint: Endpoint | undefined,
    private readonly fromPod: boolean,
    /** Who it is, for what reads secrets on its behalf. */
    readonly login: CloudLogin,
    /** What was wrong with the options. @internal */
    readonly faults: readonly DeclarationFault[],
  ) {}

  /** Opens the way to its credentials, where something in the cluster hands them out, and nothing where there is no such thing. @internal */
  openFor(network: WorkloadNetwork, target: ClusterTarget): void {
    if (this.endpoint === undefined) return;
    const fault = faultOf(this.endpoint, target);
    if (fault) network.fault(fault);
    if (fault || !this.fromPod) return;
    const [cidr, port] = this.endpoint.at(target);
    const opening: Opening = { peers: [{ ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port }] };
    network.open('egress', [opening], 'the credentials of its cloud identity');
  }
}

/** Why nobody hands out credentials there; undefined where somebody may. A warning: one program may be for a cloud and for a cluster on a desk. */
function faultOf({ server, of }: Endpoint, { distribution }: ClusterTarget): DeclarationFault | undefined {
  if (distribution === 'generic' || of.includes(distribution)) return undefined;
  const has = of.map((name) => distributions[name].title).join(' and ');
  return {
    rule: 'prop-valid',
    severity: 'warning',
    property: 'cloudIdentity',
    message: `the target is ${distributions[distribution].title}, and the ${server} is in ${has} alone`,
    remedy: 'give it an identity of the cloud that the cluster is in, or declare the distribution that it is of',
  };
}
