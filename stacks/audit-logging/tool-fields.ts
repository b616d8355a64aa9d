import type { AuditLoggingArgs } from './args';

/** The arguments that have what a tool is told besides. */
export type ToolGroup = keyof Pick<AuditLoggingArgs, 'kind' | 'clusterApi' | 'kops' | 'eks' | 'gke' | 'aks'>;

/** One value of a group. */
export interface Field {
  readonly required: boolean;
  readonly pattern: RegExp;
  /** In words, for the remedy. */
  readonly form: string;
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const name = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const field = (pattern: RegExp, form: string, required = true): Field => ({ required, pattern, form });
const kmsArn = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
const kmsArnForm = 'the ARN of a key: arn:aws:kms:<region>:<account>:key/<id>';

/** What is known of the values of each group. */
export const fields: Readonly<Record<ToolGroup, Readonly<Record<string, Field>>>> = {
  kind: { hostFolder: field(/^[A-Za-z0-9_./@+-]+$/, 'a path on this machine, with letters, digits and -_.@+', false) },
  clusterApi: {
    name: field(name, 'the name of the KubeadmControlPlane'),
    namespace: field(label, 'its namespace'),
    secretName: field(name, 'the name of a Secret', false),
  },
  kops: { clusterName: field(name, 'the name of the cluster: prod.example.com') },
  eks: {
    clusterName: field(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'the name of the cluster'),
    kmsKeyArn: field(kmsArn, kmsArnForm),
    logKmsKeyArn: field(kmsArn, kmsArnForm, false),
  },
  gke: {
    project: field(/^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'the id of the project'),
    kmsKeyName: field(
      /^projects\/[^/\s]+\/locations\/[^/\s]+\/keyRings\/[^/\s]+\/cryptoKeys\/[^/\s]+$/,
      'a key of Cloud KMS: projects/…/locations/…/keyRings/…/cryptoKeys/…',
    ),
  },
  aks: {
    workspaceId: field(
      /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/\s]+$/i,
      'the resource id of a Log Analytics workspace: /subscriptions/…/workspaces/…',
    ),
    kmsKeyId: field(
      /^https:\/\/[a-z0-9-]+\.vault\.[a-z.]+\/keys\/[A-Za-z0-9-]+\/[A-Za-z0-9]+$/,
      'a key with its version: https://<vault>.vault.azure.net/keys/<name>/<version>',
    ),
    privateKeyVaultId: field(/^\/subscriptions\/\S+\/vaults\/[^/\s]+$/i, 'the resource id of the Key Vault', false),
  },
};

/** The groups, in the order of the arguments. */
export const toolGroups = Object.keys(fields) as readonly ToolGroup[];
