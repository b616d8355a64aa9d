import { type Distribution, distributions } from './distribution';

/**
 * Where the API server is, as a NetworkPolicy sees it: its endpoints behind the Service `kubernetes`, not the Service's
 * own address, because most network plugins judge a packet after it has been sent on to an endpoint.
 */
export interface ApiServer {
  /**
   * The endpoints' addresses (`kubectl get endpointslices kubernetes`); empty where they have not been declared. An
   * empty list of peers in a NetworkPolicy would mean every address: never pass it on.
   */
  readonly cidrs: readonly string[];
  /** The endpoints' port. */
  readonly port: number;
}

/** What an owner declares about the API server. */
export interface ApiServerOptions {
  /**
   * The endpoints' addresses, as CIDRs: `['10.0.0.2/32']`, or the control plane's subnets where they come and go.
   * @default - unknown
   */
  readonly cidrs?: readonly string[];
  /** The endpoints' port. @default - 443 on EKS, GKE and AKS; 6443 elsewhere */
  readonly port?: number;
}

/** The declared API server, and the distribution's port where none is declared. */
export function apiServerOf(distribution: Distribution, options: ApiServerOptions = {}): ApiServer {
  return { cidrs: options.cidrs ?? [], port: options.port ?? distributions[distribution].apiServerPort };
}
