import type { ContainerRole } from '../../../../core/manifest';
import type { Clause } from '../../../../core/policy/clause';
import type { EnforceableRule } from '../../../../core/policy/compile/admission';
import { functionNamed } from '../../../../core/policy/expression/functions';
import type { Node, NodeKind, NodeOf, Scalar } from '../../../../core/policy/expression/node';

/** A rule with one thing wrong in it. */
export interface Mutant {
  readonly rule: EnforceableRule;
  /** Which of its clauses, and what is wrong: `#0 and without has(spec.os)`. */
  readonly change: string;
  readonly clauses: readonly Clause[];
  readonly kinds?: readonly string[];
}

/** Something else in place of an expression. */
interface Change {
  readonly what: string;
  readonly node: Node;
}

/**
 * Every way of breaking a rule in one place. What a rule says of many things in the same words is one place: a change of it is a
 * change of all, as it is where a rule's author makes it. Each of the clauses can be missing all the same.
 */
export function mutantsOf(rule: EnforceableRule): readonly Mutant[] {
  const { clauses } = rule;
  const seen = new Map<string, number>();
  const named = (change: string): string => {
    const times = (seen.get(change) ?? 0) + 1;
    seen.set(change, times);
    return times === 1 ? change : `${change} (${times})`;
  };
  const dropped = clauses.map((_, i) => ({ rule, change: `#${i} dropped`, clauses: clauses.toSpliced(i, 1) }));
  const shapes = clauses.map(shapeOf);
  const changed = clauses.flatMap((first, number) => {
    if (shapes.indexOf(shapes[number] ?? '') < number) return [];
    const alike = clauses.filter((_, i) => shapes[i] === shapes[number]);
    return changesOfClause(first).map(({ what, make }) => ({
      rule,
      change: named(`#${number} ${what}`),
      clauses: clauses.map((clause) => (alike.includes(clause) ? make(clause) : clause)),
    }));
  });
  const kinds = rule.subject === 'object' && rule.kinds.length > 1 ? rule.kinds : [];
  const narrowed = kinds.map((kind) => ({
    rule,
    change: `without the kind ${kind}`,
    clauses,
    kinds: kinds.filter((other) => other !== kind),
  }));
  return [...dropped, ...changed, ...narrowed];
}

const asked = ({ loops, when }: Clause): readonly Node[] => nodesIn([...loops.map(({ list }) => list), when]);

const relaxing = (clause: Clause): readonly Node[] => {
  const known = asked(clause);
  return clause.relaxed === undefined ? [] : nodesIn([clause.relaxed]).filter((node) => !known.includes(node));
};

/** What clauses have in common that are made by one function: all but the values that they are about. */
function shapeOf(clause: Clause): string {
  const values = (_: string, value: unknown): unknown => {
    if (typeof value === 'function') return String(value);
    return isNode(value) && isRead(value) ? 'value' : value;
  };
  return JSON.stringify([clause.loops.map(({ list }) => list), clause.when, clause.relaxed], values);
}

/** A variable, or a field that is read of one. */
const isRead = (node: Node): boolean => node.kind === 'variable' || (node.kind === 'field' && isRead(node.of));

/** What can be wrong with a clause, and how the same is done to any other of its shape. */
function changesOfClause(clause: Clause): readonly { readonly what: string; readonly make: (of: Clause) => Clause }[] {
  const inNodes = (nodes: (of: Clause) => readonly Node[], prefix: string) =>
    nodes(clause).flatMap((node, i) =>
      changesOf(node).map(({ what }, k) => ({
        what: `${prefix}${what}`,
        make: (of: Clause): Clause => {
          const place = nodes(of)[i];
          const change = place && changesOf(place)[k];
          if (change === undefined) throw new Error(`clauses of one shape differ: ${what}`);
          const put = replacing(place as Node, change.node);
          return {
            ...of,
            loops: of.loops.map((loop) => ({ ...loop, list: put(loop.list) })),
            when: put(of.when),
            ...(of.relaxed !== undefined && { relaxed: put(of.relaxed) }),
          };
        },
      })),
    );
  return [
    ...inNodes(asked, ''),
    ...(clause.relaxed === undefined
      ? []
      : [{ what: 'relaxed nowhere', make: (of: Clause): Clause => ({ ...of, relaxed: never }) }]),
    ...inNodes(relaxing, 'relaxed: '),
  ];
}

const never: Node = { kind: 'or', tests: [] };

const changesOf = (node: Node): readonly Change[] => (changes[node.kind] as (node: Node) => readonly Change[])(node);

