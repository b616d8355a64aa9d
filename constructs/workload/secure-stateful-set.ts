import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { platformOf } from '../app/platform-of';
import { takeProps } from '../app/shape';
import { byteQuantity } from '../kplus';
import type { ByteQuantity } from './resources';
import { ScalableWorkload, type ScalableWorkloadProps } from './scalable-workload';
import { shapesOf } from './workload-shape';

/** A persistent volume for each pod. */
export interface StorageProps {
  /** Where the main container finds it. */
  readonly path: string;
  readonly size: ByteQuantity | Size;
  /** @default - the path's last part */
  readonly name?: string;
  /** @default - the cluster's default */
  readonly storageClass?: string;
  /** @default 'ReadWriteOnce' */
  readonly accessMode?: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany';
}

export interface SecureStatefulSetProps extends ScalableWorkloadProps {
  /** Volumes that each pod keeps. They can never change in a live cluster. @default - none */
  readonly storage?: readonly StorageProps[];
  /**
   * `OrderedReady` starts its pods one by one, each when the one before it is ready, and stops them in the reverse order; `Parallel` all at
   * once, for programs that find each other themselves. It can never change in a live cluster.
   * @default 'OrderedReady'
   */
  readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
}

/**
 * Replicas with a name and a disk of their own: databases, queues. One of them unless told otherwise.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class SecureStatefulSet extends ScalableWorkload {
  constructor(scope: Construct, id: string, given: SecureStatefulSetProps) {
    const taken = takeProps<SecureStatefulSetProps>(shapesOf.StatefulSet, given);
    const { props } = taken;
    const storage = (props.storage ?? []).map((entry) => ({
      ...entry,
      name: entry.name ?? entry.path.split('/').findLast((part) => part !== '') ?? 'data',
    }));
    super(scope, id, taken, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      // The pods bear a label of the name and a hash of ten characters.
      maxNameLength: 52,
      role: 'service',
      disruptable: true,
      headlessService: true,
      claims: storage,
      spec: (template) => ({
        ...this.replicasField(),
        revisionHistoryLimit: platformOf(this).profile.revisionHistoryLimit,
        serviceName: (props.service || undefined)?.name ?? this.name,
        podManagementPolicy: props.podManagementPolicy ?? 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate' },
        selector: { matchLabels: { ...this.selector } },
        template,
        ...(storage.length > 0 && {
          volumeClaimTemplates: storage.map(({ name, size, storageClass, accessMode }) => ({
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name },
            spec: {
              accessModes: [accessMode ?? 'ReadWriteOnce'],
              ...(storageClass !== undefined && { storageClassName: storageClass }),
              resources: { requests: { storage: byteQuantity(size) } },
            },
          })),
        }),
      }),
    });
  }

  /** @internal */
  protected override defaultReplicas(): number {
    return 1;
  }
}
