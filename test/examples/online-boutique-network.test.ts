/** Who reaches whom in the example as upstream deploys it, with upstream's NetworkPolicies, and as ours is synthesized. */
import { PortSet } from '../../core/network/port-set';
import { NetworkDifference, type ReachChange } from '../../core/network/reach';
import { describeUnless } from '../support/lack';
import { boutiqueObjects, upstreamLack, upstreamObjects } from './boutique';
import { callsOf } from './calls';
import { workloads } from './known-differences';

const upstream = upstreamObjects();

const defaultNamespace = 'online-boutique';
const id = (name: string) => `${defaultNamespace}/${name}`;
const gateway = 'gateway-system/[gateway.networking.k8s.io/gateway-name=public]';
const dns = 'kube-system/[k8s-app=kube-dns]';
const everywhere = '0.0.0.0/0';
/** Those of ours that look names up: whoever connects to others by name. */
const lookUp = ['cartservice', 'checkoutservice', 'frontend', 'loadgenerator', 'recommendationservice'];

interface Reason {
  readonly why: string;
  /** `<from> -> <to>: <ports that ours closes>` */
  readonly closes: readonly string[];
}

const but = (port: number) => `TCP 1-${port - 1}, ${port + 1}-65535`;

/** Every pair that differs, and why. */
const reasons: readonly Reason[] = [
  {
    why: "upstream's frontend lets everybody in on every port; ours lets in the load generator and the gateway, on its own port, and no pod of its own",
    closes: [
      ...workloads.map((name) =>
        name === 'loadgenerator'
          ? `${id(name)} -> ${id('frontend')}: ${but(8080)}, UDP every port, SCTP every port`
          : `${id(name)} -> ${id('frontend')}: every port`,
      ),
      `${gateway} -> ${id('frontend')}: ${but(8080)}, UDP every port, SCTP every port`,
      `${dns} -> ${id('frontend')}: every port`,
      `${everywhere} -> ${id('frontend')}: every port`,
    ],
  },
  {
    why: 'upstream lets every pod out to everywhere: a stolen one sends what it finds; ours are let out to whom they call',
    closes: workloads.flatMap((name) => [
      `${id(name)} -> ${everywhere}: every port`,
      `${id(name)} -> ${gateway}: every port`,
    ]),
  },
  {
    why: 'ours reach the DNS of the cluster on its ports alone, and only those that call others by name',
    closes: workloads.map((name) =>
      lookUp.includes(name)
        ? `${id(name)} -> ${dns}: TCP 1-52, 54-65535, UDP 1-52, 54-65535, SCTP every port`
        : `${id(name)} -> ${dns}: every port`,
    ),
  },
];

const closed = ({ from, to, closes }: ReachChange) => `${from} -> ${to}: ${closes.text}`;

describeUnless(upstreamLack, 'who reaches whom, against upstream', () => {
  const difference = new NetworkDifference(upstream, boutiqueObjects({ target: '1.36' }), { defaultNamespace });
  const changes = [...difference.changes()];

  it('is at least as tight everywhere', () => {
    expect(changes.filter(({ opens }) => !opens.isEmpty)).toEqual([]);
    expect(changes.filter(({ only }) => only !== undefined)).toEqual([]);
  });

  it('differs in what is explained, and in nothing else', () => {
    expect(changes.map(closed).sort()).toEqual(reasons.flatMap(({ closes }) => closes).sort());
    for (const { why } of reasons) expect(why).not.toBe('');
  });

  it("breaks none of the application's own calls", () => {
    const { calls } = callsOf(upstream);
    expect(calls).toHaveLength(16);
    for (const side of [difference.old, difference.new])
      for (const call of calls) {
        const [, from = '', to = '', port = ''] = /^(\S+) -> (\S+) :(\d+)$/.exec(call) ?? [];
        const { reachability } = side;
        const [source, destination] = [reachability.indexOf(id(from)) ?? -1, reachability.indexOf(id(to)) ?? -1];
        const { certain } = reachability.between(source, destination);
        expect([call, certain.covers(PortSet.of([{ port: Number(port) }]))]).toEqual([call, true]);
      }
  });

  it('opens nothing between the workloads but these calls', () => {
    const open = [...difference.new.rows()]
      .filter(({ from, to }) => [from, to].every((end) => end.startsWith(`${defaultNamespace}/`)))
      .map(({ from, to, certain, possible }) => [from, to, certain.text, possible.text].join(' '));
    const { calls } = callsOf(upstream);
    const expected = calls.map((call) => {
      const [, from = '', to = '', port = ''] = /^(\S+) -> (\S+) :(\d+)$/.exec(call) ?? [];
      return `${id(from)} ${id(to)} TCP ${port} TCP ${port}`;
    });
    expect(open.sort()).toEqual(expected.sort());
  });

  it('says so the other way round, too: upstream opens what ours closes', () => {
    const back = new NetworkDifference(boutiqueObjects({ target: '1.36' }), upstream, { defaultNamespace });
    const opened = [...back.changes()];
    expect(opened.map(({ from, to, opens }) => `${from} -> ${to}: ${opens.text}`).sort()).toEqual(
      changes.map(closed).sort(),
    );
    expect(opened.every(({ closes }) => closes.isEmpty)).toBe(true);
  });
});
