import type { Node, Scalar, VariableNode } from './node';

const node = Symbol('node');
declare const meaning: unique symbol;

/** A value of the object as a rule writes it down: not the value, but the way to it. */
export interface Value<T> {
  readonly [node]: Node;
  readonly [meaning]?: T;
}

/** True or false, never absent. */
export interface Test {
  readonly [node]: Node;
  readonly [meaning]?: 'test';
}

/** A list of the object: see `some`, `every`, `select`, `sizeOf`. */
export interface List<T> extends Value<readonly T[]> {}

/**
 * An object as a rule sees it: each field stands for its value, wherever it is missing, null or present, and leads on to the
 * fields below it.
 */
export type Sym<T> = [NonNullable<T>] extends [Scalar]
  ? Value<NonNullable<T>>
  : NonNullable<T> extends readonly (infer E)[]
    ? List<NonNullable<E>>
    : Value<NonNullable<T>> & { readonly [K in keyof NonNullable<T>]-?: Sym<NonNullable<T>[K]> };

/** The expression that a symbolic value or test stands for. */
export function nodeOf(value: Value<unknown> | Test): Node {
  return value[node];
}

/** A test or value of the expression, without fields. */
export function plain<T>(of: Node): Value<T> & Test {
  return { [node]: of } as Value<T> & Test;
}

/** A symbolic value whose properties are its fields. */
export function symbolic<T>(of: Node): Sym<T> {
  const fields = new Map<string, unknown>();
  return new Proxy(
    {},
    {
      get(_target, key) {
        if (key === node) return of;
        if (typeof key === 'symbol') return undefined;
        let field = fields.get(key);
        if (field === undefined) {
          field = symbolic({ kind: 'field', of, name: key });
          fields.set(key, field);
        }
        return field;
      },
      has: (_target, key) => key === node,
    },
  ) as Sym<T>;
}

/** Whether it is a symbolic value or test. */
export function isSymbolic(value: unknown): value is Value<unknown> {
  return typeof value === 'object' && value !== null && node in value;
}

/** A fresh variable of a loop. */
export function variable(name: string): VariableNode {
  return { kind: 'variable', name };
}
