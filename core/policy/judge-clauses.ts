import type { KubernetesObject } from '../manifest/object';
import { isAbsent, isMapping } from '../manifest/plain';
import type { Clause } from './clause';
import { type Closure, compileClosure, type Frame, rootScope, type Scope } from './expression/closure';
import { type Node, roots, type VariableNode } from './expression/node';
import type { Violation } from './finding';
import { fixOf } from './fix';
import type { ContainerInPod, PodInObject, RuleContext } from './rule';
import { NONE } from './rule';

/** Judges a whole object, or the pod in one, by the clauses of a rule. */
export type Judge = (
  object: KubernetesObject,
  pod: PodInObject | undefined,
  context: RuleContext,
) => readonly Violation[];

const never: Node = { kind: 'or', tests: [] };

/** What expressions are evaluated in, for an object and the pod in it. */
export function frameOf(
  object: KubernetesObject,
  pod: PodInObject | undefined,
  { target, registries }: RuleContext,
): Frame {
  return { slots: [object, pod?.spec, pod], containers: pod?.containers ?? [], target, settings: { registries } };
}

/** The clauses as one function. They are compiled when it is first called: most programs ask few rules. */
export function judgeOf(clauses: readonly Clause[]): Judge {
  let compiled: readonly CompiledClause[] | undefined;
  return (object, pod, context) => {
    compiled ??= clauses.map((clause) => new CompiledClause(clause));
    const frame = frameOf(object, pod, context);
    let found: Violation[] | undefined;
    for (let i = 0; i < compiled.length && !isTooMany(found); i++)
      found = (compiled[i] as CompiledClause).judge(frame, found);
    return isTooMany(found) ? withRest(found) : (found ?? NONE);
  };
}

/** How much a rule finds in one object. Of pairs in a long list there may be millions, and nobody mends them one by one. */
const MOST = 1000;

function isTooMany(found: readonly Violation[] | undefined): found is readonly Violation[] {
  return found !== undefined && found.length > MOST;
}

/** The first of them, and that there are more. That is of no container, so that no exception for one covers what is not told. */
function withRest(found: readonly Violation[]): readonly Violation[] {
  const rest: Violation = {
    path: [],
    message: `there is more of it in the object: only the first ${MOST} places are listed`,
    remedy: 'mend those that are listed, and check again',
  };
  return [...found.slice(0, MOST), rest];
}

/** Where a loop stands: the container, or the index or key of another element. */
type Place = ContainerInPod | number | string;

/** What a clause says of what it finds. */
interface Written {
  readonly value: Closure;
  readonly message: Closure;
  readonly remedy: Closure;
  readonly relaxed: Closure;
}

class CompiledClause {
  readonly #clause: Clause;
  readonly #scope: Scope;
  readonly #lists: readonly Closure[];
  readonly #when: Closure;
  /** Made when something is found: nearly always nothing is. */
  #written: Written | undefined;

  constructor(clause: Clause) {
    const items = clause.loops.map(({ item }) => item);
    this.#clause = clause;
    this.#scope = [...rootScope, ...items];
    this.#lists = clause.loops.map(({ list }, depth) =>
      listClosure(list, this.#scope.slice(0, rootScope.length + depth)),
    );
    this.#when = compileClosure(clause.when, this.#scope);
  }

  /** What is found here after what was found before. */
  judge(frame: Frame, before: Violation[] | undefined): Violation[] | undefined {
    return this.#walk(frame, 0, [], before);
  }

