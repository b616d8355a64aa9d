import { PortSet } from '../port-set';

/** A set of ports by its number: the same set has the same number, so that pairs by the million are compared by it. */
export type PortId = number;

/** No port. */
export const NO_PORT: PortId = 0;
/** Every port. */
export const EVERY_PORT: PortId = 1;

/** Numbers sets of ports, and remembers what came of two of them: of millions of pairs, few are different. */
export class PortIds {
  readonly #sets: PortSet[] = [PortSet.none, PortSet.every];
  readonly #ids = new Map(this.#sets.map((set, id) => [set.key, id]));
  readonly #unions = new Map<number, PortId>();
  readonly #intersections = new Map<number, PortId>();
  readonly #differences = new Map<number, PortId>();

  of(set: PortSet): PortId {
    let id = this.#ids.get(set.key);
    if (id === undefined) {
      id = this.#sets.push(set) - 1;
      this.#ids.set(set.key, id);
    }
    return id;
  }

  set(id: PortId): PortSet {
    return this.#sets[id] ?? PortSet.none;
  }

  union(a: PortId, b: PortId): PortId {
    if (a === b || b === NO_PORT || a === EVERY_PORT) return a;
    if (a === NO_PORT || b === EVERY_PORT) return b;
    return this.#remembered(this.#unions, a, b, () => this.set(a).union(this.set(b)));
  }

  intersect(a: PortId, b: PortId): PortId {
    if (a === b || a === NO_PORT || b === EVERY_PORT) return a;
    if (b === NO_PORT || a === EVERY_PORT) return b;
    return this.#remembered(this.#intersections, a, b, () => this.set(a).intersect(this.set(b)));
  }

  minus(a: PortId, b: PortId): PortId {
    if (a === NO_PORT || b === NO_PORT) return a;
    if (a === b || b === EVERY_PORT) return NO_PORT;
    return this.#remembered(this.#differences, a, b, () => this.set(a).minus(this.set(b)));
  }

  #remembered(known: Map<number, PortId>, a: PortId, b: PortId, make: () => PortSet): PortId {
    const key = a * 2 ** 26 + b;
    let id = known.get(key);
    if (id === undefined) {
      id = this.of(make());
      known.set(key, id);
    }
    return id;
  }
}
