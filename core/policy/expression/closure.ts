import type { ClusterTarget } from '../../cluster/target';
import { isAbsent, isMapping } from '../../manifest/plain';
import type { ContainerInPod } from '../rule';
import { describe } from './describe';
import { functionNamed, type Parameter } from './functions';
import {
  type Members,
  type Node,
  type NodeKind,
  type NodeOf,
  namedVariables,
  roots,
  type SettingName,
  type VariableNode,
} from './node';

/** What an expression is evaluated in. */
export interface Frame {
  /** The values of the variables, by the place that the compiler gave them. */
  readonly slots: unknown[];
  readonly containers: readonly ContainerInPod[];
  readonly target: ClusterTarget;
  readonly settings: Readonly<Record<SettingName, readonly string[]>>;
}

/** A compiled expression: a test gives a boolean, a value what it is, undefined or null where it is absent. */
export type Closure = (frame: Frame) => unknown;

/** The variables that are bound, each at the place of its slot. */
export type Scope = readonly VariableNode[];

type Compilers = { readonly [K in NodeKind]: (node: NodeOf<K>, scope: Scope) => Closure };

/** Compiles an expression to JavaScript. Reading a field of what is no mapping gives nothing, whatever the object holds. */
export function compileClosure(node: Node, scope: Scope): Closure {
  const compile = compilers[node.kind] as (node: Node, scope: Scope) => Closure;
  return compile(node, scope);
}

const nothing: readonly never[] = [];

/** The place of a variable's value. */
export function slotOf(variable: VariableNode, scope: Scope): number {
  const slot = scope.indexOf(variable);
  if (slot < 0) throw new TypeError(`the variable ${variable.name} is used outside its loop`);
  return slot;
}

/** What a rule starts from: the slots 0, 1 and 2 of each frame. */
export const rootScope: Scope = [roots.object, roots.spec, roots.metadata];

/** The elements of a list that are there, the keys of a mapping that hold something; none of anything else. */
export function elementsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.includes(null) ? value.filter((element) => element !== null) : value;
  return isMapping(value) ? Object.keys(value).filter((key) => !isAbsent(value[key])) : nothing;
}

/** The members of a set on a target, made once. */
export function membersOf(set: Members): (target: ClusterTarget) => ReadonlySet<unknown> {
  if (typeof set !== 'function') {
    const members: ReadonlySet<unknown> = new Set(set);
    return () => members;
  }
  const membersOn = new WeakMap<ClusterTarget, ReadonlySet<unknown>>();
  return (target) => {
    let members = membersOn.get(target);
    if (members === undefined) {
      members = new Set(set(target));
      membersOn.set(target, members);
    }
    return members;
  };
}

