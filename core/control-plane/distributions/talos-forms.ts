import { fault } from '../checks';
import { ControlPlaneError, type ControlPlaneFault } from '../fault';

/** Where a machine configuration has Kubernetes' settings: below `cluster`, or in documents of their own. */
export type TalosForm = 'cluster' | 'documents';

/** The fields below `cluster`, and the documents that Talos refuses beside each of them. */
const conflicts: readonly (readonly [field: string, ...kinds: string[]])[] = [
  [
    'apiServer',
    'KubeAPIServerConfig',
    'KubeAuditPolicyConfig',
    'KubeAdmissionControlConfig',
    'KubeAuthenticationConfig',
    'KubeAuthorizerConfig',
  ],
  ['controllerManager', 'KubeControllerManagerConfig'],
  ['scheduler', 'KubeSchedulerConfig'],
  ['secretboxEncryptionSecret', 'KubeEtcdEncryptionConfig'],
  ['aescbcEncryptionSecret', 'KubeEtcdEncryptionConfig'],
];

/**
 * Refuses a machine configuration that has in the other form what is to be written: Talos takes no configuration with both.
 * @throws ControlPlaneError with every such place at once
 */
export function requireOneForm(form: TalosForm, machineConfig: readonly object[]): void {
  const faults = form === 'documents' ? besideDocuments(machineConfig) : besideCluster(machineConfig);
  if (faults.length > 0) throw new ControlPlaneError(faults);
}

function besideDocuments(machineConfig: readonly object[]): readonly ControlPlaneFault[] {
  const fields = machineConfig.flatMap((document) => {
    const { cluster, kind } = document as { readonly cluster?: object; readonly kind?: string };
    return kind === undefined ? Object.keys(cluster ?? {}) : [];
  });
  return conflicts.flatMap(([field, ...kinds]) => {
    if (!fields.includes(field)) return [];
    const message = `Talos takes no ${kinds.join(', ')} beside it`;
    // What stands in it may be a key.
    return [
      fault(
        `machineConfig.cluster.${field}`,
        undefined,
        message,
        "move it to documents, or use form: 'cluster' up to Talos 1.13",
      ),
    ];
  });
}

function besideCluster(machineConfig: readonly object[]): readonly ControlPlaneFault[] {
  const known = new Map(conflicts.flatMap(([field, ...kinds]) => kinds.map((kind) => [kind, field] as const)));
  return machineConfig.flatMap((document, i) => {
    const { kind } = document as { readonly kind?: string };
    const field = kind === undefined ? undefined : known.get(kind);
    if (field === undefined) return [];
    const message = `Talos takes no cluster.${field} beside a ${kind}`;
    return [fault(`machineConfig[${i}].kind`, kind, message, "use form: 'documents'")];
  });
}
