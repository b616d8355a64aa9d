/** Whatever is declared is what the mesh lets in, and what the network lets through: no more and no less. */
import * as fc from 'fast-check';
import type { KubernetesObject } from '../../../core/manifest';
import { networkWorldOf, Reachability } from '../../../core/network';
import { openUntilAnnotation } from '../../../core/network/temporary';
import {
  ClusterTarget,
  ExistingNamespace,
  ExternalWorkload,
  LockedNamespace,
  type MeshName,
  MutualTls,
  Probe,
  SecureDeployment,
} from '../../../index';
import { basics, objectsOf, testApp } from '../../support/app';
import { allows } from '../../support/mesh-evaluator';

const ports = [6379, 7000, 8080] as const;
const places = ['a/one', 'a/two', 'b/one', 'b/two'] as const;
const tunnels = { istio: undefined, 'istio-ambient': 15008, linkerd: 4143 } as const;

type Place = (typeof places)[number];

/** The last day of a connection; undefined for one that lasts. */
type Day = '2026-12-31' | '2027-01-31' | undefined;

interface World {
  /** Who connects to whom on which port, whether the one says it or the other, and until when. */
  readonly connections: readonly { from: Place; to: Place; port: number; by: 'client' | 'server'; until: Day }[];
  /** Which namespaces are let in, and gateways of others. */
  readonly opened: readonly { to: Place; port: number; whom: 'a' | 'b' | 'edge' | 'gateway'; until: Day }[];
  readonly plaintext: readonly { of: Place; port: number }[];
  /** Before the workloads, after them, or in the middle. */
  readonly when: 0 | 1 | 2;
  readonly probe: 'grpc' | 'http' | 'tcp';
}

const place = fc.constantFrom(...places);
const port = fc.constantFrom(...ports);
const until = fc.constantFrom<Day[]>(undefined, undefined, '2026-12-31', '2027-01-31');

const worlds: fc.Arbitrary<World> = fc.record({
  connections: fc.array(fc.record({ from: place, to: place, port, by: fc.constantFrom('client', 'server'), until }), {
    maxLength: 8,
  }),
  opened: fc.array(fc.record({ to: place, port, whom: fc.constantFrom('a', 'b', 'edge', 'gateway'), until }), {
    maxLength: 3,
  }),
  plaintext: fc.array(fc.record({ of: place, port }), { maxLength: 2 }),
  when: fc.constantFrom(0, 1, 2),
  probe: fc.constantFrom('grpc', 'http', 'tcp'),
});

const probes = { grpc: Probe.grpc(), http: Probe.http('/up'), tcp: Probe.tcp() };

function made(mesh: MeshName, world: World) {
  const target = ClusterTarget.of('1.36', {
    cni: 'cilium',
    meshPlugin: mesh === 'linkerd' ? 'linkerd-cni' : 'istio-cni',
  });
  const app = testApp({ target });
  const edge = new ExistingNamespace(app, 'edge');
  const gateway = new ExternalWorkload(edge, 'gateway', {
    selector: { app: 'gateway' },
    serviceAccountName: 'gateway',
  });
  const declare = () => new MutualTls(app, 'mtls', { mesh, meshed: [edge] });
  let mtls = world.when === 0 ? declare() : undefined;
  const namespaces = {
    a: new LockedNamespace(app, 'a', { owner: 'x' }),
    b: new LockedNamespace(app, 'b', { owner: 'x' }),
  };
  const workloads = new Map(
    places.map((each) => {
      const [namespace, name] = each.split('/') as ['a' | 'b', string];
      const props = { ...basics, port: ports[0], ports: [ports[1], ports[2]] as const, readiness: probes[world.probe] };
      return [each, new SecureDeployment(namespaces[namespace], name, props)];
    }),
  );
  if (world.when === 1) mtls = declare();
  const at = (each: Place) => workloads.get(each) as SecureDeployment;
  const options = (wanted: number, expires: Day) => ({
    port: wanted,
    ...(expires !== undefined && { temporary: { expires, reason: 'until the old one has moved away' } }),
  });
  for (const { from, to, port: wanted, by, until: day } of world.connections)
    if (by === 'client') at(from).connectTo(at(to), options(wanted, day));
    else at(to).exposeTo(at(from), options(wanted, day));
  for (const { to, port: wanted, whom, until: day } of world.opened)
    at(to).exposeTo({ ...namespaces, edge, gateway }[whom], options(wanted, day));
  mtls ??= declare();
  for (const { of, port: wanted } of world.plaintext) {
    mtls.allowPlaintext(at(of), { port: wanted });
    at(of).addException({
      rule: ['mesh-plaintext'],
      reason: 'the load balancer of the cloud has no identity',
      expires: '2027-01-31',
      ticket: 'T-1',
    });
  }
  return { app, objects: objectsOf(app) };
}

