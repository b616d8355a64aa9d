import type { KubernetesVersion } from '../../cluster/version';
import { Quantity } from '../../manifest/quantity';
import { remembering } from '../../manifest/remembering';
import type { Scalar } from './node';

/** What a function takes, as YAML may hold it. */
export type Parameter = 'text' | 'number' | 'quantity' | 'collection';

/**
 * A function of the policy language: once as JavaScript, once as CEL, and both give the same answer, which the real API server
 * is asked about. Where one of its arguments is absent, or of another type, a test is false and a value is absent.
 */
export interface PolicyFunction {
  readonly takes: readonly Parameter[];
  readonly gives: 'test' | 'value';
  readonly run: (...args: readonly never[]) => Scalar | readonly Scalar[];
  /** The function of the first argument, where the second is known beforehand: asked so often that it is worth its own words. */
  readonly given?: (second: never) => (first: never) => Scalar;
  /** @param args - CEL of the arguments, each fit to be called on */
  readonly cel: (...args: readonly string[]) => string;
  /** The oldest Kubernetes whose admission policies can call it. @default - every one that has them */
  readonly since?: KubernetesVersion;
}

const pattern = remembering((source) => new RegExp(source, 'u'));

const everyPattern = remembering((source) => new RegExp(source, 'gu'));

/** Characters as CEL counts them: those outside of the first 65,536 are one, though JavaScript has two. */
const characters = (text: string): number => text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);

const quantityOf = remembering((text): Quantity | 'none' => Quantity.tryParse(text) ?? 'none');

function compareQuantities(left: unknown, right: unknown): number | undefined {
  const a = quantityOf(String(left));
  const b = quantityOf(String(right));
  return a === 'none' || b === 'none' ? undefined : a.compare(b);
}

const areQuantities = (a: string, b: string) => `isQuantity(string(${a})) && isQuantity(string(${b}))`;
const comparison = (a: string, b: string) => `quantity(string(${a})).compareTo(quantity(string(${b})))`;

/** What is not here cannot be asked in the cluster: one entry each. */
export const functions = {
  matches: {
    takes: ['text', 'text'],
    gives: 'test',
    run: (text: string, source: string) => pattern(source).test(text),
    given: (source: string) => {
      const known = pattern(source);
      return (text: string) => known.test(text);
    },
    cel: (text, source) => `${text}.matches(${source})`,
  },
  startsWith: {
    takes: ['text', 'text'],
    gives: 'test',
    run: (text: string, start: string) => text.startsWith(start),
    cel: (text, start) => `${text}.startsWith(${start})`,
  },
  endsWith: {
    takes: ['text', 'text'],
    gives: 'test',
    run: (text: string, end: string) => text.endsWith(end),
    cel: (text, end) => `${text}.endsWith(${end})`,
  },
  contains: {
    takes: ['text', 'text'],
    gives: 'test',
    run: (text: string, part: string) => text.includes(part),
    cel: (text, part) => `${text}.contains(${part})`,
  },
  find: {
    takes: ['text', 'text'],
    gives: 'value',
    run: (text: string, source: string) => pattern(source).exec(text)?.[0] ?? '',
    cel: (text, source) => `${text}.find(${source})`,
  },
  findAll: {
    takes: ['text', 'text'],
    gives: 'value',
    run: (text: string, source: string) => text.match(everyPattern(source)) ?? [],
    cel: (text, source) => `${text}.findAll(${source})`,
  },
  afterFirst: {
    takes: ['text', 'text'],
    gives: 'value',
    run: (text: string, mark: string) => text.slice(text.indexOf(mark) + 1),
    cel: (text, mark) => `${text}.substring(${text}.indexOf(${mark}) + 1)`,
  },
  afterLast: {
    takes: ['text', 'text'],
    gives: 'value',
    run: (text: string, mark: string) => text.slice(text.lastIndexOf(mark) + 1),
    cel: (text, mark) => `${text}.substring(${text}.lastIndexOf(${mark}) + 1)`,
  },
  start: {
    takes: ['text', 'number'],
    gives: 'value',
    run: (text: string, length: number) => (text.length > length ? [...text].slice(0, length).join('') : text),
    cel: (text, length) => `(size(${text}) > ${length} ? ${text}.substring(0, ${length}) : ${text})`,
  },
  joined: {
    takes: ['collection', 'text'],
    gives: 'value',
    run: (list: object | string, separator: string) => (Array.isArray(list) ? list.join(separator) : ''),
    cel: (list, separator) => `${list}.join(${separator})`,
  },
  lowerCase: {
    takes: ['text'],
    gives: 'value',
    run: (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
    cel: (text) => `${text}.lowerAscii()`,
  },
  upperCase: {
    takes: ['text'],
    gives: 'value',
    run: (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
    cel: (text) => `${text}.upperAscii()`,
  },
  sizeOf: {
    takes: ['collection'],
    gives: 'value',
    run: (collection: object | string) => {
      if (Array.isArray(collection)) return collection.length;
      return typeof collection === 'string' ? characters(collection) : Object.keys(collection).length;
    },
    cel: (collection) => `size(${collection})`,
  },
  isQuantity: {
    takes: ['quantity'],
    gives: 'test',
    run: (amount: string | number) => quantityOf(String(amount)) !== 'none',
    cel: (amount) => `isQuantity(string(${amount}))`,
    since: '1.29',
  },
  isPositiveQuantity: {
    takes: ['quantity'],
    gives: 'test',
    run: (amount: string | number) => {
      const quantity = quantityOf(String(amount));
      return quantity !== 'none' && quantity.isPositive;
    },
    cel: (amount) => `isQuantity(string(${amount})) && quantity(string(${amount})).isGreaterThan(quantity('0'))`,
    since: '1.29',
  },
  sameQuantity: {
    takes: ['quantity', 'quantity'],
    gives: 'test',
    run: (a: string | number, b: string | number) => compareQuantities(a, b) === 0,
    cel: (a, b) => `${areQuantities(a, b)} && ${comparison(a, b)} == 0`,
    since: '1.29',
  },
  lessQuantity: {
    takes: ['quantity', 'quantity'],
    gives: 'test',
    run: (a: string | number, b: string | number) => (compareQuantities(a, b) ?? 0) < 0,
    cel: (a, b) => `${areQuantities(a, b)} && ${comparison(a, b)} < 0`,
    since: '1.29',
  },
} as const satisfies Readonly<Record<string, PolicyFunction>>;

export type FunctionName = keyof typeof functions;

/** The function of that name, its types put aside: compilers have checked the arguments. */
export function functionNamed(name: FunctionName): PolicyFunction {
  return functions[name];
}
