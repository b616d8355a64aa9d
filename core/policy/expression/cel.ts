import type { ClusterTarget } from '../../cluster/target';
import { isAtLeast, type KubernetesVersion } from '../../cluster/version';
import { type ContainerRole, containerRoles } from '../../manifest/pod-template';
import { binding, type Cel, celField, celLiteral, celName, celOf, within } from './cel-text';
import { functionNamed, type Parameter } from './functions';
import {
  type Node,
  type NodeKind,
  type NodeOf,
  namedVariables,
  roots,
  type SettingName,
  type VariableNode,
} from './node';

/** The variables of a policy that expressions read; a policy declares those that are used. */
export type PolicyVariable = keyof typeof roots | ContainerRole | 'containers' | SettingName;

/** What CEL is compiled for, and what it turned out to need. */
export interface CelContext {
  readonly target: ClusterTarget;
  /** The Kubernetes whose CEL libraries there are. @default - the target's */
  readonly libraries?: KubernetesVersion;
  /** Grows by what the expression reads. */
  readonly reads: Set<PolicyVariable>;
  /** Grows by the functions that the target's API server lacks, with the version that has them. */
  readonly lacks: Map<string, string>;
}

/** The names of the variables of loops that are bound. */
export type CelScope = ReadonlyMap<VariableNode, string>;

interface At {
  readonly context: CelContext;
  readonly scope: CelScope;
}

/** Compiles a test. It never fails on an absent value: what it does not find is as in JavaScript. */
export function compileCelTest(node: Node, context: CelContext, scope: CelScope = new Map()): Cel {
  return testCel(node, { context, scope });
}

/** Compiles a value that is there, or the empty text. */
export function compileCelText(node: Node, context: CelContext, scope: CelScope = new Map()): Cel {
  return textCel(node, { context, scope });
}

/** Compiles a list; empty where it is absent. */
export function compileCelList(node: Node, context: CelContext, scope: CelScope = new Map()): Cel {
  return valueCel(node, '[]', { context, scope });
}

/** The scope, and one more variable with a name of its own. */
export function withVariable(scope: CelScope, item: VariableNode): { readonly name: string; readonly scope: CelScope } {
  const name = celName(item.name, [...scope.values()]);
  return { name, scope: new Map([...scope, [item, name]]) };
}

/** What a value is compiled to: CEL of an optional, or of a value that is always there. */
interface Compiled {
  readonly cel: Cel;
  readonly optional: boolean;
}

const always = (text: string, binds?: number): Compiled => ({ cel: celOf(text, binds), optional: false });
const maybe = (text: string): Compiled => ({ cel: celOf(text), optional: true });

type TestKind = 'and' | 'or' | 'not' | 'present' | 'equal' | 'below' | 'among' | 'some' | 'every' | 'call';
type ValueKind = Exclude<NodeKind, Exclude<TestKind, 'call'>>;

