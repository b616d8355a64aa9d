import type { Direction } from '../allowances';
import { EndSet } from './end-set';
import { type Matched, Peers } from './peers';
import { EVERY_PORT, NO_PORT, type PortId, type PortIds } from './port-ids';
import { PortSpec } from './port-spec';
import type { Action, PolicyRule, ReachPolicy, Tier } from './read-policy';
import type { NetworkWorld } from './world';

/** A rule, ready to be asked. */
export interface CompiledRule {
  readonly policy: ReachPolicy;
  readonly rule: PolicyRule;
  readonly action: Action;
  readonly peers: Matched;
  readonly ports: PortSpec;
}

/** What policies say of one end in one direction. */
export interface Side {
  /** The policies that are for it, in the order in which they are asked. */
  readonly policies: readonly ReachPolicy[];
  /** Whether some NetworkPolicy closes it. */
  readonly isClosed: boolean;
  /** The policies among them of which it is not certain whether they are for it, by the value of a label that is not known. */
  readonly perhaps: readonly ReachPolicy[];
  /** Whether one of these would close it. */
  readonly mayBeClosed: boolean;
  readonly rules: Readonly<Record<Tier, readonly CompiledRule[]>>;
}

/** What was asked of a rule, and what came of it. */
export interface RuleAnswer {
  readonly compiled: CompiledRule;
  /** Whether the other end is one that the rule is for. */
  readonly match: 'yes' | 'maybe' | 'no';
  /** The ports of the rule, for this destination. */
  readonly ports: PortId;
  /** The ports that it decides: those that no rule before it has decided. */
  readonly decides: PortId;
}

/** What is certain where something is not known: an address of a pod, the node of another, the value of a label. */
export type Bound = 'certain' | 'possible';

const tiers: readonly Tier[] = ['admin', 'namespace', 'baseline'];

/** Who reaches whom in one family of addresses. */
export class Plane {
  readonly peers: Peers;
  readonly #sides: Readonly<Record<Direction, (Side | undefined)[]>> = { ingress: [], egress: [] };
  readonly #open: Side = newSide();
  /** Whether some rule is for somebody of whom that is not certain. */
  readonly isUnsure: boolean;

  constructor(
    world: NetworkWorld,
    policies: readonly ReachPolicy[],
    family: 4 | 6,
    private readonly ids: PortIds,
    private readonly portKinds: readonly number[],
  ) {
    this.peers = new Peers(world, family);
    const specs = new Map<string, PortSpec>();
    const specOf = ({ ports }: PolicyRule): PortSpec => {
      const key = JSON.stringify(ports);
      let spec = specs.get(key);
      if (spec === undefined) {
        spec = new PortSpec(ids, ports);
        specs.set(key, spec);
      }
      return spec;
    };
    let isUnsure = false;
    for (const policy of [...policies].sort(inOrder)) {
      const { yes, maybe } = this.peers.selected(policy.subject);
      if (yes.isEmpty && maybe.isEmpty) continue;
      if (!maybe.isEmpty) isUnsure = true;
      const compiled = policy.rules.map((rule): CompiledRule => {
        const peers = this.peers.of(rule.peers);
        if (!peers.maybe.isEmpty) isUnsure = true;
        return { policy, rule, action: rule.action, peers, ports: specOf(rule) };
      });
      for (const direction of ['ingress', 'egress'] as const) {
        const closes = policy.closes.includes(direction);
        const own = compiled.filter(({ rule }) => rule.direction === direction);
        if (policy.tier === 'namespace' ? !closes : own.length === 0) continue;
        for (const index of yes.members()) {
          const side = this.#sideOf(index, direction);
          side.isClosed ||= closes;
          addPolicy(side, policy, own);
        }
        for (const index of maybe.members()) {
          const side = this.#sideOf(index, direction);
          side.mayBeClosed ||= closes;
          side.perhaps.push(policy);
          addPolicy(side, policy, own.map(perhaps));
        }
      }
    }
    this.isUnsure = isUnsure;
  }

  side(index: number, direction: Direction): Side {
    return this.#sides[direction][index] ?? this.#open;
  }

  /**
   * The ports that one side lets through.
   * @param subject whose side it is
   * @param other who is at the other end
   * @param asked told of every rule that is asked, in order
   */
  opened(
    subject: number,
    direction: Direction,
    other: number,
    bound: Bound,
    asked?: (answer: RuleAnswer) => void,
  ): PortId {
    const { isClosed, mayBeClosed, rules } = this.side(subject, direction);
    const destination = direction === 'ingress' ? subject : other;
    const { admin, baseline } = rules;
    if (admin.length === 0 && !isClosed && !mayBeClosed && baseline.length === 0) return EVERY_PORT;
    if (admin.length === 0 && isClosed) return this.#allowed(rules.namespace, other, destination, bound, asked);
    const first = this.#decide(admin, other, destination, EVERY_PORT, bound, asked);
    const below = this.ids.union(first.left, first.either);
    const closed =
      isClosed || mayBeClosed ? this.#allowed(rules.namespace, other, destination, bound, asked) : undefined;
    if (isClosed && closed !== undefined) return this.#settle(first, closed, bound);
    const byDefault = this.#byDefault(baseline, other, destination, below, bound, asked);
    const next = closed === undefined ? byDefault : this.#either(closed, byDefault, bound);
    return this.#settle(first, next, bound);
  }

