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

/** What a clause says of what it has found, where its loops stand. */
type Writer = (frame: Frame, places: readonly Place[]) => Violation;

class CompiledClause {
  readonly #clause: Clause;
  readonly #scope: Scope;
  readonly #lists: readonly Closure[];
  readonly #when: Closure;
  /** Made when something is found: nearly always nothing is. */
  #write: Writer | undefined;

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
    this.#write ??= writerOf(this.#clause, this.#scope);
    const violation = this.#write(frame, places);
    if (before === undefined) return [violation];
    before.push(violation);
    return before;
  }
}

function writerOf(clause: Clause, scope: Scope): Writer {
  const { at, fix, podSecurity, severity, loops } = clause;
  const value = clause.showsValue ? compileClosure(at, scope) : () => undefined;
  const [message, remedy] = [compileClosure(clause.message, scope), compileClosure(clause.remedy, scope)];
  const relaxed = clause.relaxed && compileClosure(clause.relaxed, scope);
  const pathOf = pathWriterOf(at, clause, scope);
  const ofContainer = loops.findIndex(({ list }) => list.kind === 'containers');
  return (frame, places) => {
    const path = pathOf(frame, places);
    const place = places[ofContainer];
    const isRelaxed = relaxed?.(frame) === true;
    const violation = {
      path,
      value: value(frame) ?? undefined,
      message: String(message(frame)),
      remedy: String(remedy(frame)),
      container: typeof place === 'object' ? place.container.name : undefined,
      severity,
      fix: fix && fixOf(frame.slots[0] as KubernetesObject, path, fix),
    };
    // Where it names no standard, the rule's own counts: undefined is another answer.
    return isRelaxed || podSecurity !== undefined
      ? { ...violation, podSecurity: isRelaxed ? undefined : podSecurity }
      : violation;
  };
}

/** Gives a list of the caller's own, to which the steps below are added. */
type PathWriter = (frame: Frame, places: readonly Place[]) => (string | number)[];

/** @throws TypeError for an expression that is no property of the object */
function pathWriterOf(node: Node, clause: Clause, scope: Scope): PathWriter {
  if (node.kind === 'variable') return pathWriterOfVariable(node, clause, scope);
  if (node.kind === 'fallback') return pathWriterOf(node.value, clause, scope);
  if (node.kind !== 'field' && node.kind !== 'entry')
    throw new TypeError(`a finding names a property of the object, not a ${node.kind}`);
  const above = pathWriterOf(node.of, clause, scope);
  const step = stepOf(node, scope);
  return (frame, places) => {
    const path = above(frame, places);
    path.push(step(frame));
    return path;
  };
}

function stepOf(node: Extract<Node, { kind: 'field' | 'entry' }>, scope: Scope): (frame: Frame) => string {
  if (node.kind === 'field') return () => node.name;
  const key = compileClosure(node.key, scope);
  return (frame) => String(key(frame));
}

function pathWriterOfVariable(variable: VariableNode, clause: Clause, scope: Scope): PathWriter {
  const depth = clause.loops.findIndex(({ item }) => item === variable);
  const list = clause.loops[depth]?.list;
  if (list === undefined) return (frame) => pathOfRoot(variable, frame);
  if (list.kind === 'containers') return (_, places) => [...(places[depth] as ContainerInPod).path];
  if (list.kind === 'list') {
    const written: PathWriter[] = [];
    return (frame, places) => {
      const index = Number(places[depth]);
      written[index] ??= pathWriterOf(list.items[index] as Node, clause, scope);
      return written[index](frame, places);
    };
  }
  const above = pathWriterOf(list, clause, scope);
  return (frame, places) => {
    const path = above(frame, places);
    path.push(places[depth] as string | number);
    return path;
  };
}

function pathOfRoot(variable: VariableNode, frame: Frame): (string | number)[] {
  if (variable === roots.object) return [];
  const { path } = frame.slots[rootScope.indexOf(roots.metadata)] as PodInObject;
  return variable === roots.spec ? [...path] : [...path.slice(0, -1), 'metadata'];
}

/** A list to loop over. In one that is written out, each element keeps its place. */
function listClosure(list: Node, scope: Scope): Closure {
  if (list.kind !== 'list') return compileClosure(list, scope);
  const items = list.items.map((item) => compileClosure(item, scope));
  return (frame) => items.map((item) => item(frame));
}
