import type { ControlPlane } from '../control-plane';
import { commonAnswers, logDays, managedAccount } from './managed';
import { type ManagedControlPlane, requireTarget } from './written';

/**
 * The categories of logs that are sent. `kube-audit` and not `kube-audit-admin`, which leaves out get and list: nobody would see who read
 * a Secret.
 */
export const aksLogCategories = [
  'kube-audit',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'cloud-controller-manager',
  'guard',
] as const;

/** What is not said of the control plane itself. */
export interface AksOptions {
  /** The Log Analytics workspace: `/subscriptions/…/resourceGroups/…/providers/Microsoft.OperationalInsights/workspaces/…`. */
  readonly workspaceId: string;
  /** The key of Azure Key Vault, with its version: `https://<vault>.vault.azure.net/keys/<name>/<version>`. */
  readonly kmsKeyId: string;
  /** The Key Vault by its resource id, where it has no public endpoint. @default - reached by its public endpoint */
  readonly privateKeyVaultId?: string;
}

/** By the names of Azure's own resources (`Microsoft.ContainerService/managedClusters`, `Microsoft.Insights/diagnosticSettings`, the workspace). */
export interface AksValues {
  readonly cluster: {
    readonly disableLocalAccounts: true;
    readonly enableRBAC: true;
    readonly aadProfile: { readonly managed: true; readonly enableAzureRBAC: true };
    readonly securityProfile: {
      readonly azureKeyVaultKms: {
        readonly enabled: true;
        readonly keyId: string;
        readonly keyVaultNetworkAccess: 'Private' | 'Public';
        readonly keyVaultResourceId?: string;
      };
    };
  };
  readonly diagnosticSetting: {
    readonly workspaceId: string;
    readonly logAnalyticsDestinationType: 'Dedicated';
    readonly logs: readonly { readonly category: (typeof aksLogCategories)[number]; readonly enabled: true }[];
  };
  readonly workspace: { readonly retentionInDays: number };
}

/**
 * For AKS: access and encryption of the cluster, and the diagnostic setting without which there are no logs. The audit policy is Microsoft's.
 * @throws ControlPlaneError for a target of another distribution, and for a log that is to be kept for longer than it can
 * @see https://learn.microsoft.com/en-us/azure/aks/monitor-aks-reference#resource-logs
 */
export function writeAks(controlPlane: ControlPlane, options: AksOptions): ManagedControlPlane<AksValues> {
  requireTarget(controlPlane.target, 'AKS', ['aks']);
  const { workspaceId, kmsKeyId, privateKeyVaultId } = options;
  return {
    ...managedAccount(controlPlane, {
      ...commonAnswers('AKS'),
      auditLog: { by: 'diagnosticSetting.logs and workspace.retentionInDays' },
      auditPolicy: {
        why: 'AKS has an audit policy of its own, which cannot be changed',
        instead: 'drop what is not wanted by a transformation of the table AKSAudit in the workspace',
      },
      authentication: {
        why: 'AKS takes no AuthenticationConfiguration and has no setting for anonymous requests',
        instead:
          'give the API server a private endpoint or authorized IP ranges, bind nothing to system:unauthenticated, and let users come by Entra ID',
      },
      authorization: { by: 'AKS, which authorizes by RBAC and Azure RBAC: cluster.enableRBAC and cluster.aadProfile' },
      encryption: { by: 'cluster.securityProfile.azureKeyVaultKms, with a key of Azure Key Vault' },
    }),
    values: {
      cluster: {
        disableLocalAccounts: true,
        enableRBAC: true,
        aadProfile: { managed: true, enableAzureRBAC: true },
        securityProfile: {
          azureKeyVaultKms: {
            enabled: true,
            keyId: kmsKeyId,
            keyVaultNetworkAccess: privateKeyVaultId === undefined ? 'Public' : 'Private',
            ...(privateKeyVaultId !== undefined && { keyVaultResourceId: privateKeyVaultId }),
          },
        },
      },
      diagnosticSetting: {
        workspaceId,
        logAnalyticsDestinationType: 'Dedicated',
        logs: aksLogCategories.map((category) => ({ category, enabled: true as const })),
      },
      workspace: { retentionInDays: logDays(controlPlane, 'Log Analytics', 730) },
    },
  };
}
