import type { Direction } from '../allowances';
import { PortSet } from '../port-set';
import { namesSix } from './outside';
import { Plane, type RuleAnswer } from './plane';
import { EVERY_PORT, NO_PORT, type PortId, PortIds } from './port-ids';
import { type ReachPolicy, readPolicy } from './read-policy';
import { type End, endsOf, type NetworkPods, type NetworkWorld } from './world';

/** Which ports one end reaches of another. */
export interface Reach {
  /** Whatever the addresses, nodes and labels are that nobody here knows. */
  readonly certain: PortSet;
  /** Those, and what depends on such an address, node or label. */
  readonly possible: PortSet;
}

/** What a rule said of a connection. */
export interface RuleStep {
  readonly policy: ReachPolicy;
  readonly rule: ReachPolicy['rules'][number];
  /** Whether it is for this connection; `maybe` by an address, a node or a label that is not known. */
  readonly match: 'yes' | 'maybe' | 'no';
  /** The ports that it is for, of those that were asked about. */
  readonly ports: PortSet;
  /** The ports of them that no rule before it decided. */
  readonly decides: PortSet;
}

/** What one side of a connection says. */
export interface SideAnswer extends Reach {
  readonly direction: Direction;
  /** `policies` decide, or nothing does: no policy is `none` there; the end is on the network of a `node`, or `outside`. */
  readonly by: 'policies' | 'none' | 'node' | 'outside';
  /** Whether a NetworkPolicy closes it. */
  readonly isClosed: boolean;
  readonly policies: readonly ReachPolicy[];
  /** The policies among them of which it is not certain whether they are for this end. */
  readonly perhaps: readonly ReachPolicy[];
  /** Every rule that was asked, in the order in which they decide. */
  readonly steps: readonly RuleStep[];
}

/** Why one end reaches another, or does not. */
export interface Explanation extends Reach {
  readonly from: End;
  readonly to: End;
  /** The ports that were asked about. */
  readonly asked: PortSet;
  /** Why no policy is asked: a pod always reaches itself, a node the pods on it, and two families of addresses do not meet. */
  readonly shortcut?: 'itself' | 'same-node' | 'no-common-family';
  /** True where it is allowed if both are on one node, which nobody here knows. */
  readonly dependsOnNode: boolean;
  /** True where it is told by IPv6, of which nobody here knows whether the pods have addresses. */
  readonly dependsOnSix: boolean;
  readonly egress: SideAnswer;
  readonly ingress: SideAnswer;
}

