import type { Clause } from './clause';
import { type Closure, compileClosure, elementsOf, type Frame, rootScope, type Scope } from './expression/closure';
import type { Node } from './expression/node';

/** What one clause asks, of whom the rule's place in the list is known. */
interface Test {
  readonly rule: number;
  readonly when: Closure;
}

/** Tests of the same thing, and the loops that lead on from there. */
interface Step {
  readonly tests: Test[];
  readonly loops: Loop[];
}

interface Loop extends Step {
  readonly key: string;
  readonly list: Closure;
}

/**
 * Asks many rules about an object at once. Their clauses hang on one tree of loops, so that each container, port and volume is
 * visited once for all of them. It says which rules find something; what that is, they say themselves.
 */
export class Screening {
  readonly #root: Step = { tests: [], loops: [] };
  readonly #suspects: boolean[];
  #found = 0;

  /** @param clauses those of each rule; a rule without any never finds something */
  constructor(clauses: readonly (readonly Clause[])[]) {
    this.#suspects = clauses.map(() => false);
    clauses.forEach((ofRule, rule) => {
      for (const clause of ofRule) this.#hang(clause, rule);
    });
  }

  /**
   * The rules that find something in what the frame holds, by their places in the list; undefined where none does. The answer
   * holds until the next call.
   * @throws whatever a test throws
   */
  suspects(frame: Frame): readonly boolean[] | undefined {
    if (this.#found > 0) this.#suspects.fill(false);
    this.#found = 0;
    this.#walk(this.#root, frame, rootScope.length);
    return this.#found > 0 ? this.#suspects : undefined;
  }

  #hang({ loops, when }: Clause, rule: number): void {
    const scope = [...rootScope];
    let step: Step = this.#root;
    for (const { list, item } of loops) {
      const key = keyOf(list, scope);
      let next = step.loops.find((loop) => loop.key === key);
      if (next === undefined) {
        next = { key, list: compileClosure(list, scope), tests: [], loops: [] };
        step.loops.push(next);
      }
      step = next;
      scope.push(item);
    }
    step.tests.push({ rule, when: compileClosure(when, scope) });
  }

  #walk({ tests, loops }: Step, frame: Frame, slot: number): void {
    // By index: until the code is warm, an iterator costs an object a step.
    for (let i = 0; i < tests.length; i++) {
      const { rule, when } = tests[i] as Test;
      if (this.#suspects[rule] === true || when(frame) !== true) continue;
      this.#suspects[rule] = true;
      this.#found++;
    }
    for (let i = 0; i < loops.length; i++) {
      const loop = loops[i] as Loop;
      const elements = elementsOf(loop.list(frame));
      for (let at = 0; at < elements.length; at++) {
        frame.slots[slot] = elements[at];
        this.#walk(loop, frame, slot + 1);
      }
    }
  }
}

/** A text that two expressions share only if they are the same, whatever their authors called the variables in scope. */
function keyOf(node: Node, scope: Scope): string {
  return JSON.stringify(node, (_, value) => {
    const slot = scope.indexOf(value);
    return slot >= 0 ? `$${slot}` : typeof value === 'function' || isVariable(value) ? `#${numberOf(value)}` : value;
  });
}

const isVariable = (value: unknown): value is object => (value as Partial<Node> | null)?.kind === 'variable';

const numbers = new WeakMap<object, number>();
let numbered = 0;

/** One for each function or variable: they are what they are. */
function numberOf(thing: object): number {
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  numbers.set(thing, ++numbered);
  return numbered;
}