const tests: { readonly [K in TestKind]: (node: NodeOf<K>, at: At) => Cel } = {
  and: ({ tests: all }, at) => joined(all, '&&', binding.and, 'true', at),
  or: ({ tests: all }, at) => joined(all, '||', binding.or, 'false', at),
  not: ({ test }, at) => negatedCel(test, at),
  present: ({ value }, at) => presence(value, at) ?? celOf('true'),
  equal: ({ left, right }, at) => {
    if (right.kind !== 'literal' && right.kind !== 'target') {
      return guarded([left], compared(valueText(left, 'null', at), '==', valueText(right, 'null', at)), at);
    }
    const expected = right.kind === 'literal' ? right.value : right.read(at.context.target);
    // Of a value that is not there something is compared that is not equal.
    const absent =
      typeof expected === 'boolean'
        ? String(!expected)
        : typeof expected === 'string' && expected !== ''
          ? "''"
          : 'null';
    return compared(valueText(left, absent, at), '==', celLiteral(expected));
  },
  below: ({ left, right }, at) => {
    // A value that is not there counts as the other: it is not below itself.
    const known = [left, right].find(({ kind }) => kind === 'literal');
    const absent = known?.kind === 'literal' ? known.value : 0;
    const [less, more] = [numberText(left, absent, at), numberText(right, absent, at)];
    const isTurned = left.kind === 'literal';
    const text = isTurned ? `${more} > ${less}` : `${less} < ${more}`;
    const opposite = isTurned ? `${more} <= ${less}` : `${less} >= ${more}`;
    const open = [left, right].filter((side) => side !== known && defaultOf(side, 'number', absent) !== absent);
    return guarded(known === undefined ? [left, right] : open, { ...celOf(text, binding.relation), opposite }, at);
  },
  among: ({ value, set: members }, at) => {
    const set = typeof members === 'function' ? members(at.context.target) : members;
    if (set.length === 0) return celOf('false');
    const other = set.includes('') || typeof set[0] !== 'string' ? 'null' : "''";
    return celOf(`${valueText(value, other, at)} in [${set.map(celLiteral).join(', ')}]`, binding.relation);
  },
  some: ({ list, item, test }, at) => comprehension('exists', list, item, test, at),
  every: ({ list, item, test }, at) => comprehension('all', list, item, test, at),
  call: (node, at) => {
    const cel = applied(node, at);
    const { gives, run, takes } = functionNamed(node.name);
    if (gives !== 'test') return cel;
    const absentable = node.args.filter((arg) => presence(arg, at) !== undefined);
    if (absentable.length === 0) return cel;
    const defaults = node.args.map((arg, i) => defaultOf(arg, takes[i] ?? 'text'));
    const holdsOfNothing = (run as (...args: readonly unknown[]) => unknown)(...defaults) !== false;
    return absentable.length > 1 || holdsOfNothing ? guarded(absentable, cel, at) : cel;
  },
};

const values: { readonly [K in ValueKind]: (node: NodeOf<K>, at: At) => Compiled } = {
  variable: (node, at) => {
    const name = at.scope.get(node);
    if (name !== undefined) return always(name);
    const [root] = Object.entries(roots).find(([, variable]) => variable === node) ?? [];
    if (root === undefined) throw new TypeError(`the variable ${node.name} is used outside its loop`);
    return always(read(root as keyof typeof roots, at));
  },
  literal: ({ value }) => always(celLiteral(value)),
  field: ({ of, name, isOpen }, at) => {
    const cel = `${selectable(of, at)}${celField(name)}`;
    return maybe(isOpen ? `${cel}.optMap(it, type(dyn(it)) == map ? dyn(it) : dyn({}))` : cel);
  },
  entry: ({ of, key }, at) => maybe(`${selectable(of, at)}[?${valueCel(key, "''", at).text}]`),
  containers: ({ roles }, at) => {
    if (roles.length === containerRoles.length) return always(read('containers', at));
    const lists = roles.map((role) => read(role, at));
    return always(lists.join(' + '), lists.length > 1 ? binding.sum : undefined);
  },
  list: ({ items }, at) => {
    const elements = items.map((item) => {
      const { cel, optional } = compiled(item, at);
      return optional ? `?${cel.text}` : cel.text;
    });
    return always(`[${elements.join(', ')}]`);
  },
  target: ({ read: readTarget }, { context }) => always(celLiteral(readTarget(context.target))),
  setting: ({ name }, at) => always(read(name, at)),
  fallback: ({ value, other }, at) => {
    const [first, second] = [compiled(value, at), compiled(other, at)];
    if (!first.optional) return first;
    const text = within(first.cel, binding.member);
    return second.optional ? maybe(`${text}.or(${second.cel.text})`) : always(`${text}.orValue(${second.cel.text})`);
  },
  choice: ({ test, chosen, otherwise }, at) => {
    const [holds, first, second] = [testCel(test, at), textCel(chosen, at), textCel(otherwise, at)];
    if (holds.text === 'true') return { cel: first, optional: false };
    if (holds.text === 'false') return { cel: second, optional: false };
    return always(
      `${within(holds, binding.or)} ? ${within(first, binding.or)} : ${within(second, binding.choice)}`,
      binding.choice,
    );
  },
  select: ({ list, item, test }, at) => always(comprehension('filter', list, item, test, at).text),
  each: ({ list, item, value }, at) => {
    const { name, scope } = withVariable(at.scope, item);
    const inner: At = { ...at, scope };
    const there = presence(value, inner);
    const over = valueText(list, '[]', at);
    const filtered = there === undefined ? over : `${over}.filter(${name}, ${there.text})`;
    return always(`${filtered}.map(${name}, ${valueCel(value, 'null', inner).text})`);
  },
  text: ({ parts }, at) => {
    if (parts.length === 0) return always("''");
    const pieces = parts.map((part) => within(textCel(part, at), binding.sum));
    return always(pieces.join(' + '), pieces.length > 1 ? binding.sum : undefined);
  },
  call: (node, at) => always(applied(node, at).text),
};