/**
 * Who may open connections to whom, by the NetworkPolicies and the policies of the cluster's administrator. Policies are read and
 * compiled once; after that a pair is a few look-ups.
 *
 * What no API defines is taken as most network plugins have it: pods on the network of a node are selected by no policy and are the
 * node to everybody; blocks of addresses take pods, too; traffic between a pod and its own node always flows.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class Reachability {
  readonly ends: readonly End[];
  readonly policies: readonly ReachPolicy[];
  /** Whether IPv6 is spoken of, and nobody says whether pods have addresses of it: what they reach by those is not certain. */
  readonly supposesSix: boolean;
  readonly #ids = new PortIds();
  readonly #planes: readonly Plane[];
  readonly #indices: ReadonlyMap<string, number>;
  readonly #isMixed: boolean;

  /** @throws RangeError for two ends of one id */
  constructor(world: NetworkWorld) {
    this.ends = endsOf(world);
    this.#indices = new Map(this.ends.map(({ id }, index) => [id, index]));
    this.policies = world.policies.flatMap((object) => readPolicy(object, world.defaultNamespace ?? 'default') ?? []);
    const portKinds = kindsOfPorts(this.ends);
    const families = familiesOf(world, this.policies);
    this.#planes = families.map((family) => new Plane(world, this.policies, family, this.#ids, portKinds));
    this.#isMixed = families.length > 1;
    this.#isOnHost = this.ends.map((end) => end.kind === 'node' || (end.kind === 'pods' && end.pods.isOnHost === true));
    this.supposesSix = this.#planes.some(({ peers }) => this.ends.some((_, index) => peers.isSupposed(index)));
    this.#isUnsure = this.supposesSix || this.#planes.some(({ isUnsure }) => isUnsure) || this.#isOnHost.includes(true);
  }

  readonly #isOnHost: readonly boolean[];
  readonly #isUnsure: boolean;

  /** The number of an end, by its id. */
  indexOf(id: string): number | undefined {
    return this.#indices.get(id);
  }

  /** Whether two ends are one and the same, which always reaches itself. Several pods of one workload are judged as any two are. */
  isSame(from: number, to: number): boolean {
    const source = this.ends[from];
    return from === to && !(source?.kind === 'pods' && source.pods.isSeveral === true);
  }

  /** Which ports one end reaches of another. */
  between(from: number, to: number): Reach {
    return { certain: this.#ids.set(this.certain(from, to)), possible: this.#ids.set(this.possible(from, to)) };
  }

  /** The number of the set of ports that one end reaches of another, for many pairs: {@link ports} has the set. */
  certain(from: number, to: number): PortId {
    return this.#bound(from, to, 'certain');
  }

  /** The same for what is possible: what depends on an address, a node or a label that nobody here knows is in it. */
  possible(from: number, to: number): PortId {
    return this.#bound(from, to, this.#isUnsure ? 'possible' : 'certain');
  }

  /** The set of ports of a number. */
  ports(id: PortId): PortSet {
    return this.#ids.set(id);
  }

  /** The policies that are for an end in a direction, and whether one of them closes it. */
  sides(
    index: number,
    direction: Direction,
  ): { readonly policies: readonly ReachPolicy[]; readonly isClosed: boolean } {
    return this.#firstPlane.side(index, direction);
  }

  /** The ports that one side of a connection may let through, whatever the other says. */
  openedBy(subject: number, direction: Direction, other: number): PortSet {
    const open = this.#planes.map((plane) => plane.opened(subject, direction, other, 'possible'));
    return this.#ids.set(open.reduce((sum, each) => this.#ids.union(sum, each), NO_PORT));
  }

  /**
   * Why one end reaches another, or does not, rule by rule.
   * @param asked the ports that are asked about. @default - every port
   */
  explain(from: number, to: number, asked: PortSet = PortSet.every): Explanation {
    const [source, destination] = [this.ends[from], this.ends[to]];
    if (source === undefined || destination === undefined) throw new RangeError(`there are no ends ${from} and ${to}`);
    const only = (ports: PortSet) => ports.intersect(asked);
    const { certain, possible } = this.between(from, to);
    const shortcut = this.#shortcut(from, to);
    const plane = this.#tellingPlane(from, to);
    return {
      from: source,
      to: destination,
      asked,
      certain: only(certain),
      possible: only(possible),
      ...(shortcut && { shortcut }),
      dependsOnNode: this.#mayShareNode(from, to),
      dependsOnSix: isSupposed(plane, from, to),
      egress: this.#side(plane, from, 'egress', to, asked),
      ingress: this.#side(plane, to, 'ingress', from, asked),
    };
  }

  #bound(from: number, to: number, bound: 'certain' | 'possible'): PortId {
    if (this.#isUnsure || from === to) {
      const shortcut = this.#shortcut(from, to);
      if (shortcut !== undefined) return shortcut === 'no-common-family' ? NO_PORT : EVERY_PORT;
      if (bound === 'possible' && this.#mayShareNode(from, to)) return EVERY_PORT;
    }
    const planes = this.#planes;
    let open = NO_PORT;
    for (let i = 0; i < planes.length; i++) {
      const plane = planes[i] as Plane;
      if (this.#isMixed && !(plane.peers.hasAddress(from) && plane.peers.hasAddress(to))) continue;
      if (bound === 'certain' && isSupposed(plane, from, to)) continue;
      const out = plane.opened(from, 'egress', to, bound);
      if (out !== NO_PORT)
        open = this.#ids.union(open, this.#ids.intersect(out, plane.opened(to, 'ingress', from, bound)));
    }
    return open;
  }

  #shortcut(from: number, to: number): Explanation['shortcut'] {
    const [source, destination] = [this.ends[from], this.ends[to]];
    if (this.isSame(from, to)) return 'itself';
    const [here, there] = [nodeOf(source), nodeOf(destination)];
    const isOfNode = this.#isOnHost[from] || this.#isOnHost[to];
    if (isOfNode && here !== undefined && here === there) return 'same-node';
    if (!this.#planes.some((plane) => plane.peers.hasAddress(from) && plane.peers.hasAddress(to)))
      return 'no-common-family';
    return undefined;
  }

  /** Whether both may be on one node, so that no policy is asked. */
  #mayShareNode(from: number, to: number): boolean {
    if (!(this.#isOnHost[from] || this.#isOnHost[to])) return false;
    const [source, destination] = [this.ends[from], this.ends[to]];
    if (source?.kind === 'address' || destination?.kind === 'address') return false;
    return nodeOf(source) === undefined || nodeOf(destination) === undefined;
  }

  /** The family by which most is open between them: the first of those by which all of it is. */
  #tellingPlane(from: number, to: number): Plane {
    const common = this.#planes.filter(({ peers }) => peers.hasAddress(from) && peers.hasAddress(to));
    const openBy = (plane: Plane): PortId =>
      this.#ids.intersect(plane.opened(from, 'egress', to, 'possible'), plane.opened(to, 'ingress', from, 'possible'));
    const all = common.map(openBy).reduce((sum, each) => this.#ids.union(sum, each), NO_PORT);
    return common.find((plane) => openBy(plane) === all) ?? common[0] ?? this.#firstPlane;
  }

  #side(plane: Plane, subject: number, direction: Direction, other: number, asked: PortSet): SideAnswer {
    const { policies, perhaps, isClosed } = plane.side(subject, direction);
    const steps: RuleStep[] = [];
    const certain = plane.opened(
      subject,
      direction,
      other,
      'certain',
      ({ compiled, match, ports, decides }: RuleAnswer) => {
        const only = (id: PortId) => this.#ids.set(id).intersect(asked);
        steps.push({ policy: compiled.policy, rule: compiled.rule, match, ports: only(ports), decides: only(decides) });
      },
    );
    const possible = plane.opened(subject, direction, other, 'possible');
    const end = this.ends[subject];
    return {
      direction,
      by:
        end?.kind === 'address'
          ? 'outside'
          : this.#isOnHost[subject]
            ? 'node'
            : policies.length === 0
              ? 'none'
              : 'policies',
      isClosed,
      policies,
      perhaps,
      steps,
      certain: this.#ids.set(certain).intersect(asked),
      possible: this.#ids.set(possible).intersect(asked),
    };
  }

  get #firstPlane(): Plane {
    return this.#planes[0] as Plane;
  }
}