/** The expressions and all below them, each once: what is written once and used at several places is one. */
function nodesIn(expressions: readonly Node[]): readonly Node[] {
  const found = new Set<Node>();
  const visit = (node: Node): void => {
    if (found.has(node)) return;
    if (isRead(node)) return;
    found.add(node);
    // Such a test and its literals are one thing, and changed as a whole.
    const below: readonly unknown[] = isFilledTest(node)
      ? ((node as NodeOf<'below'>).right as NodeOf<'call'>).args
      : isPatternTest(node)
        ? node.args.slice(0, 1)
        : Object.values(node);
    for (const value of below) for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) visit(each);
  };
  expressions.forEach(visit);
  return [...found];
}

/** That a list or text is not empty: one test, though it is written as two. */
function isFilledTest(node: Node): boolean {
  return (
    node.kind === 'below' &&
    node.left.kind === 'literal' &&
    node.left.value === 0 &&
    node.right.kind === 'call' &&
    node.right.name === 'sizeOf'
  );
}

/** A call whose second argument is a regular expression. */
function isPatternTest(node: Node): node is NodeOf<'call'> {
  return node.kind === 'call' && ['matches', 'find', 'findAll'].includes(node.name);
}

/** Another regular expression: one that finds nothing, and the same without an anchor. */
function otherPatterns(node: NodeOf<'call'>): readonly Change[] {
  const [value, pattern] = node.args;
  if (!isPatternTest(node) || value === undefined || pattern?.kind !== 'literal') return [];
  const source = String(pattern.value);
  return [`(?:${source})[^\\d\\D]`, source.replace(/^\^/, ''), source.replace(/\$$/, '')]
    .filter((other) => other !== source)
    .map((other) => ({
      what: `/${shortened(other)}/ for /${shortened(source)}/`,
      node: { ...node, args: [value, { kind: 'literal', value: other }] },
    }));
}

