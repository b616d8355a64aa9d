import type { Grant } from '../authorizer';
import { rightsOf, ruleCovers } from '../covers';
import { askerOf, masters, type Subject } from '../subject';
import { actsFor, actsForNodes, rightsOfActing } from './acting';
import { approvesCertificates, impersonates, makesTokens, readsTokens } from './credentials';
import { type Holder, holderOf, type Proof } from './holder';
import { type ActingPlace, clusterAdmin, nodes, type Place, placeKey } from './place';
import { bindsRoles, changesRequests, escalatesRoles } from './roles';
import type { Power, Step } from './step';
import { entersPods, onNodes, opensKubelets, runsPods } from './workloads';
import type { EscalationWorld } from './world';

/** Every way to more rights; of those of one length, the earlier is told. */
const powers: readonly Power[] = [
  bindsRoles,
  escalatesRoles,
  impersonates,
  actsFor,
  actsForNodes,
  approvesCertificates,
  changesRequests,
  opensKubelets,
  makesTokens,
  readsTokens,
  entersPods,
  runsPods,
];

/** The shortest way of somebody to more than they were given. */
export interface Escalation {
  readonly subject: Subject;
  readonly to: Place;
  /** None where they have it to begin with. */
  readonly steps: readonly Step[];
  /** The rule by which they have it, where there are no steps; absent for the group of masters. */
  readonly by?: Proof;
}

/** Who comes to which rights that no role gives to them outright. */
export class Escalations {
  readonly #steps = new Map<string, readonly Step[]>();

  constructor(readonly world: EscalationWorld) {}

  /**
   * Where a subject gets to, by the shortest ways: to everything in the cluster, to nodes, and to the accounts that have a right which it does not
   * have.
   */
  of(subject: Subject): readonly Escalation[] {
    const from: Place = { kind: 'subject', subject };
    const holder = holderOf(from, this.world);
    if (holder === undefined) return [];
    if (holder.isAdmin) {
      const by = holder.may({ verb: '*', group: '*', resource: '*' });
      return [{ subject, to: clusterAdmin, steps: [], ...(by && { by }) }];
    }
    const ways = this.#ways(from);
    const own = [...this.world.authorizer.grants(askerOf(subject))];
    return [...ways.values()]
      .filter(
        ({ to }) =>
          to.kind === 'cluster-admin' ||
          to.kind === 'nodes' ||
          (to.kind === 'subject' && this.#isStronger(to.subject, own)) ||
          // Who comes to be somebody need not act for them.
          (to.kind === 'acting' && !ways.has(placeOfSubject(to.as)) && this.#hasMore(to, own)),
      )
      .map(({ to, steps }) => ({ subject, to, steps }))
      .sort((a, b) => rank(a.to) - rank(b.to));
  }

  /**
   * The gravest escalation of each subject that bindings of the objects name, the standing ones left out: to everything, else to nodes, else to
   * each stronger account.
   */
  all(): readonly Escalation[] {
    return this.subjects.flatMap((subject) => {
      const found = this.of(subject);
      const gravest = found[0];
      return gravest !== undefined && goals.includes(placeKey(gravest.to)) ? [gravest] : found;
    });
  }

  /** Whoever a binding of the objects names. */
  get subjects(): readonly Subject[] {
    const { authorizer } = this.world;
    const given = new Set(
      authorizer.bindings
        .filter((binding) => !authorizer.isStanding(binding))
        .flatMap(({ subjects }) => subjects.map(placeOfSubject)),
    );
    return authorizer.subjects.filter((subject) => given.has(placeOfSubject(subject)));
  }

  #isStronger(subject: Subject, own: readonly Grant[]): boolean {
    const { authorizer } = this.world;
    for (const { written, namespace, binding, subject: through } of authorizer.grants(askerOf(subject))) {
      // What every account has by itself makes none of them stronger.
      if (through.kind === 'Group' && authorizer.isStanding(binding)) continue;
      for (const right of rightsOf(written.rule, namespace))
        if (!own.some((grant) => ruleCovers(grant.written.rule, grant.namespace, right))) return true;
    }
    return false;
  }

  #hasMore(acting: ActingPlace, own: readonly Grant[]): boolean {
    for (const right of rightsOfActing(acting, this.world))
      if (!own.some(({ written, namespace }) => ruleCovers(written.rule, namespace, right))) return true;
    return false;
  }

  /** Breadth first: the first way to a place is a shortest one. */
  #ways(from: Place): ReadonlyMap<string, { readonly to: Place; readonly steps: readonly Step[] }> {
    const found = new Map<string, { readonly to: Place; readonly steps: readonly Step[] }>();
    const queue: { readonly to: Place; readonly steps: readonly Step[] }[] = [{ to: from, steps: [] }];
    const start = placeKey(from);
    for (const { to: at, steps } of queue)
      for (const step of this.#stepsFrom(at)) {
        const key = placeKey(step.to);
        if (key === start || found.has(key)) continue;
        const way = { to: step.to, steps: [...steps, step] };
        found.set(key, way);
        queue.push(way);
      }
    return found;
  }

  #stepsFrom(place: Place): readonly Step[] {
    const key = placeKey(place);
    const known = this.#steps.get(key);
    if (known !== undefined) return known;
    const steps = [...this.#stepsOf(place)];
    this.#steps.set(key, steps);
    return steps;
  }

  *#stepsOf(place: Place): Generator<Step> {
    if (place.kind === 'nodes') yield* onNodes(this.world);
    const holder = holderOf(place, this.world);
    if (holder === undefined) return;
    if (holder.isAdmin) yield hasEverything(holder);
    else for (const power of powers) yield* power(holder, this.world);
  }
}

/** To be somebody with everything is to have everything. */
function hasEverything(holder: Holder): Step {
  const by = holder.may({ verb: '*', group: '*', resource: '*' });
  const why = by === undefined ? `it is in Group ${masters}` : 'it has every right';
  return { to: clusterAdmin, how: why, by: by === undefined ? [] : [by] };
}

const placeOfSubject = (subject: Subject): string => placeKey({ kind: 'subject', subject });
const goals = [clusterAdmin, nodes].map(placeKey);

function rank(place: Place): number {
  const index = goals.indexOf(placeKey(place));
  return index === -1 ? goals.length : index;
}
