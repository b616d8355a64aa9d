import type { Cidr } from './cidr';
import { countOf, overlap, type Ranges, subtract, unite } from './ranges';

/** A set of IP addresses of both families. */
export class AddressSet {
  /** The addresses that are in any of the blocks. */
  static of(blocks: Iterable<Pick<Cidr, 'family' | 'first' | 'last'>>): AddressSet {
    const all = [...blocks];
    return new AddressSet(
      unite(all.filter(({ family }) => family === 4)),
      unite(all.filter(({ family }) => family === 6)),
    );
  }

  private constructor(
    private readonly v4: Ranges,
    private readonly v6: Ranges,
  ) {}

  get isEmpty(): boolean {
    return this.v4.length === 0 && this.v6.length === 0;
  }

  /** How many addresses of a family are in it. */
  count(family: 4 | 6): bigint {
    return countOf(family === 4 ? this.v4 : this.v6);
  }

  union(other: AddressSet): AddressSet {
    return new AddressSet(unite([...this.v4, ...other.v4]), unite([...this.v6, ...other.v6]));
  }

  minus(other: AddressSet): AddressSet {
    return new AddressSet(subtract(this.v4, other.v4), subtract(this.v6, other.v6));
  }

  /** The addresses in both. */
  intersect(other: AddressSet): AddressSet {
    return this.minus(this.minus(other));
  }

  /** Whether every address of the other is in it. */
  covers(other: AddressSet): boolean {
    return other.minus(this).isEmpty;
  }

  /** Whether some address is in both. */
  meets(other: AddressSet): boolean {
    return overlap(this.v4, other.v4) || overlap(this.v6, other.v6);
  }
}
