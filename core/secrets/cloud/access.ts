import { groupBy } from '../../group-by';
import type { SecretFault } from '../fault';
import { type AwsSource, parseArn } from './aws';
import { type AwsPolicyDocument, awsPolicy } from './aws-policy';
import type { AzureObject, AzureSource } from './azure';
import type { GcpSource } from './gcp';
import type { AwsLogin, AzureLogin, CloudLogin, GcpLogin } from './login';
import type { Cloud, CloudDeliveryId, CloudSecrets } from './settings';
import type { CloudSource } from './source';

/** A workload, who it is to its cloud, and what it reads there. */
export interface CloudReader {
  /** `Deployment payments/api`. */
  readonly workload: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly login: CloudLogin;
  readonly reads: readonly { readonly source: CloudSource; readonly delivery: CloudDeliveryId }[];
}

/** What a cloud has to allow a ServiceAccount. */
export interface CloudGrant {
  /** `payments.api`: a namespace has no dot in it, so that no two ServiceAccounts share a name. */
  readonly name: string;
  readonly namespace: string;
  readonly serviceAccountName: string;
  /** The workloads that run as it. */
  readonly workloads: readonly string[];
}

/** The policy of AWS IAM for a ServiceAccount. */
export interface AwsGrant extends CloudGrant {
  readonly policy: AwsPolicyDocument;
  /** The arguments of `aws.iam.Policy` of Pulumi. */
  readonly policyArgs: AwsPolicyArgs;
  /** The arguments of `aws.iam.RolePolicy` of Pulumi. @default - none where nothing says which role it is, as with EKS Pod Identity */
  readonly rolePolicyArgs?: AwsRolePolicyArgs;
}

/** As `aws.iam.PolicyArgs` of Pulumi. */
export interface AwsPolicyArgs {
  readonly name: string;
  readonly description: string;
  /** The document, as JSON. */
  readonly policy: string;
}

/** As `aws.iam.RolePolicyArgs` of Pulumi. */
export interface AwsRolePolicyArgs {
  readonly name: string;
  readonly role: string;
  readonly policy: string;
}

/** Who may read the secrets of Google Cloud that a ServiceAccount reads. */
export interface GcpGrant extends CloudGrant {
  /** One for each secret: the arguments of `gcp.secretmanager.SecretIamMember`, or of `RegionalSecretIamMember` where they name a location. */
  readonly members: readonly GcpSecretMemberArgs[];
}

/** As `gcp.secretmanager.SecretIamMemberArgs` of Pulumi; with a location, as `RegionalSecretIamMemberArgs`. */
export interface GcpSecretMemberArgs {
  readonly project: string;
  readonly location?: string;
  readonly secretId: string;
  readonly role: typeof gcpRole;
  readonly member: string;
}

/** What a ServiceAccount may read of key vaults. */
export interface AzureGrant extends CloudGrant {
  /** One for each secret, key or certificate. */
  readonly roleAssignments: readonly AzureRoleAssignmentArgs[];
}

/** As `azure_native.authorization.RoleAssignmentArgs` of Pulumi. */
export interface AzureRoleAssignmentArgs {
  /** The one secret. */
  readonly scope: string;
  readonly roleDefinitionId: string;
  readonly principalId: string;
  readonly principalType: 'ServicePrincipal';
}

/** What the clouds have to allow, one grant a ServiceAccount, by name. */
export interface CloudGrants {
  readonly aws: readonly AwsGrant[];
  readonly gcp: readonly GcpGrant[];
  readonly azure: readonly AzureGrant[];
}

/** What keeps a grant from being made. */
export interface CloudGrantFault extends SecretFault {
  /** The workloads that it is for. */
  readonly workloads: readonly string[];
}

/** @see https://cloud.google.com/secret-manager/docs/access-control */
const gcpRole = 'roles/secretmanager.secretAccessor';

/**
 * The built-in role for each kind of object: of a key and of a certificate the public part is read, which is what the role Key Vault Reader reads.
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security
 */
const azureRoles: Readonly<Record<AzureObject, { readonly id: string; readonly folder: string }>> = {
  secret: { id: '4633458b-17de-408a-b874-0445c86b69e6', folder: 'secrets' },
  key: { id: '21090545-7ca7-4776-b22c-e363652d74d2', folder: 'keys' },
  certificate: { id: '21090545-7ca7-4776-b22c-e363652d74d2', folder: 'certificates' },
};

/** What the clouds have to allow so that these workloads can read what they declare, and nothing beside it. */
export function cloudGrants(
  readers: readonly CloudReader[],
  places: CloudSecrets = {},
): { readonly grants: CloudGrants; readonly faults: readonly CloudGrantFault[] } {
  const faults: CloudGrantFault[] = [];
  const made = { aws: [] as AwsGrant[], gcp: [] as GcpGrant[], azure: [] as AzureGrant[] };
  const groups = groupBy(readers, ({ namespace, serviceAccountName, login }) =>
    JSON.stringify([login.cloud, `${namespace}.${serviceAccountName}`]),
  );
  for (const [, own] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = own;
    if (first === undefined) continue;
    const { namespace, serviceAccountName, login } = first;
    const name = `${namespace}.${serviceAccountName}`;
    const workloads = own.map(({ workload }) => workload).sort();
    const grant: CloudGrant = { name, namespace, serviceAccountName, workloads };
    const reads = own.flatMap((each) => each.reads);
    faults.push(
      ...make[login.cloud](grant, reads as never, login as never, places, made).map((fault) => ({
        ...fault,
        workloads,
      })),
    );
  }
  return { grants: made, faults };
}

