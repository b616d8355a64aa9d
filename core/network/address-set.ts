import { type Cidr, cidrsOfRange } from './cidr';
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

  /** The fewest blocks that hold it, and nothing else. */
  get blocks(): readonly Cidr[] {
    return ([4, 6] as const).flatMap((family) =>
      (family === 4 ? this.v4 : this.v6).flatMap(({ first, last }) => cidrsOfRange(family, first, last)),
    );
  }

  /** As blocks, or as all but some where that is shorter: `10.0.0.0/8`, `0.0.0.0/0 except 10.0.0.0/8`. */
  get text(): string {
    const parts = EVERYWHERE.map(([family, text, every]) => {
      const own = this.intersect(every).blocks;
      const rest = every.minus(this).blocks;
      const isMost = this.count(family) > 0n && rest.length < own.length;
      return isMost ? [text, ...(rest.length > 0 ? [`except ${list(rest)}`] : [])].join(' ') : list(own);
    });
    return parts.filter((part) => part !== '').join(', ');
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

const EVERYWHERE = [
  [4, '0.0.0.0/0', AddressSet.of(cidrsOfRange(4, 0n, 2n ** 32n - 1n))],
  [6, '::/0', AddressSet.of(cidrsOfRange(6, 0n, 2n ** 128n - 1n))],
] as const;

function list(blocks: readonly Cidr[]): string {
  return blocks.map(({ text }) => text).join(', ');
}
