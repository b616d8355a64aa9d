import type { ClusterTarget } from '../../cluster/target';
import type { Container, EphemeralContainer, Volume } from '../../manifest/pod';
import type { Quantity } from '../../manifest/pod-common';
import type { FunctionName } from './functions';
import type { Members, Node, Scalar } from './node';
import { portablePattern } from './pattern';
import { isSymbolic, type List, nodeOf, plain, type Sym, symbolic, type Test, type Value, variable } from './symbol';

/** A value of the object, or a literal. */
export type Operand<T extends Scalar> = Value<T> | T;

function operand(value: Operand<Scalar>): Node {
  return isSymbolic(value) ? nodeOf(value) : { kind: 'literal', value: value as Scalar };
}

const test = (of: Node): Test => plain(of);

/** True where the value is there and equal. Of two values of the object, where both are there. */
export function is<T extends Scalar>(value: Value<T>, other: Operand<NoInfer<T>>): Test {
  return test({ kind: 'equal', left: nodeOf(value), right: operand(other) });
}

/** True where the value is there and one of these, which may be more on a later target. */
export function isOneOf<T extends Scalar>(value: Value<T>, set: Members<NoInfer<T>>): Test {
  return test({ kind: 'among', value: nodeOf(value), set });
}

/** True where there is something: a field that is missing or null is not there, an empty list or text is. */
export function has(value: Value<unknown>): Test {
  return test({ kind: 'present', value: nodeOf(value) });
}

/** True where there is nothing. */
export function lacks(value: Value<unknown>): Test {
  return not(has(value));
}

/** True where there is nothing, or an empty list, mapping or text. */
export function isEmpty(value: Value<unknown>): Test {
  return not(isFilled(value));
}

/** True for a list, mapping or text that is there and not empty. */
export function isFilled(value: Value<unknown>): Test {
  const size = call<number>('sizeOf', value);
  return isBelow(0, size);
}

export function not(negated: Test): Test {
  return test({ kind: 'not', test: nodeOf(negated) });
}

/** True where each is. */
export function and(...tests: readonly Test[]): Test {
  return test({ kind: 'and', tests: tests.map(nodeOf) });
}

/** True where one of them is. */
export function or(...tests: readonly Test[]): Test {
  return test({ kind: 'or', tests: tests.map(nodeOf) });
}

/** True where both are numbers and the first is less. */
export function isBelow(value: Operand<number>, other: Operand<number>): Test {
  return test({ kind: 'below', left: operand(value), right: operand(other) });
}

/** True where both are numbers and the first is more. */
export function isAbove(value: Operand<number>, other: Operand<number>): Test {
  return isBelow(other, value);
}

/** A list whose elements are asked one by one, or a mapping, of which it is the keys. */
export type Elements<T> = Value<readonly T[]>;

/** True where the test holds of an element. Of a list that is not there, it does not. */
export function some<T>(list: Elements<T>, holds: (element: Sym<T>) => Test): Test {
  return test({ kind: 'some', ...loop(list, (element: Sym<T>) => ({ test: nodeOf(holds(element)) })) });
}

/** True where the test holds of every element, and where there is none. */
export function every<T>(list: Elements<T>, holds: (element: Sym<T>) => Test): Test {
  return test({ kind: 'every', ...loop(list, (element: Sym<T>) => ({ test: nodeOf(holds(element)) })) });
}

/** The elements of which the test holds. */
export function select<T>(list: Elements<T>, holds: (element: Sym<T>) => Test): List<T> {
  return plain({ kind: 'select', ...loop(list, (element: Sym<T>) => ({ test: nodeOf(holds(element)) })) });
}

/** What is read of each element, where it is there. */
export function each<T, R>(list: Elements<T>, read: (element: Sym<T>) => Value<R>): List<R> {
  return plain({ kind: 'each', ...loop(list, (element: Sym<T>) => ({ value: nodeOf(read(element)) })) });
}

/**
 * A field whose own fields are read, of a custom kind whose definition may leave it open: in the cluster something else than a mapping may stand
 * there, which has no fields. Without this, such an object is refused, or let in, as the policy's failure policy says.
 */
export function open<T>(field: Sym<T>): Sym<T> {
  const of = nodeOf(field as Value<unknown>);
  if (of.kind !== 'field') throw new TypeError('only a field can be left open');
  return symbolic({ ...of, isOpen: true });
}

/** These, as a list: `some(listOf(…), (name) => …)` also gives a long expression a name. */
export function listOf<T extends Scalar>(...items: readonly Operand<T>[]): List<T> {
  return plain({ kind: 'list', items: items.map(operand) });
}

/** These values, as a list of those that are there: to ask of several fields what one of them is asked. */
export function gathered<T>(...values: readonly Value<T>[]): List<NonNullable<T>> {
  return plain({ kind: 'list', items: values.map(nodeOf) });
}

/** The keys of a mapping. */
export function keysOf(mapping: Value<object>): List<string> {
  return plain(nodeOf(mapping));
}

/** The value under a key that is itself a value. */
export function entryOf<T>(mapping: Value<Readonly<Record<string, T>>>, key: Operand<string>): Sym<T>;
export function entryOf(mapping: Value<object>, key: Operand<string>): Value<unknown>;
export function entryOf<T>(mapping: Value<Readonly<Record<string, T>>>, key: Operand<string>): Sym<T> {
  return symbolic({ kind: 'entry', of: nodeOf(mapping), key: operand(key) });
}