/** A comparison for equality, which has an opposite: whatever is compared, it is the one or the other. */
function compared(left: string, operator: '==' | '!=', right: string): Cel {
  const opposite = operator === '==' ? '!=' : '==';
  return { ...celOf(`${left} ${operator} ${right}`, binding.relation), opposite: `${left} ${opposite} ${right}` };
}

/** The opposite, as a person would write it. */
function negatedCel(test: Node, at: At): Cel {
  switch (test.kind) {
    case 'not':
      return testCel(test.test, at);
    case 'and':
      return testCel({ kind: 'or', tests: test.tests.map(negation) }, at);
    case 'or':
      return testCel({ kind: 'and', tests: test.tests.map(negation) }, at);
    case 'some':
      return testCel({ ...test, kind: 'every', test: negation(test.test) }, at);
    case 'every':
      return testCel({ ...test, kind: 'some', test: negation(test.test) }, at);
  }
  const piece = testCel(test, at);
  if (piece.opposite !== undefined) return celOf(piece.opposite, binding.relation);
  if (piece.text === 'true') return celOf('false');
  if (piece.text === 'false') return celOf('true');
  return celOf(`!${within(piece, binding.unary)}`, binding.unary);
}

function negation(test: Node): Node {
  return test.kind === 'not' ? test.test : { kind: 'not', test };
}

function testCel(node: Node, at: At): Cel {
  if (Object.hasOwn(tests, node.kind)) return (tests[node.kind as TestKind] as (node: Node, at: At) => Cel)(node, at);
  if (node.kind === 'target') return celOf(String(node.read(at.context.target)));
  return valueCel(node, 'false', at);
}

function compiled(node: Node, at: At): Compiled {
  if (Object.hasOwn(values, node.kind))
    return (values[node.kind as ValueKind] as (node: Node, at: At) => Compiled)(node, at);
  const { text, binds } = testCel(node, at);
  return always(text, binds);
}

/** Lists that are stored as null where they are empty: sources of projected volumes, rules of roles, and lists of custom kinds. */
const nullableLists = new Set(['sources', 'rules', 'repos']);

/** The value, or where it is absent this. */
function valueCel(node: Node, absent: string, at: At): Cel {
  const { cel, optional } = compiled(node, at);
  if (absent === '[]' && node.kind === 'field' && nullableLists.has(node.name)) {
    const list = within(cel, binding.member);
    return celOf(`${list}.optMap(${node.name}, ${node.name} == null ? [] : ${node.name}).orValue([])`);
  }
  return optional ? celOf(`${within(cel, binding.member)}.orValue(${absent})`) : cel;
}

const valueText = (node: Node, absent: string, at: At): string => within(valueCel(node, absent, at), binding.member);

function numberText(node: Node, absent: unknown, at: At): string {
  return within(valueCel(node, String(absent), at), binding.sum);
}

/** As part of a text: what the value says, and nothing where there is none. */
function textCel(node: Node, at: At): Cel {
  if (node.kind === 'variable') return celOf(describedVariable(node, at), binding.sum);
  const cel = valueCel(node, "''", at);
  return node.kind === 'field' || node.kind === 'entry' || node.kind === 'fallback'
    ? celOf(`string(${cel.text})`)
    : cel;
}

