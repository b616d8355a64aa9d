import { groupBy } from '../../group-by';
import type { KubernetesObject } from '../../manifest/object';
import { PortSet } from '../port-set';
import { absentPods } from './absent-pods';
import { type AddressRange, addressRanges, namesSix, togetherByPorts } from './outside';
import { type Reach, Reachability } from './reachability';
import { type ReachPolicy, readPolicy } from './read-policy';
import { networkWorldOf, type WorldOptions } from './world-of-objects';

/** One who reaches another, on these ports. */
export interface ReachRow {
  /** A workload, or addresses outside of the cluster. */
  readonly from: string;
  readonly to: string;
  /** On which ports, whatever is not known. */
  readonly certain: PortSet;
  /** On which ports it may be, by the address, the node or a label of a pod that nobody here knows; those that are certain among them. */
  readonly possible: PortSet;
}

/** Which part of a matrix is asked for. */
export interface MatrixFilter {
  /** @default - everybody */
  readonly from?: string;
  /** @default - everybody */
  readonly to?: string;
  /** @default - every port */
  readonly ports?: PortSet;
}

/** What is read for a matrix: of two that are compared, the addresses outside must be cut up alike. */
export interface MatrixOptions extends WorldOptions {
  /** What it is compared with: its policies tell addresses and pods apart, too. @default - nothing */
  readonly comparedWith?: readonly KubernetesObject[];
}

/** Who reaches whom: workloads, and what is outside of the cluster. */
export class NetworkMatrix {
  readonly reachability: Reachability;
  /** The numbers of the workloads among the ends. */
  readonly workloads: readonly number[];
  /** Pods that policies name and that are not here. */
  readonly absent: readonly string[];
  /** The object of each workload, by its id. */
  readonly objects: ReadonlyMap<string, KubernetesObject>;
  /** The addresses outside of the cluster that policies tell apart. */
  readonly ranges: readonly AddressRange[];

  /** The workloads, and those that are not here. */
  readonly #peers: readonly number[];

  constructor(objects: readonly KubernetesObject[], { comparedWith = [], ...options }: MatrixOptions = {}) {
    const policies = policiesOf([...objects, ...comparedWith], options.defaultNamespace);
    const hasSix = options.podCidrs?.some((cidr) => cidr.includes(':')) ?? namesSix(policies);
    const hasFour = options.podCidrs?.some((cidr) => !cidr.includes(':')) ?? true;
    const families = [...(hasFour ? [4 as const] : []), ...(hasSix ? [6 as const] : [])];
    this.ranges = addressRanges(policies, families);
    const addresses = new Set([...this.ranges.map(({ address }) => address), ...(options.addresses ?? [])]);
    const read = networkWorldOf(objects, { ...options, addresses: [...addresses] });
    this.objects = read.objects;
    const absent = absentPods(policies, read.world, networkWorldOf(comparedWith, options).world);
    this.absent = absent.pods.map(({ id }) => id);
    this.reachability = new Reachability({
      ...read.world,
      pods: [...read.world.pods, ...absent.pods],
      namespaces: [...(read.world.namespaces ?? []), ...absent.namespaces],
    });
    const numbers = this.reachability.ends.flatMap(({ kind, id }, index) => (kind === 'pods' ? [{ id, index }] : []));
    this.workloads = numbers.flatMap(({ id, index }) => (this.objects.has(id) ? [index] : []));
    this.#peers = numbers.map(({ index }) => index);
  }

  /** Every pair that is open on some port, by the one that is reached; those outside of the cluster come last. */
  *rows({ from, to, ports = PortSet.every }: MatrixFilter = {}): Generator<ReachRow> {
    const { reachability } = this;
    const only = portsWithin(reachability, ports);
    const sources = from === undefined ? this.#peers : this.#workload(from);
    for (const destination of to === undefined ? this.#peers : this.#workload(to)) {
      const id = this.#id(destination);
      for (const source of sources) {
        if (reachability.isSame(source, destination)) continue;
        if (!(this.objects.has(id) || this.objects.has(this.#id(source)))) continue;
        const possible = only(reachability.possible(source, destination));
        if (possible.isEmpty) continue;
        const certain = only(reachability.certain(source, destination));
        yield { from: this.#id(source), to: id, certain, possible };
      }
      if (from !== undefined || !this.objects.has(id)) continue;
      for (const { addresses, reach } of togetherByPorts(this.ranges, this.outside(id, 'from')))
        yield* row(addresses.text, id, reach, ports);
    }
    if (to !== undefined || (from !== undefined && !this.objects.has(from))) return;
    const out = sources
      .filter((source) => this.objects.has(this.#id(source)))
      .flatMap((source) =>
        togetherByPorts(this.ranges, this.outside(this.#id(source), 'to')).map(({ addresses, reach }) => ({
          from: this.#id(source),
          to: addresses.text,
          reach,
        })),
      );
    for (const same of groupBy(out, (each) => each.to).values())
      for (const { from: source, to: outside, reach } of same) yield* row(source, outside, reach, ports);
  }

  /** On which ports a workload reaches each of {@link ranges}, or is reached from there. */
  outside(id: string, direction: 'from' | 'to'): readonly Reach[] {
    const { reachability } = this;
    const end = reachability.indexOf(id);
    return this.ranges.map(({ address }) => {
      const other = reachability.indexOf(address);
      if (end === undefined || other === undefined) return { certain: PortSet.none, possible: PortSet.none };
      return direction === 'to' ? reachability.between(end, other) : reachability.between(other, end);
    });
  }

  /** How many pairs of workloads there are, and how many of them are open on some port, for certain or perhaps. */
  count(): { readonly pairs: number; readonly open: number; readonly unsure: number } {
    const { workloads, reachability } = this;
    let [pairs, open, unsure] = [0, 0, 0];
    for (const from of workloads)
      for (const to of workloads) {
        if (reachability.isSame(from, to)) continue;
        pairs++;
        if (reachability.possible(from, to) !== 0) open++;
        if (reachability.possible(from, to) !== reachability.certain(from, to)) unsure++;
      }
    return { pairs, open, unsure };
  }

  #workload(id: string): readonly number[] {
    const index = this.reachability.indexOf(id);
    return index === undefined ? [] : [index];
  }

  #id(index: number): string {
    return this.reachability.ends[index]?.id ?? '';
  }
}

/** The policies among objects. */
function policiesOf(objects: readonly KubernetesObject[], defaultNamespace = 'default'): readonly ReachPolicy[] {
  return objects.flatMap((object) => readPolicy(object, defaultNamespace) ?? []);
}

function* row(from: string, to: string, reach: Reach, asked: PortSet): Generator<ReachRow> {
  const [certain, possible] = [reach.certain.intersect(asked), reach.possible.intersect(asked)];
  if (!possible.isEmpty) yield { from, to, certain, possible };
}

/** Sets of ports by their numbers, without the ports that nobody asks about. */
function portsWithin(reachability: Reachability, asked: PortSet): (id: number) => PortSet {
  const known = new Map<number, PortSet>();
  return (id) => {
    let set = known.get(id);
    if (set === undefined) {
      set = reachability.ports(id).intersect(asked);
      known.set(id, set);
    }
    return set;
  };
}
