import { groupBy } from '../../group-by';
import { AddressSet } from '../address-set';
import { type Cidr, cidrsOfRange, parseCidr } from '../cidr';
import type { Reach } from './reachability';
import type { ReachPolicy } from './read-policy';

/** Addresses that no policy tells apart, and the first of them, which stands for all. */
export interface AddressRange {
  readonly address: string;
  readonly addresses: AddressSet;
}

const LAST = { 4: 2n ** 32n - 1n, 6: 2n ** 128n - 1n } as const;

/** Every address, cut up so that policies say the same of all addresses of a part. Of IPv6 where policies or pods speak of it. */
export function addressRanges(policies: readonly ReachPolicy[], families: readonly (4 | 6)[]): readonly AddressRange[] {
  const named = policies.flatMap(({ rules }) => rules.flatMap(({ peers }) => (peers ?? []).flatMap(blocksOf)));
  return families.flatMap((family) => {
    const own = named.filter((block) => block.family === family);
    const starts = new Set([0n, ...own.map(({ first }) => first), ...own.map(({ last }) => last + 1n)]);
    const sorted = [...starts].filter((start) => start <= LAST[family]).sort((a, b) => (a < b ? -1 : 1));
    return sorted.map((first, index) => {
      const last = (sorted[index + 1] ?? LAST[family] + 1n) - 1n;
      const [single] = cidrsOfRange(family, first, first) as [Cidr];
      return {
        address: single.text.replace(/\/\d+$/, ''),
        addresses: AddressSet.of(cidrsOfRange(family, first, last)),
      };
    });
  });
}

/** Whether some policy tells addresses of IPv6 apart. */
export function namesSix(policies: readonly ReachPolicy[]): boolean {
  return policies.some(({ rules }) =>
    rules.some(({ peers }) => peers?.some((peer) => blocksOf(peer).some(({ family }) => family === 6))),
  );
}

function blocksOf(peer: NonNullable<ReachPolicy['rules'][number]['peers']>[number]): readonly Cidr[] {
  if (peer.kind !== 'block') return [];
  return [peer.cidr, ...peer.except].flatMap((text) => parseCidr(String(text)) ?? []);
}

/** Addresses that an end reaches, or is reached from, on the same ports. */
export interface OutsideReach {
  readonly addresses: AddressSet;
  readonly reach: Reach;
}

/** Ranges on the same ports, together; those on no port are left out. */
export function togetherByPorts(ranges: readonly AddressRange[], reached: readonly Reach[]): readonly OutsideReach[] {
  const open = ranges.flatMap(({ addresses }, index) => {
    const reach = reached[index];
    return reach === undefined || reach.possible.isEmpty ? [] : [{ addresses, reach }];
  });
  return [...groupBy(open, ({ reach }) => `${reach.certain.key}|${reach.possible.key}`).values()].flatMap((same) =>
    same.slice(0, 1).map(({ reach }) => ({
      reach,
      addresses: same.map(({ addresses }) => addresses).reduce((sum, each) => sum.union(each)),
    })),
  );
}
