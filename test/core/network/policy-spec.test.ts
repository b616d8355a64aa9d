import * as fc from 'fast-check';
import { networkPolicySpec, type Opening } from '../../../core/network/policy-spec';

const selector = { matchLabels: { app: 'api' } };
const pods = (app: string) => ({ podSelector: { matchLabels: { app } } });
const tcp = (port: number) => ({ protocol: 'TCP' as const, port });

describe('networkPolicySpec', () => {
  it('closes both ways where nothing is opened', () => {
    expect(networkPolicySpec(selector, { ingress: [], egress: [] })).toEqual({
      podSelector: selector,
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('gives openings of the same ports one rule, in which each peer stands once', () => {
    const spec = networkPolicySpec(selector, {
      ingress: [
        { peers: [pods('web')], ports: [tcp(80), tcp(443)] },
        { peers: [pods('cron'), pods('web')], ports: [tcp(443), tcp(80), tcp(80)] },
        { peers: [pods('web')], ports: [tcp(80)] },
      ],
      egress: [{ peers: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ protocol: 'TCP', port: 1, endPort: 9 }] }],
    });
    expect(spec.ingress).toHaveLength(2);
    expect(spec.ingress).toContainEqual({ from: [pods('cron'), pods('web')], ports: [tcp(443), tcp(80)] });
    expect(spec.ingress).toContainEqual({ from: [pods('web')], ports: [tcp(80)] });
    expect(spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ protocol: 'TCP', port: 1, endPort: 9 }] },
    ]);
  });

  const opening: fc.Arbitrary<Opening> = fc
    .tuple(
      fc.array(fc.constantFrom('web', 'cron', 'db'), { minLength: 1, maxLength: 3 }),
      fc.array(fc.constantFrom(80, 443, 5432), { minLength: 1, maxLength: 3 }),
    )
    .map(([peers, ports]) => ({ peers: peers.map(pods), ports: ports.map(tcp) }) as unknown as Opening);
  const openings = fc.array(opening, { maxLength: 6 });
  const pairs = (list: readonly { readonly peers: readonly object[]; readonly ports: readonly object[] }[]) =>
    [
      ...new Set(
        list.flatMap(({ peers, ports }) =>
          peers.flatMap((peer) => ports.map((port) => `${JSON.stringify(peer)} ${JSON.stringify(port)}`)),
        ),
      ),
    ].sort();

  it('opens exactly what is declared: each peer on each of its ports, and no other pair', () => {
    fc.assert(
      fc.property(openings, openings, (ingress, egress) => {
        const spec = networkPolicySpec(selector, { ingress, egress });
        expect(pairs((spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports })))).toEqual(pairs(ingress));
        expect(pairs((spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports })))).toEqual(pairs(egress));
        for (const { from, ports } of spec.ingress ?? []) {
          expect(new Set(from.map((peer) => JSON.stringify(peer))).size).toBe(from.length);
          expect(new Set(ports.map((port) => JSON.stringify(port))).size).toBe(ports.length);
        }
      }),
    );
  });

  it('does not depend on the order of declaration', () => {
    const shuffled = openings.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(networkPolicySpec(selector, { ingress: other, egress: [] })).toEqual(
          networkPolicySpec(selector, { ingress: list, egress: [] }),
        );
      }),
    );
  });
});
