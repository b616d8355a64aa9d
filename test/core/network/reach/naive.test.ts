import * as fc from 'fast-check';
import { PortSet } from '../../../../core/network/port-set';
import { type End, type NetworkPods, type NetworkWorld, Reachability } from '../../../../core/network/reach';
import { askedPorts, knownWorld } from './arbitrary-world';
import { type KnownEnd, naiveAllows } from './naive';

const protocols = ['TCP', 'UDP', 'SCTP'] as const;

/** The end with all that the world knows of it. */
function known(end: End, { nodes = [] }: NetworkWorld): KnownEnd {
  if (end.kind === 'address') return { kind: 'address', addresses: [end.address] };
  if (end.kind === 'node') return { kind: 'node', node: end.node, addresses: end.node.addresses };
  const node = nodes.find(({ name }) => name === end.pods.node);
  return { kind: 'pod', pod: end.pods, addresses: end.pods.addresses ?? [], node };
}

/** The world with an address of each family for every pod: without one, nobody would know that it has none. */
function inBothFamilies(world: NetworkWorld): NetworkWorld {
  return {
    ...world,
    pods: world.pods.map((pod) => {
      const own = pod.addresses ?? [];
      const more = [
        ...(own.some((each) => !each.includes(':')) ? [] : ['10.0.0.9']),
        ...(own.some((each) => each.includes(':')) ? [] : ['fd00::9']),
      ];
      return pod.isOnHost ? pod : { ...pod, addresses: [...own, ...more] };
    }),
  };
}

/** The world with an IPv4 address for every pod: some have one of IPv6 besides. */
function withFour(world: NetworkWorld): NetworkWorld {
  return {
    ...world,
    pods: world.pods.map((pod) => {
      const own = pod.addresses ?? [];
      return own.some((each) => !each.includes(':')) ? pod : { ...pod, addresses: [...own, '10.0.0.9'] };
    }),
  };
}

/** The labels without the value of one of them. */
function withoutValue({ a, ...labels }: Readonly<Record<string, string>>): Pick<NetworkPods, 'labels' | 'labelForms'> {
  return { labels, labelForms: a === undefined ? {} : { a: /^[xy]$/ } };
}

const seen = new Map<string, number>();
const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

/** Every connection between the ends of a world, as the naive evaluator has it. */
function* connections(world: NetworkWorld, ends: readonly End[]) {
  for (const [from, source] of ends.entries())
    for (const [to, destination] of ends.entries())
      for (const port of askedPorts)
        for (const protocol of protocols)
          yield {
            from,
            to,
            one: PortSet.of([{ port, protocol }]),
            text: `${source.id} -> ${destination.id} ${protocol} ${port}`,
            allowed: naiveAllows({ world, from: known(source, world), to: known(destination, world), port, protocol }),
          };
}

describe('Reachability, against a naive evaluator', () => {
  it('says of every connection what the other says, where everything is known', () => {
    fc.assert(
      fc.property(knownWorld, (world) => {
        const reachability = new Reachability(world);
        for (const { from, to, one, text, allowed } of connections(world, reachability.ends)) {
          const { certain, possible } = reachability.between(from, to);
          count(`known ${allowed}`);
          if (certain.covers(one) !== allowed || possible.covers(one) !== allowed)
            throw new Error(`${text}: ${allowed}, and not ${certain.text} (${possible.text})`);
        }
      }),
      { numRuns: 600 },
    );
    expect(seen.get('known true')).toBeGreaterThan(10_000);
    expect(seen.get('known false')).toBeGreaterThan(10_000);
  });

  it('is certain only of what holds, and leaves out nothing that may, wherever pods are and whatever their label a is', () => {
    fc.assert(
      fc.property(knownWorld.map(inBothFamilies), (world) => {
        // What is known below is one of the ways in which what is not known here may be.
        const blind = new Reachability({
          ...world,
          podCidrs: ['10.0.0.0/15', '192.168.0.0/16', 'fd00::/8'],
          pods: world.pods.map(({ addresses: _, node: __, ...rest }) => ({ ...rest, ...withoutValue(rest.labels) })),
        });
        for (const { from, to, one, text, allowed } of connections(world, new Reachability(world).ends)) {
          const { certain, possible } = blind.between(from, to);
          if (certain.covers(one) !== possible.covers(one)) count('unsure');
          else count(`sure ${allowed}`);
          if (allowed && !possible.covers(one)) throw new Error(`${text} is possible, and not only ${possible.text}`);
          // That a pod lacks an address of one family, nobody blind knows.
          if (!allowed && certain.covers(one) && isOfBothFamilies(from, to, world))
            throw new Error(`${text} is not certain`);
        }
      }),
      { numRuns: 250 },
    );
    for (const what of ['unsure', 'sure true', 'sure false']) expect(seen.get(what)).toBeGreaterThan(1_000);
  });

  it('is certain of nothing by IPv6, and leaves out nothing that may be, where nobody says whether pods have addresses of it', () => {
    fc.assert(
      fc.property(knownWorld.map(withFour), (world) => {
        const blind = new Reachability({
          ...world,
          pods: world.pods.map(({ addresses: _, node: __, ...rest }) => rest),
        });
        for (const { from, to, one, text, allowed } of connections(world, new Reachability(world).ends)) {
          const { certain, possible } = blind.between(from, to);
          if (certain.covers(one) !== possible.covers(one)) count('by six perhaps');
          if (allowed && !possible.covers(one)) throw new Error(`${text} is possible, and not only ${possible.text}`);
          if (!allowed && certain.covers(one)) throw new Error(`${text} is not certain`);
        }
      }),
      { numRuns: 250 },
    );
    expect(seen.get('by six perhaps')).toBeGreaterThan(1_000);
  });

  it('explains every pair by what it says of it', () => {
    fc.assert(
      fc.property(knownWorld, (world) => {
        const reachability = new Reachability(world);
        const { ends } = reachability;
        for (const from of ends.keys())
          for (const to of ends.keys()) {
            const { egress, ingress, certain, shortcut } = reachability.explain(from, to);
            const open = reachability.between(from, to).certain;
            expect(certain.key).toBe(open.key);
            if (shortcut !== undefined) count(shortcut);
            else if (!isOfBothFamilies(from, to, world))
              expect(egress.certain.intersect(ingress.certain).key).toBe(open.key);
            for (const { decides, ports } of [...egress.steps, ...ingress.steps])
              expect(ports.covers(decides)).toBe(true);
          }
      }),
      { numRuns: 100 },
    );
    for (const what of ['itself', 'same-node', 'no-common-family']) expect(seen.get(what)).toBeGreaterThan(10);
  });

  function isOfBothFamilies(from: number, to: number, world: NetworkWorld): boolean {
    const { ends } = new Reachability({ ...world, policies: [] });
    return [from, to].every((index) => {
      const end = ends[index];
      const addresses = end === undefined ? [] : known(end, world).addresses;
      return addresses.some((each) => each.includes(':')) && addresses.some((each) => !each.includes(':'));
    });
  }
});
