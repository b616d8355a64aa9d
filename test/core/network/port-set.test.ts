import * as fc from 'fast-check';
import { type PortEntry, PortSet } from '../../../core/network/port-set';

const set = (...entries: PortEntry[]) => PortSet.of(entries);

describe('PortSet', () => {
  it('is TCP where nothing is said, and every port where none is named', () => {
    expect(set({ port: 80 }).covers(set({ protocol: 'TCP', port: 80 }))).toBe(true);
    expect(set({ port: 80 }).covers(set({ protocol: 'UDP', port: 80 }))).toBe(false);
    expect(set({}).count('TCP')).toBe(65_535);
    expect(set({}).count('UDP')).toBe(0);
    expect(set({ port: null, endPort: null, protocol: null }).count('TCP')).toBe(65_535);
    expect(set({ protocol: 'ANY', port: 53 }).covers(set({ protocol: 'SCTP', port: 53 }))).toBe(true);
  });

  it('adds ranges up, each port once', () => {
    const halves = set({ port: 1, endPort: 40_000 }, { port: 30_000, endPort: 65_535 });
    expect(halves.count('TCP')).toBe(65_535);
    expect(halves.covers(set({}))).toBe(true);
    expect(set({ port: 1, endPort: 10 }, { port: 12 }).covers(set({ port: 11 }))).toBe(false);
    const every = [set({}), set({ protocol: 'UDP' }), set({ protocol: 'SCTP' })].reduce((a, b) => a.union(b));
    expect(every.covers(PortSet.every)).toBe(true);
    expect(set({}).covers(PortSet.every)).toBe(false);
  });

  it('has a name where it is named, and where every port of the protocol is', () => {
    const http = set({ port: 'http' });
    expect(http.covers(set({ port: 'http' }))).toBe(true);
    expect(http.covers(set({ port: 'http', protocol: 'UDP' }))).toBe(false);
    expect(set({}).covers(http)).toBe(true);
    expect(set({ port: 1, endPort: 65_534 }).covers(http)).toBe(false);
    expect(set({ protocol: 'UDP' }).covers(http)).toBe(false);
    expect(http.union(set({ port: 80 })).covers(http)).toBe(true);
    expect(http.count('TCP')).toBe(0);
  });

  it('is written as people write it', () => {
    expect(PortSet.every.text).toBe('every port');
    expect(PortSet.none.text).toBe('no port');
    const mixed = set({ port: 80 }, { port: 8000, endPort: 8010 }, { port: 'http' }, { protocol: 'UDP' });
    expect(mixed.text).toBe('TCP 80, 8000-8010, http, UDP every port');
    expect(mixed.minus(set({ port: 'http' }, { port: 8005, endPort: 9000 })).text).toBe(
      'TCP 80, 8000-8004, UDP every port',
    );
  });

  it('takes no port that is none', () => {
    expect(set({ port: 0 }, { port: 70_000 }, { port: 90, endPort: 80 }, { port: Number.NaN }).count('TCP')).toBe(0);
    expect(set({ port: 0, endPort: 70_000 }).count('TCP')).toBe(65_535);
  });

  it('agrees with a set of the single ports', () => {
    const entry = fc.record({
      protocol: fc.constantFrom('TCP', 'UDP', 'SCTP', 'ANY') as fc.Arbitrary<'TCP' | 'UDP' | 'SCTP' | 'ANY'>,
      port: fc.integer({ min: 1, max: 40 }),
      endPort: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    });
    const protocols = ['TCP', 'UDP', 'SCTP'] as const;
    const single = (entries: readonly { protocol: string; port: number; endPort: number | undefined }[]) =>
      new Set(
        entries.flatMap(({ protocol, port, endPort = port }) =>
          protocols
            .filter((one) => protocol === one || protocol === 'ANY')
            .flatMap((one) => Array.from({ length: Math.max(0, endPort - port + 1) }, (_, i) => `${one} ${port + i}`)),
        ),
      );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), fc.array(entry, { maxLength: 6 }), (left, right) => {
        const [a, b, as, bs] = [PortSet.of(left), PortSet.of(right), single(left), single(right)];
        const textOf = (one: PortSet) =>
          one
            .ranges()
            .flatMap(({ protocol, first, last }) =>
              Array.from({ length: last - first + 1 }, (_, i) => `${protocol} ${first + i}`),
            );
        expect(textOf(a.minus(b)).sort()).toEqual([...as].filter((each) => !bs.has(each)).sort());
        expect(textOf(a.intersect(b)).sort()).toEqual([...as].filter((each) => bs.has(each)).sort());
        expect(a.key === b.key).toBe(as.size === bs.size && [...as].every((each) => bs.has(each)));
        expect(a.isEmpty).toBe(as.size === 0);
        const both = new Set([...as, ...bs]);
        for (const protocol of protocols) {
          const ofIt = (ports: Set<string>) => [...ports].filter((port) => port.startsWith(protocol)).length;
          expect(a.count(protocol)).toBe(ofIt(as));
          expect(a.union(b).count(protocol)).toBe(ofIt(both));
        }
        expect(a.covers(b)).toBe(both.size === as.size);
        expect(a.union(b).covers(b)).toBe(true);
      }),
    );
  });
});