function isSupposed({ peers }: Plane, from: number, to: number): boolean {
  return peers.isSupposed(from) || peers.isSupposed(to);
}

function nodeOf(end: End | undefined): string | undefined {
  return end?.kind === 'node' ? end.node.name : end?.kind === 'pods' ? end.pods.node : undefined;
}

/** A number for each end: the same for the same declared ports. */
function kindsOfPorts(ends: readonly End[]): readonly number[] {
  const known = new Map<string, number>();
  return ends.map((end) => {
    const key = end.kind === 'pods' ? portsKey(end.pods) : '';
    let kind = known.get(key);
    if (kind === undefined) {
      kind = known.size;
      known.set(key, kind);
    }
    return kind;
  });
}

function portsKey({ ports }: NetworkPods): string {
  return ports.map(({ name = '', port, protocol }) => `${name}:${port}/${protocol}`).join();
}

/** The families that any address of the world is of; those of pods whose addresses are not known are of their blocks. */
function familiesOf(
  { pods, nodes = [], addresses = [], podCidrs }: NetworkWorld,
  policies: readonly ReachPolicy[],
): readonly (4 | 6)[] {
  const texts = [
    ...pods.flatMap((each) => each.addresses ?? []),
    ...nodes.flatMap((node) => node.addresses),
    ...addresses,
  ];
  const isSix =
    [...texts, ...(podCidrs ?? [])].some((text) => text.includes(':')) ||
    (podCidrs === undefined && namesSix(policies));
  const isFour = podCidrs === undefined || [...texts, ...podCidrs].some((text) => !text.includes(':'));
  return [...(isFour ? [4 as const] : []), ...(isSix ? [6 as const] : [])];
}
