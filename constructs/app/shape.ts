import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import {
  describe,
  examplesOf,
  hasKeys,
  isPrintable,
  type Report,
  record,
  type Shape,
  type Shapes,
  show,
} from '../../core/shape';
import type { DeclarationFault } from './declaration';
import { foreignFaults } from './same-app';

export {
  anything,
  either,
  flag,
  judged,
  list,
  map,
  number,
  oneOf,
  record,
  remedyForUnknown,
  required,
  type Shape,
  type Shapes,
  show,
  text,
  value,
  whole,
} from '../../core/shape';

/** Props that have the shape they are declared with, and what was wrong with those that were given. */
export interface Taken<T> {
  readonly props: T;
  readonly faults: readonly DeclarationFault[];
}

/** An argument of a method; undefined, with the faults, where it cannot be used. */
export function takeArgument<T>(
  shape: Shape,
  given: unknown,
  method: string,
): { readonly argument: T | undefined; readonly faults: readonly DeclarationFault[] } {
  const { faults, report } = collect();
  return { argument: shape.take(given, method, report) as T | undefined, faults };
}

function collect(): { readonly faults: DeclarationFault[]; readonly report: Report } {
  const faults: DeclarationFault[] = [];
  const report: Report = (property, wrong, message, remedy) => {
    faults.push({ rule: 'prop-valid', property, ...(isPrintable(wrong) && { value: wrong }), message, remedy });
  };
  return { faults, report };
}

/** What a factory has made. What is wrong with the arguments of its call is told by the construct that takes it, at its own place. */
export interface Made {
  readonly faults: readonly DeclarationFault[];
}

/**
 * What factories make, or something else that is accepted.
 * @param isMade whether a factory has made it
 */
export function made(
  what: string,
  isMade: (given: unknown) => given is Made,
  accepts: (given: unknown) => boolean = () => false,
): Shape {
  return {
    what,
    take: (given, path, report) => {
      if (isMade(given))
        for (const { property, value, message, remedy } of given.faults)
          report(`${path}.${property}`, value, message, remedy);
      else if (!accepts(given)) {
        report(path, given, `${describe(given)} is not ${what}`, `give ${what}`);
        return undefined;
      }
      return given;
    },
  };
}

/**
 * What a factory is called with: arguments that have a place, and options.
 * @param shapes of both; for what is required there is a stand-in, so that something is made whatever was given
 */
export function takeCall<T extends object>(
  shapes: Shapes<T>,
  placed: Readonly<Record<string, unknown>>,
  options: unknown = {},
): Taken<T> {
  const { report, faults: ofOptions } = collect();
  const named = hasKeys(options) ? options : {};
  if (options !== null && named !== options)
    report('options', options, `${describe(options)} is no object of options`, 'give an object, or leave it out');
  for (const name of Object.keys(named))
    if (Object.hasOwn(placed, name)) report(name, named[name], `${name} is no option`, 'give it in its place');
  const { props, faults } = takeProps<T>(shapes, { ...placed, ...named, ...placed });
  return { props, faults: [...faults, ...ofOptions] };
}

const records = new WeakMap<Readonly<Record<string, Shape>>, Shape>();

/** The record of the props of a class, made once. */
function recordOf(shapes: Readonly<Record<string, Shape>>): Shape {
  let known = records.get(shapes);
  if (known === undefined) {
    known = record(shapes);
    records.set(shapes, known);
  }
  return known;
}

/**
 * The props of a construct: those that are missing or of another type are faults, and something harmless stands in for them.
 * @param owner where props may be constructs: those of another app are faults, too. @default - none are
 */
export function takeProps<T extends object>(shapes: Shapes<T>, given: unknown, owner?: IConstruct): Taken<T> {
  const { faults, report } = collect();
  const props = recordOf(shapes);
  if (hasKeys(given)) {
    const taken = props.take(given, '', report) as T;
    // Of some props nothing can be used.
    const foreign = owner && Object.entries(taken ?? {}).flatMap(([name, prop]) => foreignFaults(owner, name, prop));
    return { props: taken, faults: [...faults, ...(foreign ?? [])] };
  }
  const message =
    given === undefined || given === null ? 'it has no props' : `${describe(given)} is no object of props`;
  report('props', given, message, `give an object${examplesOf(shapes)}`);
  return { props: props.take({}, '', () => undefined) as T, faults };
}

/**
 * What the construct is made in, and its id.
 * @param what the name of its class
 * @param example how one is made
 * @throws TypeError where it is in nothing, or has no id
 */
export function scopeOf(scope: unknown, id: unknown, what: string): Construct {
  const place = `${what} ${typeof id === 'string' && id !== '' ? id : '(no id)'}`;
  const remedy = `new ${what}(scope, 'id', { … })`;
  if (!Construct.isConstruct(scope))
    throw new TypeError(`${place}: ${show(scope)} is no construct that it could be in; write ${remedy}`);
  if (typeof id !== 'string' || id === '')
    throw new TypeError(`${scope.node.path || '(app)'}: a ${what} in it has the id ${show(id)}; write ${remedy}`);
  return scope;
}

/**
 * The chart, or what is in one, that something of the whole cluster is made in, and its id.
 * @param what the name of its class
 * @throws TypeError as {@link scopeOf}; Error where it is in no chart, and so in no file
 */
export function clusterScopeOf(given: unknown, id: unknown, what: string): Construct {
  const scope = scopeOf(given, id, what);
  if (chartAround(scope)) return scope;
  const path = [scope.node.path, id].filter((part) => part !== '').join('/');
  throw new Error(
    `${path}: it is in no chart, and so in no file. Create it in one: new ${what}(new Chart(app, 'cluster'), '${id}', { … })`,
  );
}

/**
 * The chart that a construct is in.
 * @param what the name of its class
 * @throws Error where it is in none, and so in no namespace
 */
export function chartOf(construct: IConstruct, what: string): Chart {
  const chart = chartAround(construct);
  if (chart) return chart;
  throw new Error(
    `${construct.node.path}: it is in no namespace. Create it in one: new ${what}(new LockedNamespace(app, 'shop', { owner: 'team-shop' }), '${construct.node.id}', { … })`,
  );
}

function chartAround(construct: IConstruct): Chart | undefined {
  return construct.node.scopes.findLast((scope): scope is Chart => Chart.isChart(scope));
}