/** What a loop binds, as messages name it: `container "api"`. */
function describedVariable(node: VariableNode, at: At): string {
  if (node === roots.spec) return "'the pod'";
  const variable = values.variable(node, at).cel.text;
  return at.scope.has(node) && namedVariables.has(node.name)
    ? `'${node.name} "' + string(${variable}.?name.orValue('')) + '"'`
    : `string(${variable})`;
}

function selectable(node: Node, at: At): string {
  const { cel } = compiled(node, at);
  return within(cel, binding.member);
}

/** Whether the value is there; undefined where it always is. */
function presence(node: Node, at: At): Cel | undefined {
  const { cel, optional } = compiled(node, at);
  if (optional) return compared(`${within(cel, binding.member)}.orValue(null)`, '!=', 'null');
  if (node.kind !== 'call') return undefined;
  const inner = node.args.map((arg) => presence(arg, at)).filter((guard) => guard !== undefined);
  if (inner.length === 0) return undefined;
  return celOf(inner.map((guard) => within(guard, binding.and)).join(' && '), binding.and);
}

function guarded(operands: readonly Node[], cel: Cel, at: At): Cel {
  const guards = operands.map((operand) => presence(operand, at)).filter((guard) => guard !== undefined);
  if (guards.length === 0) return cel;
  return celOf([...guards, cel].map((part) => within(part, binding.and)).join(' && '), binding.and);
}

function joined(all: readonly Node[], operator: string, binds: number, none: string, at: At): Cel {
  // What the target says is known: it leaves the others, or leaves none of them.
  const pieces = all.map((test) => testCel(test, at)).filter(({ text }) => text !== none);
  const certain = pieces.find(({ text }) => text === (none === 'true' ? 'false' : 'true'));
  if (certain !== undefined) return certain;
  const [only, ...more] = pieces;
  if (only === undefined) return celOf(none);
  if (more.length === 0) return only;
  return celOf([only, ...more].map((part) => within(part, binds)).join(` ${operator} `), binds);
}

function comprehension(macro: string, list: Node, item: VariableNode, test: Node, at: At): Cel {
  const { name, scope } = withVariable(at.scope, item);
  return celOf(`${valueText(list, '[]', at)}.${macro}(${name}, ${testCel(test, { ...at, scope }).text})`);
}

function applied({ name, args }: NodeOf<'call'>, at: At): Cel {
  const { takes, cel, since, gives } = functionNamed(name);
  const { target, libraries, lacks } = at.context;
  const isThere = since === undefined || (libraries ? isAtLeast(libraries, since) : target.isAtLeast(since));
  if (!isThere) lacks.set(name, since);
  const texts = args.map((arg, i) => valueText(arg, emptyCel[takes[i] ?? 'text'], at));
  const text = cel(...texts);
  return celOf(text, gives === 'test' && / (&&|==|<) /.test(text) ? binding.and : binding.member);
}

const emptyCel: Readonly<Record<Parameter, string>> = { text: "''", number: '0', quantity: "'0'", collection: '[]' };
const empty: Readonly<Record<Parameter, unknown>> = { text: '', number: 0, quantity: '0', collection: [] };

/** What the CEL of an operand gives where it is absent. */
function defaultOf(node: Node, parameter: Parameter, otherwise: unknown = empty[parameter]): unknown {
  if (node.kind === 'literal') return node.value;
  if (node.kind !== 'call') return otherwise;
  const { takes, run } = functionNamed(node.name);
  const defaults = node.args.map((arg, i) => defaultOf(arg, takes[i] ?? 'text'));
  return (run as (...args: readonly unknown[]) => unknown)(...defaults);
}

function read(variable: PolicyVariable, { context }: At): string {
  context.reads.add(variable);
  return `variables.${celVariable[variable]}`;
}

/** What the policy calls each variable. */
export const celVariable: Readonly<Record<PolicyVariable, string>> = {
  object: 'object',
  spec: 'podSpec',
  metadata: 'podMetadata',
  containers: 'allContainers',
  container: 'containers',
  init: 'initContainers',
  sidecar: 'sidecars',
  ephemeral: 'ephemeralContainers',
  registries: 'registries',
};
