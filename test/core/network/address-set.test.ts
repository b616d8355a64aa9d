import * as fc from 'fast-check';
import { AddressSet } from '../../../core/network/address-set';
import { parseCidr } from '../../../core/network/cidr';

const set = (...texts: string[]) => AddressSet.of(texts.map((text) => parseCidr(text)!));

describe('AddressSet', () => {
  it('adds halves up to the whole, and knows families apart', () => {
    expect(set('0.0.0.0/1', '128.0.0.0/1').covers(set('0.0.0.0/0'))).toBe(true);
    expect(set('0.0.0.0/1', '128.0.0.0/2').covers(set('0.0.0.0/0'))).toBe(false);
    expect(set('0.0.0.0/0').covers(set('::/0'))).toBe(false);
    expect(set('::/0').meets(set('10.0.0.0/8'))).toBe(false);
    expect(set('0.0.0.0/0').count(4)).toBe(2n ** 32n);
    expect(set('0.0.0.0/0').count(6)).toBe(0n);
    expect(set('::/0').count(6)).toBe(2n ** 128n);
  });

  it('takes exceptions out', () => {
    const open = set('10.0.0.0/8').minus(set('10.1.0.0/16', '11.0.0.0/8'));
    expect(open.count(4)).toBe(2n ** 24n - 2n ** 16n);
    expect(open.meets(set('10.1.2.3/32'))).toBe(false);
    expect(open.covers(set('10.2.0.0/16'))).toBe(true);
    expect(open.union(set('10.1.0.0/16')).covers(set('10.0.0.0/8'))).toBe(true);
  });

  it('is written as blocks, or as all but some', () => {
    expect(set('10.0.0.0/9', '10.128.0.0/9').text).toBe('10.0.0.0/8');
    expect(set('0.0.0.0/0').minus(set('10.1.2.3/32', '192.168.0.0/16')).text).toBe(
      '0.0.0.0/0 except 10.1.2.3/32, 192.168.0.0/16',
    );
    expect(set('0.0.0.0/0', 'fd00::/8').text).toBe('0.0.0.0/0, fd00::/8');
    expect(set('10.0.0.1/32', '10.0.0.2/32', '::/0').text).toBe('10.0.0.1/32, 10.0.0.2/32, ::/0');
    expect(set().text).toBe('');
  });

  it('is its blocks, the fewest that there are', () => {
    const block = fc
      .record({ family: fc.constantFrom(4, 6), address: fc.nat(255), prefix: fc.integer({ min: 0, max: 8 }) })
      .map(({ family, address, prefix }) =>
        family === 4 ? `10.0.0.${address}/${24 + prefix}` : `fd00::${address.toString(16)}/${120 + prefix}`,
      );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), fc.array(block, { maxLength: 5 }), (some, less) => {
        const open = set(...some).minus(set(...less));
        const { blocks } = open;
        const again = AddressSet.of(blocks);
        expect([again.covers(open), open.covers(again)]).toEqual([true, true]);
        const siblings = blocks.filter(({ family, prefix, first, last }) =>
          blocks.some(
            (other) =>
              other.family === family &&
              other.prefix === prefix &&
              other.first === last + 1n &&
              first % (2n * (last - first + 1n)) === 0n,
          ),
        );
        expect(siblings).toEqual([]);
      }),
    );
  });

  it('is empty without blocks', () => {
    expect(set().isEmpty).toBe(true);
    expect(set('::1/128').isEmpty).toBe(false);
    expect(set('10.0.0.0/8').covers(set())).toBe(true);
    expect(set('10.0.0.0/8').meets(set())).toBe(false);
  });

  it('agrees with a set of the single addresses', () => {
    // Blocks of the last six bits of one IPv4 and one IPv6 prefix: small enough to count.
    const blocks = fc.array(
      fc
        .tuple(fc.constantFrom(4, 6), fc.nat(63), fc.integer({ min: 0, max: 6 }))
        .map(([family, host, bits]) =>
          family === 4 ? `10.0.0.${host}/${32 - bits}` : `fd00::${host.toString(16)}/${128 - bits}`,
        ),
      { maxLength: 6 },
    );
    const single = (texts: readonly string[]) =>
      new Set(
        texts.flatMap((text) => {
          const { family, first, last } = parseCidr(text)!;
          return Array.from({ length: Number(last - first) + 1 }, (_, i) => `${family} ${first + BigInt(i)}`);
        }),
      );
    fc.assert(
      fc.property(blocks, blocks, (left, right) => {
        const [a, b, as, bs] = [set(...left), set(...right), single(left), single(right)];
        const countOf = (of: AddressSet) => Number(of.count(4) + of.count(6));
        const both = [...as].filter((address) => bs.has(address));
        expect(countOf(a)).toBe(as.size);
        expect(countOf(a.union(b))).toBe(new Set([...as, ...bs]).size);
        expect(countOf(a.minus(b))).toBe(as.size - both.length);
        expect(countOf(a.intersect(b))).toBe(both.length);
        expect(a.meets(b)).toBe(both.length > 0);
        expect(a.covers(b)).toBe(both.length === bs.size);
        expect(a.isEmpty).toBe(as.size === 0);
      }),
    );
  });
});