  /** What a NetworkPolicy tier lets through. */
  #allowed(
    rules: readonly CompiledRule[],
    other: number,
    destination: number,
    bound: Bound,
    asked?: (answer: RuleAnswer) => void,
  ): PortId {
    let open = NO_PORT;
    for (let i = 0; i < rules.length; i++) {
      const compiled = rules[i] as CompiledRule;
      const { peers, ports } = compiled;
      const isCertain = peers.yes.has(other);
      const isMaybe = !isCertain && peers.maybe.has(other);
      if (asked === undefined && !isCertain && (!isMaybe || bound === 'certain')) continue;
      const here = this.#portsAt(ports, destination);
      asked?.({ compiled, match: isCertain ? 'yes' : isMaybe ? 'maybe' : 'no', ports: here, decides: here });
      if (isCertain || (isMaybe && bound === 'possible')) open = this.ids.union(open, here);
      if (open === EVERY_PORT && asked === undefined) return open;
    }
    return open;
  }

  /** What is open where no NetworkPolicy closes it: everything but what the baseline denies. */
  #byDefault(
    rules: readonly CompiledRule[],
    other: number,
    destination: number,
    ports: PortId,
    bound: Bound,
    asked?: (answer: RuleAnswer) => void,
  ): PortId {
    if (rules.length === 0) return EVERY_PORT;
    return this.#settle(this.#decide(rules, other, destination, ports, bound, asked), EVERY_PORT, bound);
  }

  /** Rules in their order: the first that is for a port decides it. */
  #decide(
    rules: readonly CompiledRule[],
    other: number,
    destination: number,
    ports: PortId,
    bound: Bound,
    asked?: (answer: RuleAnswer) => void,
  ): Decision {
    const { ids } = this;
    let [accepted, passed, rest, either] = [NO_PORT, NO_PORT, ports, NO_PORT];
    for (const compiled of rules) {
      const isCertain = compiled.peers.yes.has(other);
      const isMaybe = !isCertain && compiled.peers.maybe.has(other);
      if (!isCertain && !isMaybe && asked === undefined) continue;
      const here = this.#portsAt(compiled.ports, destination);
      const decides = ids.intersect(rest, here);
      asked?.({ compiled, match: isCertain ? 'yes' : isMaybe ? 'maybe' : 'no', ports: here, decides });
      if (!isCertain && !isMaybe) continue;
      if (isCertain) {
        rest = ids.minus(rest, decides);
        if (compiled.action === 'allow') accepted = ids.union(accepted, decides);
        if (compiled.action === 'pass') passed = ids.union(passed, decides);
      } else if (compiled.action === 'allow') {
        if (bound === 'possible') accepted = ids.union(accepted, decides);
      } else if (compiled.action === 'deny') {
        if (bound === 'certain') rest = ids.minus(rest, decides);
      } else either = ids.union(either, decides);
    }
    return { accepted, left: ids.union(passed, rest), either };
  }

  /** What came of a tier and of what is asked after it. */
  #settle({ accepted, left, either }: Decision, next: PortId, bound: Bound): PortId {
    const { ids } = this;
    const open = ids.union(accepted, ids.intersect(left, next));
    // What one rule may pass on and a later one decide is certain only if both ways lead to the same.
    return bound === 'certain'
      ? ids.minus(open, ids.minus(either, next))
      : ids.union(open, ids.intersect(either, next));
  }

  /** What is open where one of two holds, and nobody knows which. */
  #either(one: PortId, other: PortId, bound: Bound): PortId {
    return bound === 'certain' ? this.ids.intersect(one, other) : this.ids.union(one, other);
  }

  #portsAt(ports: PortSpec, destination: number): PortId {
    if (ports.always !== undefined) return ports.always;
    const end = this.peers.ends[destination];
    return ports.at(this.portKinds[destination] as number, end?.kind === 'pods' ? end.pods.ports : []);
  }

  #sideOf(index: number, direction: Direction): MutableSide {
    const sides = this.#sides[direction] as (MutableSide | undefined)[];
    const side = sides[index] ?? newSide();
    sides[index] = side;
    return side;
  }
}

interface MutableSide {
  policies: ReachPolicy[];
  isClosed: boolean;
  perhaps: ReachPolicy[];
  mayBeClosed: boolean;
  rules: Record<Tier, CompiledRule[]>;
}

const newSide = (): MutableSide => ({
  policies: [],
  isClosed: false,
  perhaps: [],
  mayBeClosed: false,
  rules: { admin: [], namespace: [], baseline: [] },
});

function addPolicy(side: MutableSide, policy: ReachPolicy, rules: readonly CompiledRule[]): void {
  side.policies.push(policy);
  for (const rule of rules) side.rules[policy.tier].push(rule);
}

/** The rule for somebody for whom it may not be at all. */
function perhaps(rule: CompiledRule): CompiledRule {
  const { yes, maybe } = rule.peers;
  return { ...rule, peers: { yes: EndSet.none, maybe: EndSet.of([...yes.members(), ...maybe.members()]) } };
}

/** What a tier made of the ports that it was asked about. */
interface Decision {
  readonly accepted: PortId;
  /** What it leaves to the next tier. */
  readonly left: PortId;
  /** What it may leave to the next tier, by a rule of which it is not certain whether it is for this end. */
  readonly either: PortId;
}

function inOrder(a: ReachPolicy, b: ReachPolicy): number {
  return tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || a.priority - b.priority;
}
