import type { ControlPlane } from '../control-plane';
import { authenticationAnswer, commonAnswers, logDays, managedAccount } from './managed';
import { type ManagedControlPlane, requireTarget } from './written';

/** The logs of the control plane that EKS has; all of them are off unless asked for. */
export const eksLogTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

/** What is not said of the control plane itself. */
export interface EksOptions {
  readonly clusterName: string;
  /** The ARN of a symmetric KMS key for Secrets. It cannot be taken away from a cluster again. */
  readonly kmsKeyArn: string;
  /** The ARN of a KMS key for the logs, whose policy lets CloudWatch Logs use it. @default - a key of CloudWatch Logs */
  readonly logKmsKeyArn?: string;
}

/** By the names of the resources of EKS and CloudWatch Logs (`aws.eks.Cluster`, `aws.cloudwatch.LogGroup`). */
export interface EksValues {
  readonly cluster: {
    readonly enabledClusterLogTypes: readonly (typeof eksLogTypes)[number][];
    readonly encryptionConfig: {
      readonly provider: { readonly keyArn: string };
      readonly resources: readonly ['secrets'];
    };
    readonly accessConfig: {
      readonly authenticationMode: 'API';
      readonly bootstrapClusterCreatorAdminPermissions: false;
    };
  };
  /** Made before the cluster: EKS makes one that keeps everything for ever otherwise. */
  readonly logGroup: { readonly name: string; readonly retentionInDays: number; readonly kmsKeyId?: string };
}

/** What CloudWatch Logs takes as days. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

/**
 * For EKS: logs, encryption and access of the cluster. The audit policy is Amazon's.
 * @throws ControlPlaneError for a target of another distribution, and for a log that is to be kept for longer than it can
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export function writeEks(controlPlane: ControlPlane, options: EksOptions): ManagedControlPlane<EksValues> {
  requireTarget(controlPlane.target, 'EKS', ['eks', 'eks-fargate']);
  const { clusterName, kmsKeyArn, logKmsKeyArn } = options;
  const days = logDays(controlPlane, 'CloudWatch Logs', 3653);
  return {
    ...managedAccount(controlPlane, {
      ...commonAnswers('EKS'),
      auditLog: { by: 'cluster.enabledClusterLogTypes and logGroup.retentionInDays' },
      auditPolicy: {
        why: 'EKS has an audit policy of its own, which cannot be changed',
        instead: 'look for what it has in the log group, by filters of CloudWatch Logs',
      },
      authentication: authenticationAnswer(
        controlPlane,
        'EKS, which from 1.32 on answers /livez, /readyz and /healthz alone without credentials',
        'associate one issuer with the cluster (aws.eks.IdentityProviderConfig), or use access entries',
      ),
      authorization: { by: 'EKS, which authorizes by Node and RBAC, and cluster.accessConfig' },
      encryption: { by: 'cluster.encryptionConfig, with a key of AWS KMS' },
    }),
    values: {
      cluster: {
        enabledClusterLogTypes: eksLogTypes,
        encryptionConfig: { provider: { keyArn: kmsKeyArn }, resources: ['secrets'] },
        accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      },
      logGroup: {
        name: `/aws/eks/${clusterName}/cluster`,
        retentionInDays: retentions.find((retention) => retention >= days) ?? days,
        ...(logKmsKeyArn !== undefined && { kmsKeyId: logKmsKeyArn }),
      },
    },
  };
}