/** An expression with another in place of one of those that it is made of, wherever that is used. */
function replacing(node: Node, other: Node): (expression: Node) => Node {
  const known = new Map<Node, Node>([[node, other]]);
  const put = (expression: Node): Node => {
    const before = known.get(expression);
    if (before !== undefined) return before;
    // A variable is what it is, whoever reads it.
    if (expression.kind === 'variable') return expression;
    const copy = Object.fromEntries(
      Object.entries(expression).map(([property, value]: [string, unknown]) => {
        if (Array.isArray(value)) return [property, value.map((below) => (isNode(below) ? put(below) : below))];
        return [property, isNode(value) ? put(value) : value];
      }),
    );
    known.set(expression, copy as unknown as Node);
    return copy as unknown as Node;
  };
  return put;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'kind' in value;

const negated = (node: Node): Change => ({ what: `not ${shown(node)}`, node: { kind: 'not', test: node } });

function withoutOne(node: NodeOf<'and'> | NodeOf<'or'>): readonly Change[] {
  const other: Node = { kind: node.kind === 'and' ? 'or' : 'and', tests: node.tests };
  if (node.tests.length < 2) return [];
  return [
    { what: `${node.kind} becomes ${other.kind}: ${shown(node)}`, node: other },
    ...node.tests.map((test, i) => ({
      what: `${node.kind} without ${shown(test)}`,
      node: { ...node, tests: node.tests.toSpliced(i, 1) },
    })),
  ];
}

/** Sets of so many members are tables: the tests of their rules go through them one by one. */
function withoutMember(node: NodeOf<'among'>): readonly Change[] {
  const { set } = node;
  const without = (what: string, rest: (members: readonly Scalar[]) => readonly Scalar[]): Change => ({
    what: `${shown(node.value)} may not be ${what}`,
    node: { ...node, set: typeof set === 'function' ? (target) => rest(set(target)) : rest(set) },
  });
  if (typeof set === 'function')
    return [without('the first', (all) => all.slice(1)), without('the last', (all) => all.slice(0, -1))];
  return set.map((member, i) => without(JSON.stringify(member), (all) => all.toSpliced(i, 1)));
}

const swappedLoop = { some: 'every', every: 'some' } as const;

const swappedFunction: Partial<Readonly<Record<string, 'startsWith' | 'endsWith' | 'contains'>>> = {
  startsWith: 'endsWith',
  endsWith: 'contains',
  contains: 'startsWith',
};

/** What can be wrong with each kind of expression itself. */
const changes: { readonly [K in NodeKind]: (node: NodeOf<K>) => readonly Change[] } = {
  variable: () => [],
  literal: (node) => otherConstants(node.value).map((value) => constant(node, value)),
  field: () => [],
  entry: () => [],
  containers: (node) =>
    node.roles.map((role: ContainerRole) => ({
      what: `without ${role} containers`,
      node: { ...node, roles: node.roles.filter((other) => other !== role) },
    })),
  list: () => [],
  target: (node) => {
    const { read } = node;
    const other = (target: Parameters<typeof read>[0]): Scalar => {
      const value = read(target);
      return typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value}-other`;
    };
    return [{ what: 'another answer of the target', node: { ...node, read: other } }];
  },
  setting: () => [],
  fallback: ({ value, other }) => [{ what: `${shown(value)} without the default ${shown(other)}`, node: value }],
  choice: (node) => [
    { what: 'choice the other way', node: { ...node, chosen: node.otherwise, otherwise: node.chosen } },
  ],
  and: withoutOne,
  or: withoutOne,
  not: ({ test }) => [{ what: `not left out: ${shown(test)}`, node: test }],
  present: (node) => [negated(node)],
  equal: (node) => [negated(node)],
  below: (node) => {
    const { left, right } = node;
    const flipped: Node = { ...node, left: right, right: left };
    return isFilledTest(node)
      ? [
          negated(node),
          { what: `may be empty: ${shown(node)}`, node: { ...node, left: { kind: 'literal', value: -1 } } },
        ]
      : [
          { what: `flipped ${shown(node)}`, node: flipped },
          { what: `equal, too: ${shown(node)}`, node: { kind: 'not', test: flipped } },
        ];
  },
  among: (node) => [negated(node), ...withoutMember(node)],
  some: (node) => [
    negated(node),
    { what: `every of ${shown(node.list)}`, node: { ...node, kind: swappedLoop[node.kind] } },
  ],
  every: (node) => [
    negated(node),
    { what: `some of ${shown(node.list)}`, node: { ...node, kind: swappedLoop[node.kind] } },
  ],
  select: (node) => [{ what: `all of ${shown(node.list)}`, node: node.list }],
  each: () => [],
  text: () => [],
  call: (node) => {
    const swapped = swappedFunction[node.name];
    return [
      ...(functionNamed(node.name).gives === 'test' ? [negated(node)] : []),
      ...(swapped === undefined ? [] : [{ what: `${swapped} for ${shown(node)}`, node: { ...node, name: swapped } }]),
      ...otherPatterns(node),
    ];
  },
};

function constant(node: NodeOf<'literal'>, value: Scalar): Change {
  return { what: `${JSON.stringify(value)} for ${JSON.stringify(node.value)}`, node: { ...node, value } };
}

function otherConstants(value: Scalar): readonly Scalar[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value - 1, value + 1];
  return [`${value}~`];
}

const showing: { readonly [K in NodeKind]: (node: NodeOf<K>) => string } = {
  variable: ({ name }) => name,
  literal: ({ value }) => JSON.stringify(value),
  field: ({ of, name }) => `${shown(of)}.${name}`,
  entry: ({ of, key }) => `${shown(of)}[${shown(key)}]`,
  containers: () => 'containers',
  list: ({ items }) => `[${items.map(shown).join(', ')}]`,
  target: () => 'target',
  setting: ({ name }) => name,
  fallback: ({ value, other }) => `(${shown(value)} ?? ${shown(other)})`,
  choice: ({ test, chosen, otherwise }) => `(${shown(test)} ? ${shown(chosen)} : ${shown(otherwise)})`,
  and: ({ tests }) => `(${tests.map(shown).join(' and ')})`,
  or: ({ tests }) => `(${tests.map(shown).join(' or ')})`,
  not: ({ test }) => `not ${shown(test)}`,
  present: ({ value }) => `has(${shown(value)})`,
  equal: ({ left, right }) => `${shown(left)} = ${shown(right)}`,
  below: ({ left, right }) => `${shown(left)} < ${shown(right)}`,
  among: ({ value }) => `${shown(value)} in …`,
  some: ({ list, test }) => `some ${shown(list)}: ${shown(test)}`,
  every: ({ list, test }) => `every ${shown(list)}: ${shown(test)}`,
  select: ({ list, test }) => `${shown(list)} with ${shown(test)}`,
  each: ({ list, value }) => `${shown(value)} of ${shown(list)}`,
  text: ({ parts }) => parts.map(shown).join(' + '),
  call: ({ name, args }) => `${name}(${args.map(shown).join(', ')})`,
};

function shown(node: Node): string {
  const text = (showing[node.kind] as (node: Node) => string)(node);
  return shortened(text);
}

/** The start and the end of a long text. */
const shortened = (text: string): string => (text.length > 72 ? `${text.slice(0, 40)}…${text.slice(-31)}` : text);