/** What is left where on a day everything is pruned that has ended before. */
function leftOn(day: string, objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter(({ metadata }) => (metadata?.annotations?.[openUntilAnnotation] ?? day) >= day);
}

/** What is declared, and not over on a day. */
function declaredOn(day: string, world: World): World {
  const lasts = ({ until: expires }: { readonly until: Day }) => expires === undefined || expires >= day;
  return { ...world, connections: world.connections.filter(lasts), opened: world.opened.filter(lasts) };
}

const days = ['2026-11-22', '2027-01-01', '2027-02-01'] as const;

/** Who is declared to reach a port: workloads, and `edge/*` for whoever is there. */
function declaredTo(world: World, to: Place, wanted: number): ReadonlySet<string> {
  const direct = world.connections.filter((each) => each.to === to && each.port === wanted).map(({ from }) => from);
  const opened = world.opened.filter((each) => each.to === to && each.port === wanted).map(({ whom }) => whom);
  const ofNamespaces = places.filter((each) => opened.includes(each.split('/')[0] as 'a' | 'b'));
  const outside = [
    ...(opened.includes('edge') ? ['edge/gateway', 'edge/other'] : []),
    ...(opened.includes('gateway') ? ['edge/gateway'] : []),
  ];
  return new Set([...direct, ...ofNamespaces, ...outside]);
}

describe.each(['istio', 'istio-ambient', 'linkerd'] as const)('mutual TLS of %s', (mesh) => {
  it('lets in by identity who is declared, and nobody else', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...days), (declared, day) => {
        const objects = leftOn(day, made(mesh, declared).objects);
        const world = declaredOn(day, declared);
        for (const to of places)
          for (const wanted of [...ports, 9999]) {
            const known = declaredTo(world, to, wanted);
            const plain = world.plaintext.some((each) => each.of === to && each.port === wanted);
            const [namespace, name] = to.split('/') as [string, string];
            const server = { namespace, labels: { 'app.kubernetes.io/name': name } };
            for (const from of [...places, 'edge/gateway', 'edge/other', 'elsewhere/one', undefined]) {
              const [of, serviceAccount] = (from ?? '').split('/') as [string, string];
              const client = from === undefined ? undefined : { namespace: of, serviceAccount };
              const allowed = allows[mesh](objects, { ...(client && { client }), server, port: wanted });
              expect([from, to, wanted, allowed]).toEqual([from, to, wanted, plain || known.has(from ?? '')]);
            }
          }
      }),
      { numRuns: 25 },
    );
  });

  it('opens in NetworkPolicies the ways between the same workloads, on the port that the packets have', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...days), (declared, day) => {
        const { world: network } = networkWorldOf(leftOn(day, made(mesh, declared).objects));
        const world = declaredOn(day, declared);
        const reach = new Reachability(network);
        for (const to of places)
          for (const from of places) {
            if (from === to) continue;
            const called = ports.filter((wanted) => declaredTo(world, to, wanted).has(from));
            const tunnel = tunnels[mesh];
            const packets = tunnel === undefined || called.length === 0 ? called : [tunnel];
            const { certain } = reach.between(reach.indexOf(from) ?? -1, reach.indexOf(to) ?? -1);
            expect([from, to, certain.text]).toEqual([
              from,
              to,
              packets.length === 0 ? 'no port' : `TCP ${packets.join(', ')}`,
            ]);
          }
      }),
      { numRuns: 25 },
    );
  });
});
