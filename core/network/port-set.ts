import type { Protocol } from '../manifest/container';
import { countOf, type Ranges, subtract, unite } from './ranges';

/** What an entry of ports in a network policy names; `ANY` is every protocol. */
export interface PortEntry {
  /** @default 'TCP' */
  readonly protocol?: Protocol | 'ANY' | null;
  /** A number, or the name of a container's port. @default - every port */
  readonly port?: number | string | null;
  /** The last port of a range. @default - only the one */
  readonly endPort?: number | null;
}

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
const EVERY: Ranges = [{ first: 1n, last: 65_535n }];

/** A set of ports by protocol. A name is a port of its own, since only the pod knows its number. */
export class PortSet {
  /** The ports that are in any of the entries. */
  static of(entries: Iterable<PortEntry>): PortSet {
    const numbers = new Map<Protocol, Ranges>();
    const names = new Set<string>();
    for (const { protocol, port, endPort } of entries) {
      for (const one of protocol === 'ANY' ? protocols : [protocol ?? 'TCP']) {
        if (typeof port === 'string') names.add(`${one}/${port}`);
        else numbers.set(one, unite([...(numbers.get(one) ?? []), ...rangesOf(port, endPort)]));
      }
    }
    return new PortSet(numbers, names);
  }

  /** No port. */
  static readonly none: PortSet = PortSet.of([]);

  /** Every port of every protocol. */
  static readonly every: PortSet = PortSet.of([{ protocol: 'ANY' }]);

  private constructor(
    private readonly numbers: ReadonlyMap<Protocol, Ranges>,
    private readonly names: ReadonlySet<string>,
  ) {}

  /** How many ports of a protocol are in it, those known by name left out. */
  count(protocol: Protocol): number {
    return Number(countOf(this.numbers.get(protocol) ?? []));
  }

  get isEmpty(): boolean {
    return this.names.size === 0 && protocols.every((protocol) => this.#of(protocol).length === 0);
  }

  /** The same for the same set. */
  get key(): string {
    const parts = protocols.map((protocol) =>
      this.#of(protocol)
        .map(({ first, last }) => `${first}-${last}`)
        .join(),
    );
    return [...parts, ...[...this.names].sort()].join(';');
  }

  /** In words: `TCP 80, 8000-8010, UDP 53`; `every port`, and `no port` for none. */
  get text(): string {
    if (this.covers(PortSet.every)) return 'every port';
    const parts = protocols.flatMap((protocol) => {
      const named = [...this.names].filter((name) => name.startsWith(`${protocol}/`)).map((name) => name.split('/')[1]);
      const numbers = this.#of(protocol).map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
      const all = this.count(protocol) === 65_535 ? ['every port'] : [...numbers, ...named];
      return all.length === 0 ? [] : [`${protocol} ${all.join(', ')}`];
    });
    return parts.length === 0 ? 'no port' : parts.join(', ');
  }

  union(other: PortSet): PortSet {
    const numbers = protocols.map(
      (protocol) => [protocol, unite([...this.#of(protocol), ...other.#of(protocol)])] as const,
    );
    return new PortSet(new Map(numbers), new Set([...this.names, ...other.names]));
  }

  /** Those that are not in the other. A name is taken for another port than any number, and than any other name. */
  minus(other: PortSet): PortSet {
    const numbers = protocols.map((protocol) => [protocol, subtract(this.#of(protocol), other.#of(protocol))] as const);
    return new PortSet(new Map(numbers), new Set([...this.names].filter((name) => !other.names.has(name))));
  }

  /** Those in both, of names as {@link minus} takes them. */
  intersect(other: PortSet): PortSet {
    return this.minus(this.minus(other));
  }

  /** The ports known by number, protocol by protocol, as ranges from `first` to `last`. */
  ranges(): readonly { readonly protocol: Protocol; readonly first: number; readonly last: number }[] {
    return protocols.flatMap((protocol) =>
      this.#of(protocol).map(({ first, last }) => ({ protocol, first: Number(first), last: Number(last) })),
    );
  }

  /** Whether every port of the other is in it. A name is in a set that has it, or that has every port of its protocol. */
  covers(other: PortSet): boolean {
    return (
      protocols.every((protocol) => subtract(other.#of(protocol), this.#of(protocol)).length === 0) &&
      [...other.names].every(
        (name) =>
          this.names.has(name) ||
          protocols.some((protocol) => name.startsWith(`${protocol}/`) && this.count(protocol) === 65_535),
      )
    );
  }

  #of(protocol: Protocol): Ranges {
    return this.numbers.get(protocol) ?? [];
  }
}

function rangesOf(port: number | null | undefined, endPort: number | null | undefined): Ranges {
  if (port === undefined || port === null) return EVERY;
  const first = Math.max(1, Math.trunc(port));
  const last = Math.min(65_535, Math.trunc(endPort ?? port));
  return Number.isFinite(first) && first <= last ? [{ first: BigInt(first), last: BigInt(last) }] : [];
}
