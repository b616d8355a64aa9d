import { isInt32, mostInt32 } from './int32';
import { isMapping } from './manifest/plain';
import { nearest } from './nearest';
import { shorten } from './report/findings';

/** Says that a value is not what it must be. */
export type Report = (path: string, value: unknown, message: string, remedy: string) => void;

/** What a prop must look like, for whoever writes plain JavaScript or goes past the compiler. */
export interface Shape {
  /** As in "give a list of texts". */
  readonly what: string;
  /** The value, without what is wrong in it and reported; undefined where nothing of it can be used. */
  readonly take: (value: unknown, path: string, report: Report) => unknown;
  /** Of a prop that cannot be left out. */
  readonly required?: { readonly example: string; readonly standIn: unknown };
}

/** The shape of each prop of T: one that is forgotten does not compile. */
export type Shapes<T> = Readonly<Record<keyof Required<T>, Shape>>;

/** A single value. */
export function value(what: string, accepts: (value: unknown) => boolean): Shape {
  return {
    what,
    take: (given, path, report) => {
      if (accepts(given)) return given;
      report(path, given, `${describe(given)} is not ${what}`, `give ${what}`);
      return undefined;
    },
  };
}

/** A value of which something else says what is wrong. */
export function judged(what: string, faultOf: (given: unknown) => ValueFault | undefined): Shape {
  return {
    what,
    take: (given, path, report) => {
      const fault = faultOf(given);
      if (fault === undefined) return given;
      report(path, fault.isSecret ? undefined : given, fault.message, fault.remedy);
      return undefined;
    },
  };
}

interface ValueFault {
  readonly message: string;
  readonly remedy: string;
  /** Whether the value may be a secret: no report has it then. */
  readonly isSecret?: boolean;
}

export const text = value('a text', (given) => typeof given === 'string');
export const number = value('a number', (given) => typeof given === 'number');
export const flag = value('true or false', (given) => typeof given === 'boolean');
/** A whole number, as a field of Kubernetes holds it. */
export function whole(least: number): Shape {
  return value(`a whole number from ${least} to ${mostInt32}`, (given) => isInt32(given, least));
}

/** One of several words. */
export function oneOf(names: readonly string[]): Shape {
  return value(`one of ${names.join(', ')}`, (given) => names.includes(given as string));
}

/** Whatever it is, something else judges it. */
export const anything = value('a value', () => true);

/** One of several shapes, told apart by what accepts a value. */
export function either(what: string, accepts: (value: unknown) => boolean, other: Shape): Shape {
  return {
    what: `${what} or ${other.what}`,
    take: (given, path, report) => {
      if (accepts(given)) return given;
      if (isMapping(given)) return other.take(given, path, report);
      report(path, given, `${describe(given)} is not ${what} or ${other.what}`, `give ${what} or ${other.what}`);
      return undefined;
    },
  };
}

/** A list; the items that cannot be used are left out. */
export function list(item: Shape): Shape {
  const what = `a list, each item being ${item.what}`;
  return {
    what,
    take: (given, path, report) => {
      if (!Array.isArray(given)) {
        report(path, given, `${describe(given)} is not a list`, `give ${what}`);
        return undefined;
      }
      // What is missing in a list is asked for, too, and map would pass it over.
      const taken = Array.from(given, (each, i) => item.take(each, `${path}[${i}]`, report));
      const isWhole = taken.every((each, i) => each !== undefined && each === given[i]);
      return isWhole ? given : taken.filter((each) => each !== undefined);
    },
  };
}

/**
 * An object with keys of the user's own.
 * @param absent what an undefined value is: left out, as in JSON, or asked for
 */
export function map(item: Shape, absent: 'left out' | 'asked for' = 'left out'): Shape {
  const what = `an object, each of its values being ${item.what}`;
  return {
    what,
    take: (given, path, report) => {
      if (!hasKeys(given)) {
        report(path, given, `${describe(given)} is not an object`, `give ${what}`);
        return undefined;
      }
      const taken: Record<string, unknown> = {};
      let changed = false;
      for (const [key, each] of Object.entries(given)) {
        const kept =
          each === undefined && absent === 'left out' ? undefined : item.take(each, `${path}['${key}']`, report);
        changed ||= kept === undefined || kept !== each;
        if (kept !== undefined) taken[key] = kept;
      }
      return changed ? taken : given;
    },
  };
}

interface Entry {
  readonly name: string;
  readonly shape: Shape;
}

