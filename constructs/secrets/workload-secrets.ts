import type { PodSpec, Volume } from '../../core/manifest/pod';
import type { PodSecurityContext } from '../../core/manifest/security-context';
import { tellsInjector } from '../../core/secrets/told-fields';
import type { DeclarationFault } from '../app/declaration';
import type { BroughtMount } from '../workload/volumes';
import {
  type Delivered,
  type PlacedSecret,
  placedFault,
  type ReaderIds,
  type SecretDelivery,
  type SecretReader,
} from './delivery';
import { placeFaults } from './place-faults';
import type { SecretMount } from './secret-mount';

/** A container and what it reads. */
export interface ContainerSecrets {
  readonly container: string;
  readonly secrets: readonly SecretMount[] | undefined;
}

/** The secrets of a workload, handed to their deliveries: what of them goes into the pod, and what is wrong. */
export class WorkloadSecrets {
  readonly faults: readonly DeclarationFault[];
  readonly #delivered: readonly Delivered[];
  readonly #byDelivery: ReadonlyMap<SecretDelivery, readonly PlacedSecret[]>;

  /** Makes the objects that the deliveries need. Undefined where the workload reads nothing. */
  static of(reader: SecretReader, containers: readonly ContainerSecrets[]): WorkloadSecrets | undefined {
    const placed = containers.flatMap(({ container, secrets = [] }) =>
      secrets.map((mount, i): PlacedSecret => ({ mount, container, property: `secrets[${i}]` })),
    );
    return placed.length === 0 ? undefined : new WorkloadSecrets(reader, placed);
  }

  private constructor(
    private readonly reader: SecretReader,
    readonly placed: readonly PlacedSecret[],
  ) {
    const byDelivery = new Map<SecretDelivery, PlacedSecret[]>();
    const faults: DeclarationFault[] = [];
    const misplaced = placeFaults(placed);
    for (const each of placed) {
      const own = [...each.mount.faultsOn(reader.platform), ...(misplaced.get(each) ?? [])];
      faults.push(...own.map((fault) => ({ rule: 'secret-mount' as const, ...placedFault(fault, each) })));
      if (own.some(({ severity = 'error', rule }) => severity === 'error' && rule === undefined)) continue;
      const delivery = each.mount.deliveryOn(reader.platform);
      const known = byDelivery.get(delivery);
      if (known) known.push(each);
      else byDelivery.set(delivery, [each]);
    }
    this.#byDelivery = byDelivery;
    this.#delivered = [...byDelivery].map(([delivery, each]) => delivery.deliver(reader, each, placed));
    for (const delivered of this.#delivered)
      faults.push(...(delivered.faults ?? []).map((fault) => ({ rule: 'secret-mount' as const, ...fault })));
    this.faults = distinct(faults);
  }

  get volumes(): readonly Volume[] {
    return this.#delivered.flatMap(({ volumes = [] }) => volumes);
  }

  get podLabels(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.#delivered.map(({ podLabels }) => podLabels));
  }

  /** What else they ask of the pod. */
  get pod(): Partial<PodSpec> {
    return Object.assign({}, ...this.#delivered.map(({ pod }) => pod));
  }

  get podAnnotations(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.#delivered.map(({ podAnnotations }) => podAnnotations));
  }

  /** What the deliveries have to be let through to. */
  get egress(): readonly NonNullable<Delivered['egress']>[] {
    return this.#delivered.flatMap(({ egress }) => egress ?? []);
  }

  /** The files that a container can no longer read once patches have made its processes others. */
  accessFaults(patched: PodSpec): readonly DeclarationFault[] {
    const known = new Set(this.faults.map(({ message }) => message));
    const containers = [...(patched.containers ?? []), ...(patched.initContainers ?? [])];
    return containers.flatMap(({ name, securityContext }) => {
      if (this.placed.every(({ container }) => container !== name)) return [];
      const patchedIds = idsOf({ ...patched.securityContext, ...withoutNulls(securityContext) });
      const reader: SecretReader = { ...this.reader, patchedIds, manifest: () => undefined };
      const found = [...this.#byDelivery].flatMap(
        ([delivery, each]) => delivery.deliver(reader, each, this.placed).faults ?? [],
      );
      return found
        .filter(({ container, message }) => container === name && !known.has(message))
        .map((fault) => ({
          rule: 'secret-mount' as const,
          ...fault,
          message: `${fault.message}, after the patches of the workload`,
          remedy: `set the ids by props (user, group, fsGroup) rather than by a patch; or ${fault.remedy}`,
        }));
    });
  }

  /** What is wrong with annotations for the pods beside those of the deliveries. */
  annotationFaults(given: Readonly<Record<string, string>> = {}): readonly DeclarationFault[] {
    const own = this.podAnnotations;
    if (!Object.keys(own).some(tellsInjector)) return [];
    return Object.keys(given)
      .filter((key) => (key in own ? own[key] !== given[key] : tellsInjector(key)))
      .map((key) => ({
        rule: 'secret-mount',
        property: `podAnnotations[${JSON.stringify(key)}]`,
        message: `what ${key} says is written from the secrets of the workload: VaultAccess grants no more`,
        remedy: 'leave it out, and declare what is read by secrets',
      }));
  }

  mountsOf(container: string): readonly BroughtMount[] {
    return this.#delivered.flatMap(({ mounts = [], reserved = [] }) =>
      [...mounts, ...reserved].filter((each) => each.container === container),
    );
  }
}

/** Who a security context makes processes: what a patch took out, the image says, or the runtime, as root's group. */
function idsOf({ runAsUser, runAsGroup, fsGroup, supplementalGroups }: PodSecurityContext): ReaderIds {
  return {
    ...(typeof runAsUser === 'number' && { user: runAsUser }),
    ...(typeof runAsGroup === 'number' && { group: runAsGroup }),
    fsGroup: typeof fsGroup === 'number' ? fsGroup : false,
    ...(Array.isArray(supplementalGroups) && { supplementalGroups }),
  };
}

function withoutNulls(context: object = {}): object {
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value !== null && value !== undefined));
}

/** Each once: what is wrong with the server is wrong for every mount. */
function distinct(faults: readonly DeclarationFault[]): readonly DeclarationFault[] {
  return [...new Map(faults.map((fault) => [`${fault.property} ${fault.message}`, fault])).values()];
}