  #walk(frame: Frame, depth: number, places: Place[], before: Violation[] | undefined): Violation[] | undefined {
    const loop = this.#clause.loops[depth];
    if (loop === undefined) return this.#ask(frame, places, before);
    const slot = rootScope.length + depth;
    let found = before;
    if (loop.list.kind === 'containers') {
      const { roles } = loop.list;
      for (let i = 0; i < frame.containers.length && !isTooMany(found); i++) {
        const place = frame.containers[i] as ContainerInPod;
        if (!roles.includes(place.role)) continue;
        frame.slots[slot] = place.container;
        places[depth] = place;
        found = this.#walk(frame, depth + 1, places, found);
      }
      return found;
    }
    const list = (this.#lists[depth] as Closure)(frame);
    if (Array.isArray(list)) {
      for (let i = 0; i < list.length && !isTooMany(found); i++) {
        if (isAbsent(list[i])) continue;
        frame.slots[slot] = list[i];
        places[depth] = i;
        found = this.#walk(frame, depth + 1, places, found);
      }
    } else if (isMapping(list)) {
      for (const key of Object.keys(list)) {
        if (isAbsent(list[key])) continue;
        frame.slots[slot] = key;
        places[depth] = key;
        found = this.#walk(frame, depth + 1, places, found);
      }
    }
    return found;
  }

  #ask(frame: Frame, places: readonly Place[], before: Violation[] | undefined): Violation[] | undefined {
    if (this.#when(frame) !== true) return before;
    const violation = this.#violation(frame, places);
    if (before === undefined) return [violation];
    before.push(violation);
    return before;
  }

  #violation(frame: Frame, places: readonly Place[]): Violation {
    const { at, message, remedy, fix, podSecurity, relaxed = never, severity, showsValue } = this.#clause;
    this.#written ??= {
      value: compileClosure(at, this.#scope),
      message: compileClosure(message, this.#scope),
      remedy: compileClosure(remedy, this.#scope),
      relaxed: compileClosure(relaxed, this.#scope),
    };
    const value = showsValue ? this.#written.value(frame) : undefined;
    const path = this.#pathOf(at, frame, places);
    const container = places.find((place) => typeof place === 'object');
    const isRelaxed = this.#written.relaxed(frame) === true;
    const violation = {
      path,
      value: value ?? undefined,
      message: String(this.#written.message(frame)),
      remedy: String(this.#written.remedy(frame)),
      container: container?.container.name,
      severity,
      fix: fix && fixOf(frame.slots[0] as KubernetesObject, path, fix),
    };
    // Where it names no standard, the rule's own counts: undefined is another answer.
    return isRelaxed || podSecurity !== undefined
      ? { ...violation, podSecurity: isRelaxed ? undefined : podSecurity }
      : violation;
  }

  /** A list of the caller's own, to which the steps below are added. */
  #pathOf(node: Node, frame: Frame, places: readonly Place[]): (string | number)[] {
    if (node.kind === 'variable') return this.#pathOfVariable(node, frame, places);
    if (node.kind === 'fallback') return this.#pathOf(node.value, frame, places);
    if (node.kind !== 'field' && node.kind !== 'entry')
      throw new TypeError(`a finding names a property of the object, not a ${node.kind}`);
    const path = this.#pathOf(node.of, frame, places);
    path.push(node.kind === 'field' ? node.name : String(compileClosure(node.key, this.#scope)(frame)));
    return path;
  }

  #pathOfVariable(variable: VariableNode, frame: Frame, places: readonly Place[]): (string | number)[] {
    const depth = this.#clause.loops.findIndex(({ item }) => item === variable);
    const loop = this.#clause.loops[depth];
    const place = places[depth];
    if (loop !== undefined && place !== undefined) {
      if (typeof place === 'object') return [...place.path];
      const { list } = loop;
      const written = list.kind === 'list' ? list.items[Number(place)] : undefined;
      if (written !== undefined) return this.#pathOf(written, frame, places);
      const path = this.#pathOf(list, frame, places);
      path.push(place);
      return path;
    }
    if (variable === roots.object) return [];
    const { path } = frame.slots[rootScope.indexOf(roots.metadata)] as PodInObject;
    return variable === roots.spec ? [...path] : [...path.slice(0, -1), 'metadata'];
  }
}

/** A list to loop over. In one that is written out, each element keeps its place. */
function listClosure(list: Node, scope: Scope): Closure {
  if (list.kind !== 'list') return compileClosure(list, scope);
  const items = list.items.map((item) => compileClosure(item, scope));
  return (frame) => items.map((item) => item(frame));
}
