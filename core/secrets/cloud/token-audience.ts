import type { SecretFault } from '../fault';
import type { CloudLogin } from './login';
import type { Cloud } from './settings';

const ofAws = { irsa: 'sts.amazonaws.com', 'pod-identity': 'pods.eks.amazonaws.com' } as const;

const noProject: SecretFault = {
  property: 'cloudIdentity',
  message: "nothing says in which project the cluster is, and tokens for Google Cloud are for the project's pool",
  remedy: "name it by its ID: CloudIdentity.gke({ project: 'acme-clusters', … })",
};

type Audience = { readonly audience: string } | { readonly fault: SecretFault };

/** @see https://github.com/aws/secrets-store-csi-driver-provider-aws#installation */
const audiences: { readonly [C in Cloud]: (login: Extract<CloudLogin, { readonly cloud: C }>) => Audience } = {
  aws: ({ way }) => ({ audience: ofAws[way] }),
  gcp: ({ project }) => (project === undefined ? { fault: noProject } : { audience: `${project}.svc.id.goog` }),
  azure: () => ({ audience: 'api://AzureADTokenExchange' }),
};

/** Who the token of a pod is for that a provider of the Secrets Store CSI driver logs in to its cloud with; or what has to be said for that. */
export function tokenAudience(login: CloudLogin): Audience {
  return (audiences[login.cloud] as (login: CloudLogin) => Audience)(login);
}
