import { isAbsent } from '../../manifest/plain';
import { compileClosure, elementsOf, type Frame, membersOf, type Scope, slotOf } from './closure';
import { functionNamed, type Parameter } from './functions';
import type { Node, NodeKind, NodeOf, Scalar } from './node';

/**
 * Expressions as the source of one script: the second way to run them, for those that are asked of everything. What a closure
 * finds out for each test anew, how a field is read, what a function is, is settled here once, and what several tests read is
 * read once. A script gives the answer of the closures (tested): what it has no words for, it leaves to them.
 */
export class Script {
  readonly #functions: string[] = [];
  readonly #constants: unknown[] = [...Object.values(helpers)];
  readonly #names = new Map<unknown, string>();

  /** A value that the source cannot hold, by the name that it has there. */
  constant(value: unknown): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const name = `k${this.#constants.length}`;
    this.#constants.push(value);
    this.#names.set(value, name);
    return name;
  }

  /** Adds a function of the frame. @param write - says its statements @returns its name */
  add(write: (body: Body) => readonly string[]): string {
    const body = new Body(this);
    const statements = write(body);
    const name = `f${this.#functions.length}`;
    this.#functions.push(`const ${name} = (function (frame) {\n${body.preamble()}${statements.join('\n')}\n});`);
    return name;
  }

  /**
   * The function of that name, ready to be called.
   * @throws EvalError where the process may not make code of strings (`--disallow-code-generation-from-strings`)
   */
  run(name: string): (frame: Frame) => void {
    const names = this.#constants.map((_, i) => (i < helperNames.length ? (helperNames[i] as string) : `k${i}`));
    // All that stands in the source was written by this module: texts of rules are quoted, everything else is a constant.
    const make = new Function(...names, `"use strict";\n${this.#functions.join('\n')}\nreturn ${name};`);
    return make(...this.#constants) as (frame: Frame) => void;
  }
}

const helpers = {
  elementsOf,
  same: (a: unknown, b: unknown) => !isAbsent(a) && a === b,
  below: (a: unknown, b: unknown) => typeof a === 'number' && typeof b === 'number' && a < b,
  field: (of: unknown, name: string) =>
    typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined,
  isCollection: (value: unknown) => (typeof value === 'object' && value !== null) || typeof value === 'string',
  isFilled: (value: unknown) => {
    if (Array.isArray(value) || typeof value === 'string') return value.length > 0;
    if (typeof value === 'object') for (const key in value) if (Object.hasOwn(value, key)) return true;
    return false;
  },
};

const helperNames = Object.keys(helpers);

/** One function of a script: its expressions, and what they read before anything is asked. */
export class Body {
  readonly #reads = new Map<string, { readonly local: string; readonly fields: Map<string, string> }>();
  readonly #order: string[] = [];
  readonly #variables = new Map<number, string>();
  #temporaries = 0;
  #locals = 0;

  constructor(readonly script: Script) {}

  /** An expression that gives the value; undefined or null where it is absent. */
  value(node: Node, scope: Scope): string {
    const write = writers[node.kind] as ((node: Node, scope: Scope, body: Body) => string) | undefined;
    return write ? write(node, scope, this) : `${this.script.constant(compileClosure(node, scope))}(frame)`;
  }

  /** An expression that is true, and nothing else, where the test holds. */
  test(node: Node, scope: Scope): string {
    const written = this.value(node, scope);
    return isTest(node) ? written : `${written} === true`;
  }

  /** Where the value of a variable stands. */
  variable(slot: number): string {
    const known = this.#variables.get(slot);
    if (known !== undefined) return known;
    const name = `v${slot}`;
    this.#variables.set(slot, name);
    return name;
  }

  /** Where a field stands that is read once for all that ask for it. */
  field(of: string, name: string): string {
    let parent = this.#reads.get(of);
    if (parent === undefined) {
      parent = { local: of, fields: new Map() };
      this.#reads.set(of, parent);
      this.#order.push(of);
    }
    let local = parent.fields.get(name);
    if (local === undefined) {
      local = `r${this.#locals++}`;
      parent.fields.set(name, local);
    }
    return local;
  }

