import type { PodSpec, Volume } from '../../core/manifest/pod';
import { tellsInjector } from '../../core/secrets/told-fields';
import type { DeclarationFault } from '../app/declaration';
import type { BroughtMount } from '../workload/volumes';
import { type Delivered, type PlacedSecret, placedFault, type SecretDelivery, type SecretReader } from './delivery';
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

  /** Makes the objects that the deliveries need. Undefined where the workload reads nothing. */
  static of(reader: SecretReader, containers: readonly ContainerSecrets[]): WorkloadSecrets | undefined {
    const placed = containers.flatMap(({ container, secrets = [] }) =>
      secrets.map((mount, i): PlacedSecret => ({ mount, container, property: `secrets[${i}]` })),
    );
    return placed.length === 0 ? undefined : new WorkloadSecrets(reader, placed);
  }

  private constructor(
    reader: SecretReader,
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

/** Each once: what is wrong with the server is wrong for every mount. */
function distinct(faults: readonly DeclarationFault[]): readonly DeclarationFault[] {
  return [...new Map(faults.map((fault) => [`${fault.property} ${fault.message}`, fault])).values()];
}