/** True where the list has that element. */
export function includes<T extends Scalar>(list: Elements<T>, element: Operand<NoInfer<T>>): Test {
  return some(list, (each) => is(each as Value<T>, element));
}

/** The value, or where there is none the other. */
export function fallback<T>(value: Value<T>, other: Value<T> | (T & Scalar)): Sym<T> {
  return symbolic({ kind: 'fallback', value: nodeOf(value), other: operand(other as Operand<Scalar>) });
}

/** One of two texts. */
export function choose(when: Test, then: Operand<string>, otherwise: Operand<string>): Value<string> {
  return plain({ kind: 'choice', test: nodeOf(when), chosen: operand(then), otherwise: operand(otherwise) });
}

/** True for a text that the pattern finds. Only what JavaScript and RE2 read alike: see {@link portablePattern}. */
export function matches(value: Value<string>, pattern: RegExp): Test {
  return call('matches', value, portablePattern(pattern));
}

export const startsWith = (value: Value<string>, start: Operand<string>): Test => call('startsWith', value, start);
export const endsWith = (value: Value<string>, end: Operand<string>): Test => call('endsWith', value, end);
export const contains = (value: Value<string>, part: Operand<string>): Test => call('contains', value, part);
/** The first part of the text that the pattern finds; empty where it finds none. */
export const find = (value: Value<string>, pattern: RegExp): Value<string> =>
  call('find', value, portablePattern(pattern));
/** Every part of the text that the pattern finds, none within another. */
export const findAll = (value: Value<string>, pattern: RegExp): List<string> =>
  call('findAll', value, portablePattern(pattern));
/** What follows the first of a character; the whole text where it has none. */
export const afterFirst = (value: Value<string>, character: string): Value<string> =>
  call('afterFirst', value, character);
/** What follows the last of a character; the whole text where it has none. */
export const afterLast = (value: Value<string>, character: string): Value<string> =>
  call('afterLast', value, character);
/** So many characters that the text starts with; all of a shorter one. */
export const start = (value: Value<string>, length: number): Value<string> => call('start', value, length);
/** The texts of a list as one, the separator between them. */
export const joined = (list: List<string>, separator: string): Value<string> => call('joined', list, separator);
/** In lower-case ASCII letters. */
export const lowerCase = (value: Value<string>): Value<string> => call('lowerCase', value);
/** In upper-case ASCII letters. */
export const upperCase = (value: Value<string>): Value<string> => call('upperCase', value);
/** How many elements a list has, keys a mapping, characters a text. */
export const sizeOf = (list: Value<unknown>): Value<number> => call('sizeOf', list);
/** True for what Kubernetes reads as an amount of a resource. */
export const isQuantity = (value: Value<Quantity>): Test => call('isQuantity', value);
/** True for an amount of a resource above zero. */
export const isPositiveQuantity = (value: Value<Quantity>): Test => call('isPositiveQuantity', value);
/** True for two amounts that are the same: `1Gi` and `1024Mi`. */
export const isSameQuantity = (a: Value<Quantity>, b: Operand<Quantity>): Test => call('sameQuantity', a, b);
/** True for two amounts of which the first is less. */
export const isLessQuantity = (a: Operand<Quantity>, b: Operand<Quantity>): Test => call('lessQuantity', a, b);

/** What the target answers: one for a whole policy. */
export function onTarget(holds: (target: ClusterTarget) => boolean): Test {
  return test({ kind: 'target', read: holds });
}

/** A value that the target gives. */
export function ofTarget<T extends Scalar>(read: (target: ClusterTarget) => T): Value<T> {
  return plain({ kind: 'target', read });
}

/** The image repositories that the platform allows. */
export const registries: List<string> = plain({ kind: 'setting', name: 'registries' });

/** What can stand in a text: a value, or a container or volume that a loop binds. */
export type Shown = Operand<Scalar> | Sym<Container> | Sym<EphemeralContainer> | Sym<Volume>;

/**
 * A text with values in it: texts, numbers, switches. A container or volume that a loop binds stands for its name: `container "api"`.
 * Of anything else, name a field.
 */
export function text(fixed: TemplateStringsArray, ...values: readonly Shown[]): Value<string> {
  const parts = fixed.flatMap((part, i): readonly Node[] => {
    const value = values[i];
    const literal: readonly Node[] = part === '' ? [] : [{ kind: 'literal', value: part }];
    return value === undefined ? literal : [...literal, operand(value as Operand<Scalar>)];
  });
  return plain({ kind: 'text', parts });
}

function call<T>(name: FunctionName, ...args: readonly (Value<unknown> | Scalar)[]): Value<T> & Test {
  return plain({ kind: 'call', name, args: args.map((arg) => operand(arg as Operand<Scalar>)) });
}

function loop<T, R>(list: Value<unknown>, body: (element: Sym<T>) => R) {
  const over = nodeOf(list);
  const item = variable(nameOfElement(over));
  return { list: over, item, ...body(symbolic(item)) };
}

/** `ports` has `port`: what CEL calls the element of a list. */
export function nameOfElement(list: Node): string {
  if (list.kind === 'containers') return 'container';
  if (list.kind === 'select') return nameOfElement(list.list);
  if (list.kind === 'setting') return 'registry';
  if (list.kind === 'variable') return 'key';
  if (list.kind === 'list') return 'value';
  if (list.kind !== 'field') return 'each';
  const { name } = list;
  return /[^s]s$/.test(name) ? name.replace(/ies$/, 'y').replace(/s$/, '') : `${name}Item`;
}