  /** A place for a value that is used twice. */
  temporary(): string {
    return `t${this.#temporaries++}`;
  }

  /** What has to stand before the statements. A field stands after what it is a field of: that was named first. */
  preamble(): string {
    const lines: string[] = [];
    for (const [slot, name] of this.#variables) lines.push(`const ${name} = frame.slots[${slot}];`);
    const locals = [
      ...Array.from({ length: this.#temporaries }, (_, i) => `t${i}`),
      ...Array.from({ length: this.#locals }, (_, i) => `r${i}`),
    ];
    if (locals.length > 0) lines.push(`let ${locals.join(', ')};`);
    for (const of of this.#order) {
      const { fields } = this.#reads.get(of) as { readonly fields: ReadonlyMap<string, string> };
      const reads = [...fields].map(([name, local]) => `${local} = ${of}[${JSON.stringify(name)}];`);
      lines.push(`if (typeof ${of} === 'object' && ${of} !== null) { ${reads.join(' ')} }`);
    }
    return lines.map((line) => `${line}\n`).join('');
  }
}

type Writers = { readonly [K in NodeKind]?: (node: NodeOf<K>, scope: Scope, body: Body) => string };

/** What has no entry is left to its closure. */
const writers: Writers = {
  variable: (variable, scope, body) => body.variable(slotOf(variable, scope)),
  literal: ({ value }) => (typeof value === 'number' ? `(${value})` : JSON.stringify(value)),
  field: ({ of, name }, scope, body) => {
    const parent = body.value(of, scope);
    return of.kind === 'variable' || isPath(of)
      ? body.field(parent, name)
      : `field(${parent}, ${JSON.stringify(name)})`;
  },
  target: ({ read }, _, { script }) => `${script.constant(read)}(frame.target)`,
  setting: ({ name }) => `frame.settings[${JSON.stringify(name)}]`,
  fallback: ({ value, other }, scope, body) => `(${body.value(value, scope)} ?? ${body.value(other, scope)})`,
  choice: ({ test, chosen, otherwise }, scope, body) =>
    `(${body.value(test, scope)} ? ${body.value(chosen, scope)} : ${body.value(otherwise, scope)})`,
  and: ({ tests }, scope, body) =>
    tests.length === 0 ? 'true' : `(${tests.map((test) => body.test(test, scope)).join(' && ')})`,
  or: ({ tests }, scope, body) =>
    tests.length === 0 ? 'false' : `(${tests.map((test) => body.test(test, scope)).join(' || ')})`,
  not: ({ test }, scope, body) => `!(${body.value(test, scope)})`,
  present: ({ value }, scope, body) => `(${body.value(value, scope)} != null)`,
  equal: ({ left, right }, scope, body) => {
    const [a, b] = [body.value(left, scope), body.value(right, scope)];
    if (right.kind === 'literal') return `(${a} === ${b})`;
    return isHeld(a) ? `(${a} != null && ${a} === ${b})` : `same(${a}, ${b})`;
  },
  below: ({ left, right }, scope, body) => {
    if (isLiteral(left, 0) && right.kind === 'call' && right.name === 'sizeOf') {
      const collection = body.value(right.args[0] as Node, scope);
      return ifThere(collection, `isFilled(${collection})`);
    }
    return `below(${body.value(left, scope)}, ${body.value(right, scope)})`;
  },
  among: ({ value, set }, scope, body) => {
    const { script } = body;
    const read = body.value(value, scope);
    const members =
      typeof set === 'function' ? `${script.constant(membersOf(set))}(frame.target)` : script.constant(new Set(set));
    return ifThere(read, `${members}.has(${read})`);
  },
  some: ({ list, item, test }, scope, body) => loop(list, [...scope, item], test, body, true),
  every: ({ list, item, test }, scope, body) => loop(list, [...scope, item], test, body, false),
  call: ({ name, args: [first, second] }, scope, body) => {
    const { takes, run, given, gives } = functionNamed(name);
    const [fitsFirst, fitsSecond] = takes;
    if (first === undefined || fitsFirst === undefined) throw new TypeError(`${name} takes an argument`);
    const conditions: string[] = [];
    const use = (node: Node, fits: Parameter): string => {
      const written = body.value(node, scope);
      const held = isHeld(written) ? written : body.temporary();
      conditions.push(fitting[fits](held === written ? held : `(${held} = ${written})`, held));
      return held;
    };
    const one = use(first, fitsFirst);
    let applied: string;
    if (second === undefined || fitsSecond === undefined) applied = `${body.script.constant(run)}(${one})`;
    else if (given !== undefined && second.kind === 'literal')
      applied = `${body.script.constant(given(second.value as never))}(${one})`;
    else applied = `${body.script.constant(run)}(${one}, ${use(second, fitsSecond)})`;
    const fit = conditions.join(' && ');
    return gives === 'test' ? `(${fit} && ${applied})` : `(${fit} ? ${applied} : undefined)`;
  },
};

/** @param until - what the test has to give for the loop to end, and the answer then */
function loop(list: Node, inside: Scope, test: Node, { script }: Body, until: boolean): string {
  const asks = script.add((body) => [`return ${body.value(test, inside)};`]);
  const ends = `if (${until ? '' : '!'}${asks}(frame)) return ${until};`;
  const name = script.add((body) => [forEach(list, inside.slice(0, -1), ends, body), `return ${!until};`]);
  return `${name}(frame)`;
}

/** A statement for each element of a list, which stands in the slot by then. */
export function forEach(list: Node, scope: Scope, statement: string, body: Body): string {
  const slot = `frame.slots[${scope.length}]`;
  if (list.kind === 'containers') {
    const roles = body.script.constant(new Set(list.roles));
    return `for (let i = 0, all = frame.containers; i < all.length; i++) if (${roles}.has(all[i].role)) { ${slot} = all[i].container; ${statement} }`;
  }
  const elements = body.value(list, scope);
  const each = `for (let i = 0, all = elementsOf(${elements}); i < all.length; i++) { ${slot} = all[i]; ${statement} }`;
  return isHeld(elements) ? `if (${elements} != null) ${each}` : each;
}

/** Whether a value stands in a local, or is one word: it can be read twice. */
function isHeld(written: string): boolean {
  return /^\w+$/.test(written);
}

/** A test that is false of what is absent: most of what is asked for is, and nothing is called for it. */
function ifThere(written: string, test: string): string {
  return isHeld(written) ? `(${written} != null && ${test})` : test;
}

function isLiteral(node: Node, value: Scalar): boolean {
  return node.kind === 'literal' && node.value === value;
}

/** How it is seen whether a value fits. @param read - the expression that gives it, first @param held - where it then is */
const fitting: Readonly<Record<Parameter, (read: string, held: string) => string>> = {
  text: (read) => `typeof ${read} === 'string'`,
  number: (read) => `typeof ${read} === 'number'`,
  quantity: (read, held) => `(typeof ${read} === 'string' || typeof ${held} === 'number')`,
  collection: (read) => `isCollection(${read})`,
};

/** Whether its value stands in a local: a field of a variable, or of such a field. */
function isPath(node: Node): boolean {
  return node.kind === 'field' && (node.of.kind === 'variable' || isPath(node.of));
}

const tests: ReadonlySet<NodeKind> = new Set([
  'and',
  'or',
  'not',
  'present',
  'equal',
  'below',
  'among',
  'some',
  'every',
]);

/** Whether it can give nothing but true and false. */
function isTest(node: Node): boolean {
  return tests.has(node.kind) || (node.kind === 'call' && functionNamed(node.name).gives === 'test');
}