function entriesOf(shapes: Readonly<Record<string, Shape>>): readonly Entry[] {
  return Object.entries(shapes).map(([name, shape]) => ({ name, shape }));
}

/** An object with the given props, and no others; with any, where none are given. It cannot be used where a required one that nothing stands in for is missing. */
export function record(shapes: Readonly<Record<string, Shape>>, what = 'an object'): Shape {
  const entries = entriesOf(shapes);
  return {
    what,
    take: (given, path, report) => {
      if (!hasKeys(given)) {
        report(path, given, `${describe(given)} is not ${what}`, `give ${what}${examplesOf(shapes)}`);
        return undefined;
      }
      const source = given;
      if (entries.length > 0) reportUnknown(source, shapes, path, report);
      let changes: Record<string, unknown> | undefined;
      let usable = true;
      // By index: every construct comes here, and an iterator costs an object a step.
      for (let i = 0; i < entries.length; i++) {
        const { name, shape } = entries[i] as Entry;
        const old = source[name];
        // Null is what JavaScript and JSON say for "left out".
        const kept =
          old === undefined || old === null ? absent(name, shape, path, report) : take(name, shape, old, path, report);
        if (kept === undefined && shape.required) usable = false;
        if (kept === old) continue;
        changes ??= {};
        changes[name] = kept;
      }
      if (!usable) return undefined;
      return changes ? { ...source, ...changes } : given;
    },
  };
}

/** What nobody reads is a slip: whoever wrote it expects it to do something. */
function reportUnknown(
  source: Readonly<Record<string, unknown>>,
  shapes: Readonly<Record<string, Shape>>,
  path: string,
  report: Report,
): void {
  for (const key in source) {
    if (Object.hasOwn(shapes, key) || source[key] === undefined || !Object.hasOwn(source, key)) continue;
    report(
      join(path, key),
      source[key],
      `there is no prop ${JSON.stringify(key)}`,
      remedyForUnknown(key, Object.keys(shapes)),
    );
  }
}

/** What to do about a prop that there is not. @param names those that there are */
export function remedyForUnknown(prop: string, names: readonly string[]): string {
  const meant = nearest(prop, names);
  if (meant !== undefined) return `did you mean ${meant}?`;
  return names.length > 12 ? 'take it away: nothing reads it' : `take it away; there are ${names.join(', ')}`;
}

function take(name: string, shape: Shape, given: unknown, path: string, report: Report): unknown {
  return shape.take(given, join(path, name), report) ?? shape.required?.standIn;
}

function absent(name: string, { required }: Shape, path: string, report: Report): unknown {
  if (!required) return undefined;
  report(join(path, name), undefined, `${join(path, name)} is missing`, `give it, as in ${name}: ${required.example}`);
  return required.standIn;
}

/**
 * A prop that cannot be left out.
 * @param example as a user writes it
 * @param standIn what is used in its place, so that everything else can still be judged. @default - what it is in cannot be used
 */
export function required(shape: Shape, example: string, standIn?: unknown): Shape {
  return { ...shape, required: { example, standIn } };
}

/** The props that cannot be left out, as a remedy shows them; empty where there are none. */
export function examplesOf(shapes: Readonly<Record<string, Shape>>): string {
  const needed = entriesOf(shapes).flatMap(({ name, shape }) =>
    shape.required ? [`${name}: ${shape.required.example}`] : [],
  );
  return needed.length === 0 ? '' : ` such as { ${needed.join(', ')} }`;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Whether it is an object with keys: a Map has none, and those of a Lazy value are not known yet. */
export function hasKeys(given: unknown): given is Readonly<Record<string, unknown>> {
  return isMapping(given) && !(Symbol.iterator in given) && !isLazy(given);
}

/** Whether cdk8s asks it for a value, at synthesis: a construct has judged its props by then. */
function isLazy(given: unknown): boolean {
  return isMapping(given) && (typeof given.produce === 'function' || typeof given.resolve === 'function');
}

/** A value that is not what it must be. */
export function describe(given: unknown): string {
  if (isLazy(given)) return 'a Lazy value';
  return given instanceof Map ? 'a Map' : given instanceof Set ? 'a Set' : show(given);
}

/** A value as an error shows it. */
export function show(given: unknown): string {
  if (typeof given === 'function') return 'a function';
  if (!isPrintable(given)) return given === undefined ? 'undefined' : 'this object';
  return shorten(given);
}

/** Whether a report can hold it: a construct holds itself. */
export function isPrintable(given: unknown): boolean {
  try {
    return JSON.stringify(given) !== undefined;
  } catch {
    return false;
  }
}
