import type { Clause } from './clause';
import { type Frame, rootScope, type Scope } from './expression/closure';
import type { Node } from './expression/node';
import { forEach, Script } from './expression/script';

/** What one clause asks, of whom the rule's place in the list is known. */
interface Test {
  readonly rule: number;
  readonly when: Node;
  /** Its own variables, in the slots of its step. */
  readonly scope: Scope;
}

/** Tests of the same things, and the loops that lead on from there. */
interface Step {
  readonly tests: Test[];
  readonly loops: Loop[];
}

interface Loop extends Step {
  readonly key: string;
  readonly list: Node;
  /** The variables that are bound around it. */
  readonly scope: Scope;
}

/**
 * Asks many rules about an object at once. Their clauses hang on one tree of loops, so that each container, port and volume is
 * visited once for all of them, and each step of it is a function that reads each field once. It says which rules find
 * something; what that is, they say themselves.
 */
export class Screening {
  readonly #suspects: boolean[];
  readonly #ask: (frame: Frame) => void;
  /** Takes down a rule that finds something. */
  readonly #suspect = (rule: number): void => {
    this.#suspects[rule] = true;
    this.#found++;
  };
  #found = 0;

  /**
   * @param clauses those of each rule; a rule without any never finds something
   * @throws EvalError where the process may not make code of strings
   */
  constructor(clauses: readonly (readonly Clause[])[]) {
    this.#suspects = clauses.map(() => false);
    const script = new Script();
    this.#ask = script.run(this.#write(treeOf(clauses), script));
  }

  /**
   * The rules that find something in what the frame holds, by their places in the list; undefined where none does. The answer
   * holds until the next call.
   * @throws whatever a test throws
   */
  suspects(frame: Frame): readonly boolean[] | undefined {
    if (this.#found > 0) this.#suspects.fill(false);
    this.#found = 0;
    this.#ask(frame);
    return this.#found > 0 ? this.#suspects : undefined;
  }

  /** A function that asks the tests of a step, and those of its loops. */
  #write({ tests, loops }: Step, script: Script): string {
    const below = loops.map((loop) => this.#write(loop, script));
    const found = script.constant(this.#suspect);
    return script.add((body) => [
      ...tests.map(({ rule, when, scope }) => `if (${body.test(when, scope)}) ${found}(${rule});`),
      ...loops.map(({ list, scope }, i) => forEach(list, scope, `${below[i]}(frame);`, body)),
    ]);
  }
}

/** The clauses on one tree. */
function treeOf(clauses: readonly (readonly Clause[])[]): Step {
  const root: Step = { tests: [], loops: [] };
  clauses.forEach((ofRule, rule) => {
    for (const { loops, when } of ofRule) {
      let step = root;
      let scope = rootScope;
      for (const { list, item } of loops) {
        const key = keyOf(list, scope);
        let next = step.loops.find((loop) => loop.key === key);
        if (next === undefined) {
          next = { key, list, scope, tests: [], loops: [] };
          step.loops.push(next);
        }
        step = next;
        scope = [...scope, item];
      }
      step.tests.push({ rule, when, scope });
    }
  });
  return root;
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
