import { parseArn } from '../../../../core/secrets/cloud/aws';
import { isUuid } from '../../../../core/secrets/cloud/azure';
import type { CloudLogin } from '../../../../core/secrets/cloud/login';
import { type Cloud, type CloudDeliveryId, cloudTitles } from '../../../../core/secrets/cloud/settings';
import type { CloudSource } from '../../../../core/secrets/cloud/source';
import type { SecretFault } from '../../../../core/secrets/fault';

/** How a workload becomes somebody to a cloud. */
const examples: Readonly<Record<Cloud, string>> = {
  aws: "CloudIdentity.irsa({ roleArn: 'arn:aws:iam::111122223333:role/payments-api' })",
  gcp: "CloudIdentity.gke({ serviceAccount: 'api@acme-payments.iam.gserviceaccount.com' })",
  azure: "CloudIdentity.aks({ clientId: '…', tenantId: '…' })",
};

/** What keeps a workload from reading a secret of a cloud as itself. There is no other way: keys of clouds are not stored. */
export function identityFault(
  cloud: Cloud,
  delivery: CloudDeliveryId,
  source: CloudSource,
  login: CloudLogin | undefined,
): SecretFault | undefined {
  const fault = (message: string, remedy: string): SecretFault => ({ property: 'cloudIdentity', message, remedy });
  if (login === undefined) {
    const message = `to ${cloudTitles[cloud]} it is nobody: no key is stored for it, and it has no identity`;
    return fault(message, `give the workload one: cloudIdentity: ${examples[cloud]}`);
  }
  if (login.cloud !== cloud || source.cloud !== cloud) {
    const message = `it is somebody to ${cloudTitles[login.cloud]}, and its secret is in ${cloudTitles[cloud]}`;
    return fault(message, `give the workload that cloud's identity: cloudIdentity: ${examples[cloud]}`);
  }
  if (login.cloud === 'aws') return awsFault(delivery, login.way, login.roleArn, fault);
  if (login.cloud === 'azure')
    return azureFault(
      login.clientId,
      source.cloud === 'azure' ? (source.tenantId ?? login.tenantId) : undefined,
      fault,
    );
  return undefined;
}

type MakeFault = (message: string, remedy: string) => SecretFault;

function awsFault(
  delivery: CloudDeliveryId,
  way: 'irsa' | 'pod-identity',
  roleArn: string | undefined,
  fault: MakeFault,
): SecretFault | undefined {
  if (delivery === 'operator' && way === 'pod-identity')
    return fault(
      'External Secrets Operator cannot be a pod of EKS Pod Identity: it asks as a ServiceAccount whose role is annotated',
      `use ${examples.aws}, or deliver it by csi`,
    );
  const arn = roleArn === undefined ? undefined : parseArn(roleArn);
  if (roleArn === undefined || (arn?.service === 'iam' && arn.resource.startsWith('role/') && arn.account !== ''))
    return;
  return fault(`${JSON.stringify(roleArn)} is no ARN of a role`, `name the role: ${examples.aws}`);
}

function azureFault(clientId: unknown, tenantId: unknown, fault: MakeFault): SecretFault | undefined {
  if (!isUuid(clientId)) return fault(`${JSON.stringify(clientId)} is no client ID`, 'give the UUID');
  if (isUuid(tenantId)) return undefined;
  const message =
    tenantId === undefined ? 'nothing says in which tenant it is' : `${JSON.stringify(tenantId)} is no ID of a tenant`;
  return fault(message, `name the tenant: ${examples.azure}; or for the app: cloudSecrets: { azure: { tenantId } }`);
}
