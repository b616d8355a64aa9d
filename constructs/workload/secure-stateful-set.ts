import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { isDnsLabel, isDnsSubdomain, Quantity, toDnsLabel } from '../../core/manifest';
import type { DeclarationFault } from '../app/declaration';
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
  readonly #storage: readonly StorageProps[];

  constructor(scope: Construct, id: string, given: SecureStatefulSetProps) {
    const taken = takeProps<SecureStatefulSetProps>(shapesOf.StatefulSet, given);
    const { props } = taken;
    const storage = (props.storage ?? []).map((entry) => ({
      ...entry,
      name: entry.name ?? toDnsLabel(entry.path.split('/').findLast((part) => part !== '') ?? 'data'),
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
    this.#storage = storage;
  }

  /** @internal */
  protected override kindFaults(): readonly DeclarationFault[] {
    return [...super.kindFaults(), ...storageFaults(this.#storage)];
  }

  /** @internal */
  protected override defaultReplicas(): number {
    return 1;
  }
}

/** What the API server refuses in claims. */
function storageFaults(storage: readonly StorageProps[]): readonly DeclarationFault[] {
  return storage.flatMap(({ name, size, storageClass }, i) => {
    const amount = Quantity.tryParse(String(byteQuantity(size)));
    const isNothing = amount !== undefined && amount.compare(nothing) <= 0;
    return [
      ...(name === undefined || isDnsLabel(name)
        ? []
        : [nameFault(`storage[${i}].name`, name, 'a volume', toDnsLabel(name))]),
      ...(storageClass === undefined || isDnsSubdomain(storageClass)
        ? []
        : [nameFault(`storage[${i}].storageClass`, storageClass, 'a storage class', toDnsLabel(storageClass))]),
      ...(isNothing
        ? [
            {
              rule: 'prop-valid' as const,
              property: `storage[${i}].size`,
              value: String(amount),
              message: `a volume of ${amount} holds nothing`,
              remedy: "give it a size, such as '10Gi'",
            },
          ]
        : []),
    ];
  });
}

const nothing = Quantity.parse('0');

function nameFault(property: string, value: string, what: string, example: string): DeclarationFault {
  const message = `${JSON.stringify(value)} is no name of ${what}`;
  return { rule: 'name-valid', property, value, message, remedy: `name it ${example}, for example` };
}
