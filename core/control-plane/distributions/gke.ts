import type { ControlPlane } from '../control-plane';
import { authenticationAnswer, commonAnswers, logDays, managedAccount } from './managed';
import { type ManagedControlPlane, requireTarget } from './written';

/** What is not said of the control plane itself. */
export interface GkeOptions {
  readonly project: string;
  /** The key of Cloud KMS for etcd: `projects/…/locations/…/keyRings/…/cryptoKeys/…`, in the location of the cluster. */
  readonly kmsKeyName: string;
}

/** By the names of the resources of Google Cloud (`gcp.container.Cluster`, `gcp.projects.IAMAuditConfig`, `gcp.logging.ProjectBucketConfig`). */
export interface GkeValues {
  readonly cluster: {
    readonly anonymousAuthenticationConfig: { readonly mode: 'LIMITED' };
    readonly databaseEncryption: { readonly state: 'ENCRYPTED'; readonly keyName: string };
    readonly enableLegacyAbac: false;
    readonly loggingConfig: { readonly enableComponents: readonly string[] };
  };
  /** Without it, reads and writes of data stand in no log: Data Access logs are off by default. */
  readonly auditConfig: {
    readonly project: string;
    readonly service: 'container.googleapis.com';
    readonly auditLogConfigs: readonly { readonly logType: 'ADMIN_READ' | 'DATA_READ' | 'DATA_WRITE' }[];
  };
  /** The bucket that Data Access logs go to unless a sink sends them elsewhere. */
  readonly logBucket: {
    readonly project: string;
    readonly bucketId: '_Default';
    readonly location: 'global';
    readonly retentionDays: number;
  };
}

/**
 * For GKE: logs, encryption and anonymous requests of the cluster, and Data Access logs of the project. The audit policy is Google's.
 * @throws ControlPlaneError for a target of another distribution, and for a log that is to be kept for longer than it can
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/audit-policy
 */
export function writeGke(
  controlPlane: ControlPlane,
  { project, kmsKeyName }: GkeOptions,
): ManagedControlPlane<GkeValues> {
  requireTarget(controlPlane.target, 'GKE', ['gke', 'gke-autopilot']);
  return {
    ...managedAccount(controlPlane, {
      ...commonAnswers('GKE'),
      auditLog: { by: 'auditConfig and logBucket.retentionDays' },
      auditPolicy: {
        why: 'GKE has an audit policy of its own, which cannot be changed',
        instead: 'choose by sinks and exclusions of Cloud Logging what is kept of Data Access logs',
      },
      authentication: authenticationAnswer(
        controlPlane,
        'cluster.anonymousAuthenticationConfig: LIMITED answers health checks alone without credentials',
        'use Workforce Identity Federation for users of other issuers',
      ),
      authorization: { by: 'GKE, which authorizes by RBAC and IAM, and cluster.enableLegacyAbac: false' },
      encryption: { by: 'cluster.databaseEncryption, with a key of Cloud KMS' },
    }),
    values: {
      cluster: {
        anonymousAuthenticationConfig: { mode: 'LIMITED' },
        databaseEncryption: { state: 'ENCRYPTED', keyName: kmsKeyName },
        enableLegacyAbac: false,
        loggingConfig: {
          enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER'],
        },
      },
      auditConfig: {
        project,
        service: 'container.googleapis.com',
        auditLogConfigs: [{ logType: 'ADMIN_READ' }, { logType: 'DATA_READ' }, { logType: 'DATA_WRITE' }],
      },
      logBucket: {
        project,
        bucketId: '_Default',
        location: 'global',
        retentionDays: logDays(controlPlane, 'Cloud Logging', 3650),
      },
    },
  };
}