const compilers: Compilers = {
  variable: (variable, scope) => {
    const slot = slotOf(variable, scope);
    return ({ slots }) => slots[slot];
  },
  literal:
    ({ value }) =>
    () =>
      value,
  field: ({ of, name }, scope) => {
    if (of.kind === 'variable') {
      // Most fields are read of a variable: one call instead of two.
      const slot = slotOf(of, scope);
      return ({ slots }) => {
        const mapping = slots[slot];
        return typeof mapping === 'object' && mapping !== null ? (mapping as Record<string, unknown>)[name] : undefined;
      };
    }
    const parent = compileClosure(of, scope);
    return (frame) => {
      const mapping = parent(frame);
      return typeof mapping === 'object' && mapping !== null ? (mapping as Record<string, unknown>)[name] : undefined;
    };
  },
  entry: ({ of, key }, scope) => {
    const parent = compileClosure(of, scope);
    const name = compileClosure(key, scope);
    return (frame) => {
      const mapping = parent(frame);
      const entry = name(frame);
      return isMapping(mapping) && typeof entry === 'string' && Object.hasOwn(mapping, entry)
        ? mapping[entry]
        : undefined;
    };
  },
  containers: ({ roles }) => {
    return ({ containers }) => containers.filter(({ role }) => roles.includes(role)).map(({ container }) => container);
  },
  list: ({ items }, scope) => {
    const read = items.map((item) => compileClosure(item, scope));
    return (frame) => read.map((item) => item(frame)).filter((item) => !isAbsent(item));
  },
  target: ({ read }) => {
    return ({ target }) => read(target);
  },
  setting: ({ name }) => {
    return ({ settings }) => settings[name];
  },
  fallback: ({ value, other }, scope) => {
    const first = compileClosure(value, scope);
    const second = compileClosure(other, scope);
    return (frame) => first(frame) ?? second(frame);
  },
  choice: ({ test, chosen, otherwise }, scope) => {
    const holds = compileClosure(test, scope);
    const first = compileClosure(chosen, scope);
    const second = compileClosure(otherwise, scope);
    return (frame) => (holds(frame) ? first(frame) : second(frame));
  },
  and: ({ tests }, scope) => {
    const all = tests.map((test) => compileClosure(test, scope));
    const [first, second] = all;
    if (first !== undefined && second !== undefined && all.length === 2)
      return (frame) => first(frame) === true && second(frame) === true;
    return (frame) => {
      for (let i = 0; i < all.length; i++) if ((all[i] as Closure)(frame) !== true) return false;
      return true;
    };
  },
  or: ({ tests }, scope) => {
    const all = tests.map((test) => compileClosure(test, scope));
    const [first, second] = all;
    if (first !== undefined && second !== undefined && all.length === 2)
      return (frame) => first(frame) === true || second(frame) === true;
    return (frame) => {
      for (let i = 0; i < all.length; i++) if ((all[i] as Closure)(frame) === true) return true;
      return false;
    };
  },
  not: ({ test }, scope) => {
    const holds = compileClosure(test, scope);
    return (frame) => !holds(frame);
  },
  present: ({ value }, scope) => {
    const read = compileClosure(value, scope);
    return (frame) => !isAbsent(read(frame));
  },
  equal: ({ left, right }, scope) => {
    const a = compileClosure(left, scope);
    if (right.kind === 'literal') {
      const { value } = right;
      return (frame) => a(frame) === value;
    }
    const b = compileClosure(right, scope);
    return (frame) => {
      const value = a(frame);
      return !isAbsent(value) && value === b(frame);
    };
  },
  below: ({ left, right }, scope) => {
    const a = compileClosure(left, scope);
    const b = compileClosure(right, scope);
    return (frame) => {
      const less = a(frame);
      const more = b(frame);
      return typeof less === 'number' && typeof more === 'number' && less < more;
    };
  },
  among: ({ value, set }, scope) => {
    const read = compileClosure(value, scope);
    const members = membersOf(set);
    return (frame) => members(frame.target).has(read(frame));
  },
  some: ({ list, item, test }, scope) => {
    const { read, slot, body } = compileLoop(list, item, test, scope);
    return (frame) => {
      for (const element of elementsOf(read(frame))) {
        frame.slots[slot] = element;
        if (body(frame)) return true;
      }
      return false;
    };
  },
  every: ({ list, item, test }, scope) => {
    const { read, slot, body } = compileLoop(list, item, test, scope);
    return (frame) => {
      for (const element of elementsOf(read(frame))) {
        frame.slots[slot] = element;
        if (!body(frame)) return false;
      }
      return true;
    };
  },
  select: ({ list, item, test }, scope) => {
    const { read, slot, body } = compileLoop(list, item, test, scope);
    return (frame) => {
      const elements = elementsOf(read(frame));
      if (elements.length === 0) return nothing;
      return elements.filter((element) => {
        frame.slots[slot] = element;
        return body(frame);
      });
    };
  },
  each: ({ list, item, value }, scope) => {
    const { read, slot, body } = compileLoop(list, item, value, scope);
    return (frame) => {
      const elements = elementsOf(read(frame));
      if (elements.length === 0) return nothing;
      const found: unknown[] = [];
      for (const element of elements) {
        frame.slots[slot] = element;
        const value = body(frame);
        if (!isAbsent(value)) found.push(value);
      }
      return found;
    };
  },
  text: ({ parts }, scope) => {
    const read = parts.map((part) => (part.kind === 'variable' ? described(part, scope) : compileClosure(part, scope)));
    return (frame) => read.map((part) => part(frame) ?? '').join('');
  },
  call: ({ name, args }, scope) => {
    const { takes, run, gives } = functionNamed(name);
    const read = args.map((arg) => compileClosure(arg, scope));
    const fits = takes.map((parameter) => fitting[parameter]);
    const refused = gives === 'test' ? false : undefined;
    const apply = run as (...given: readonly unknown[]) => unknown;
    const [first, second] = read;
    const [fitsFirst, fitsSecond] = fits;
    if (first === undefined || fitsFirst === undefined) throw new TypeError(`${name} takes an argument`);
    if (second === undefined || fitsSecond === undefined) {
      return (frame) => {
        const value = first(frame);
        return fitsFirst(value) ? apply(value) : refused;
      };
    }
    return (frame) => {
      const value = first(frame);
      if (!fitsFirst(value)) return refused;
      const other = second(frame);
      return fitsSecond(other) ? apply(value, other) : refused;
    };
  },
};

function compileLoop(list: Node, item: VariableNode, body: Node, scope: Scope) {
  return { read: compileClosure(list, scope), slot: scope.length, body: compileClosure(body, [...scope, item]) };
}

/** What a variable stands for, as messages name it: `container "api"`. */
function described(variable: VariableNode, scope: Scope): Closure {
  if (variable === roots.spec) return () => 'the pod';
  const read = compileClosure(variable, scope);
  return (frame) => {
    const value = read(frame);
    if (!isMapping(value)) return value;
    if (!namedVariables.has(variable.name))
      throw new TypeError(`a text cannot hold the whole of what a loop binds as ${variable.name}: name a field of it`);
    const place = frame.containers.find(({ container }) => (container as unknown) === value);
    return place === undefined ? `${variable.name} "${value.name ?? ''}"` : describe(place);
  };
}

const fitting: Readonly<Record<Parameter, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  quantity: (value) => typeof value === 'string' || typeof value === 'number',
  collection: (value) => (typeof value === 'object' && value !== null) || typeof value === 'string',
};