type Made = { readonly aws: AwsGrant[]; readonly gcp: GcpGrant[]; readonly azure: AzureGrant[] };

/** Adds the grant, or says what it lacks. */
const make: Readonly<
  Record<
    Cloud,
    (grant: CloudGrant, reads: never, login: never, places: CloudSecrets, made: Made) => readonly SecretFault[]
  >
> = {
  aws: (
    grant: CloudGrant,
    reads: readonly { readonly source: AwsSource; readonly delivery: CloudDeliveryId }[],
    { roleArn }: AwsLogin,
    { aws }: CloudSecrets,
    made: Made,
  ) => {
    const account = (roleArn === undefined ? undefined : parseArn(roleArn)?.account) ?? aws?.account;
    if (account === undefined && reads.some(({ source }) => source.account === undefined)) return [noAccount];
    const policy = awsPolicy(reads, account ?? '');
    const text = JSON.stringify(policy);
    const role = roleArn?.slice(roleArn.lastIndexOf('/') + 1);
    const description = `What ${grant.workloads.join(', ')} may read. Made by kube-bulwark.`;
    made.aws.push({
      ...grant,
      policy,
      policyArgs: { name: grant.name, description: description.slice(0, 1000), policy: text },
      ...(role !== undefined && { rolePolicyArgs: { name: grant.name, role, policy: text } }),
    });
    return [];
  },
  gcp: (
    grant: CloudGrant,
    reads: readonly { readonly source: GcpSource }[],
    login: GcpLogin,
    _: CloudSecrets,
    made: Made,
  ) => {
    const member = gcpMember(grant, login);
    if (member === undefined) return [noPrincipal];
    const members = reads.map(
      ({ source: { project, location, secret } }): GcpSecretMemberArgs => ({
        project,
        ...(location !== undefined && { location }),
        secretId: secret,
        role: gcpRole,
        member,
      }),
    );
    made.gcp.push({ ...grant, members: distinct(members) });
    return [];
  },
  azure: (
    grant: CloudGrant,
    reads: readonly { readonly source: AzureSource }[],
    { principalId }: AzureLogin,
    _: CloudSecrets,
    made: Made,
  ) => {
    const faults = reads.flatMap(({ source: { vaultId, vault } }) => (vaultId === undefined ? [noVaultId(vault)] : []));
    if (principalId === undefined) return [noObjectId, ...distinct(faults)];
    if (faults.length > 0) return distinct(faults);
    const roleAssignments = reads.map(({ source: { vaultId = '', object, name } }): AzureRoleAssignmentArgs => {
      const { id, folder } = azureRoles[object];
      const subscription = vaultId.split('/').slice(0, 3).join('/');
      return {
        scope: `${vaultId}/${folder}/${name}`,
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
        principalId,
        principalType: 'ServicePrincipal',
      };
    });
    made.azure.push({ ...grant, roleAssignments: distinct(roleAssignments) });
    return [];
  },
};

/** Who it is in a binding. @see https://cloud.google.com/iam/docs/principal-identifiers */
function gcpMember(
  { namespace, serviceAccountName }: CloudGrant,
  { serviceAccount, project, projectNumber }: GcpLogin,
): string | undefined {
  if (serviceAccount !== undefined) return `serviceAccount:${serviceAccount}`;
  if (project === undefined || projectNumber === undefined) return undefined;
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
  return `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${serviceAccountName}`;
}

const noAccount: SecretFault = {
  property: 'cloudSecrets.aws.account',
  message: 'a policy names secrets by ARN, and nothing says in which account they are',
  remedy: "name it: cloudSecrets: { aws: { account: '111122223333' } }; or the role: CloudIdentity.irsa({ roleArn })",
};

const noPrincipal: SecretFault = {
  property: 'cloudIdentity',
  message: 'nothing says who it is to Google Cloud',
  remedy:
    "name a service account, or the cluster's project by ID and number: CloudIdentity.gke({ project, projectNumber })",
};

const noObjectId: SecretFault = {
  property: 'cloudIdentity',
  message: 'a role is given to an object of Entra, and nothing says which: its client ID is none',
  remedy: 'name the object ID of its service principal: CloudIdentity.aks({ clientId, principalId })',
};

function noVaultId(vault: string): SecretFault {
  return {
    property: 'keyVault',
    value: vault,
    message: `a role is for one resource, and nothing says where the key vault ${vault} is`,
    remedy:
      "name its resource ID: '/subscriptions/…/vaults/…'; or for the app: cloudSecrets: { azure: { subscriptionId, resourceGroup } }",
  };
}

function distinct<T>(all: readonly T[]): readonly T[] {
  const byText = new Map(all.map((each) => [JSON.stringify(each), each]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** What the clouds have to allow as files, by path: IAM policies, members of secrets, role assignments. */
export function cloudFiles({ aws, gcp, azure }: CloudGrants): ReadonlyMap<string, string> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ...aws.map(({ name, policy }): [string, string] => [`aws/${name}.json`, json(policy)]),
    ...azure.map(({ name, roleAssignments }): [string, string] => [`azure/${name}.json`, json(roleAssignments)]),
    ...gcp.map(({ name, members }): [string, string] => [`gcp/${name}.json`, json(members)]),
  ]);
}
