/** Workloads of three clouds that read secrets, for tests. */
import {
  type BulwarkApp,
  type BulwarkAppProps,
  CloudIdentity,
  type CloudSecrets,
  SecureDeployment,
  type SecureDeploymentProps,
} from '../../index';
import { basics, testNamespace } from './app';

export const cloudSecrets: CloudSecrets = {
  aws: { region: 'eu-central-1', account: '111122223333' },
  gcp: { project: 'acme-shop' },
  azure: {
    tenantId: '11111111-2222-3333-4444-555555555555',
    subscriptionId: '66666666-7777-8888-9999-000000000000',
    resourceGroup: 'shop',
  },
};

export const identities = {
  irsa: CloudIdentity.irsa({ roleArn: 'arn:aws:iam::111122223333:role/shop/orders' }),
  podIdentity: CloudIdentity.eksPodIdentity({ ipv6: true, fromPod: false }),
  serviceAccount: CloudIdentity.gke({ serviceAccount: 'orders@acme-shop.iam.gserviceaccount.com', fromPod: false }),
  principal: CloudIdentity.gke({ project: 'acme-clusters', projectNumber: '123456789012', fromPod: false }),
  entra: CloudIdentity.aks({
    clientId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    principalId: 'ffffffff-0000-1111-2222-333333333333',
    fromPod: false,
  }),
} as const;

export type IdentityName = keyof typeof identities;

/** An app with one Deployment `orders` in `shop` that is somebody to its cloud. */
export function reading(
  secrets: SecureDeploymentProps['secrets'],
  identity: IdentityName | undefined,
  { cloudSecrets: settings, ...app }: Partial<BulwarkAppProps> = {},
  props: Partial<SecureDeploymentProps> = {},
): BulwarkApp {
  const made = testNamespace({ cloudSecrets: { ...cloudSecrets, ...settings }, ...app });
  const cloudIdentity = identity && identities[identity];
  new SecureDeployment(made.shop, 'orders', { ...basics, secrets, ...(cloudIdentity && { cloudIdentity }), ...props });
  return made.app;
}
