import { groupBy } from '../../group-by';
import type { KubernetesObject } from '../../manifest/object';
import { PortSet } from '../port-set';
import { type MatrixOptions, NetworkMatrix } from './matrix';
import { EVERY_PORT, NO_PORT, type PortId } from './port-ids';

/** What of a connection a change opens and closes. What is not certain counts as open on both sides. */
export interface ReachChange {
  /** A workload, or addresses outside of the cluster. */
  readonly from: string;
  readonly to: string;
  readonly opens: PortSet;
  readonly closes: PortSet;
  /** Where one of the two workloads is on one side of the comparison alone. */
  readonly only?: 'old' | 'new';
}

type Change = Pick<ReachChange, 'opens' | 'closes'>;

/** Two sets of manifests, and who reaches whom by one of them and not by the other. */
export class NetworkDifference {
  readonly old: NetworkMatrix;
  readonly new: NetworkMatrix;

  constructor(old: readonly KubernetesObject[], next: readonly KubernetesObject[], options: MatrixOptions = {}) {
    this.old = new NetworkMatrix(old, { ...options, comparedWith: next });
    this.new = new NetworkMatrix(next, { ...options, comparedWith: old });
  }

  /** Every connection that is not the same on both sides, by the one that is reached; what is outside of the cluster comes last. */
  *changes(): Generator<ReachChange> {
    const sides = [this.old, this.new];
    const workloads = new Set(sides.flatMap(({ objects }) => [...objects.keys()]));
    const ids = [...new Set([...workloads, ...sides.flatMap(({ absent }) => absent)])].sort();
    const change = this.#changeOf();
    for (const to of ids) {
      for (const from of ids) {
        if (!(workloads.has(from) || workloads.has(to)) || sides.some((side) => isSame(side, from, to))) continue;
        const found = change(portsOf(this.old, from, to), portsOf(this.new, from, to));
        if (found !== undefined) yield { from, to, ...found, ...this.#only(from, to) };
      }
      if (!workloads.has(to)) continue;
      for (const { addresses, ...found } of this.#outside(to, 'from'))
        yield { from: addresses, to, ...found, ...this.#only(to) };
    }
    for (const from of [...workloads].sort())
      for (const { addresses, ...found } of this.#outside(from, 'to'))
        yield { from, to: addresses, ...found, ...this.#only(from) };
  }

  /** Remembered, since of many pairs few differ in another way. */
  #changeOf(): (was: PortId, is: PortId) => Change | undefined {
    const known = new Map<number, Change | undefined>();
    return (was, is) => {
      if ((was === NO_PORT && is === NO_PORT) || (was === EVERY_PORT && is === EVERY_PORT)) return undefined;
      const key = was * 2 ** 26 + is;
      if (!known.has(key)) known.set(key, between(this.old.reachability.ports(was), this.new.reachability.ports(is)));
      return known.get(key);
    };
  }

  #only(...ids: readonly string[]): Pick<ReachChange, 'only'> {
    const [old, next] = [this.old.objects, this.new.objects];
    if (ids.some((id) => next.has(id) && !old.has(id))) return { only: 'new' };
    return ids.some((id) => old.has(id) && !next.has(id)) ? { only: 'old' } : {};
  }

  /** What changes between a workload and addresses outside of the cluster. */
  *#outside(id: string, direction: 'from' | 'to'): Generator<Change & { readonly addresses: string }> {
    const [was, is] = [this.old.outside(id, direction), this.new.outside(id, direction)];
    const changed = this.new.ranges.flatMap(({ addresses }, index) => {
      const change = between(was[index]?.possible ?? PortSet.none, is[index]?.possible ?? PortSet.none);
      return change === undefined ? [] : [{ addresses, change }];
    });
    for (const same of groupBy(changed, ({ change }) => `${change.opens.key}|${change.closes.key}`).values()) {
      const [first] = same;
      const addresses = same.map((each) => each.addresses).reduce((sum, each) => sum.union(each));
      if (first !== undefined) yield { addresses: addresses.text, ...first.change };
    }
  }
}

/** Whether both are one pod there: of a workload that has several on the other side alone, no connection is opened or closed. */
function isSame({ reachability }: NetworkMatrix, from: string, to: string): boolean {
  const index = reachability.indexOf(from);
  return from === to && index !== undefined && reachability.isSame(index, index);
}

function portsOf({ reachability }: NetworkMatrix, from: string, to: string): PortId {
  const [source, destination] = [reachability.indexOf(from), reachability.indexOf(to)];
  return source === undefined || destination === undefined ? NO_PORT : reachability.possible(source, destination);
}

/** What is open more, and what less; undefined where it is the same. */
function between(was: PortSet, is: PortSet): Change | undefined {
  const [opens, closes] = [is.minus(was), was.minus(is)];
  return opens.isEmpty && closes.isEmpty ? undefined : { opens, closes };
}
