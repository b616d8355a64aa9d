/**
 * Scripts and closures run the same expressions, and give the same answers: of whatever an expression may ask, rules of today or not, and of
 * whatever stands in an object, fit for the question or not.
 */
import * as fc from 'fast-check';
import { compileClosure, type Frame, rootScope } from '../../../core/policy/expression/closure';
import type { Node, VariableNode } from '../../../core/policy/expression/node';
import { roots } from '../../../core/policy/expression/node';
import type { ContainerInPod } from '../../../core/policy/rule';
import { Screening } from '../../../core/policy/screening';
import { target } from './rules/rule-cases';

const fields = ['a', 'b', 'c'] as const;
const literal = (value: string | number | boolean): Node => ({ kind: 'literal', value });
const literals = fc.constantFrom<Node>(...['', 'a', 'B', '1', 0, 1, 2.5, -1, true, false].map(literal));

/** What loops bind, by how deep they stand: an expression inside two of them knows both. */
const items: readonly VariableNode[] = ['first', 'second', 'third'].map((name) => ({ kind: 'variable', name }));

/** Expressions of a depth at most, inside so many loops. */
const made = new Map<string, fc.Arbitrary<Node>>();

function remembered(key: string, make: () => fc.Arbitrary<Node>): fc.Arbitrary<Node> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

function values(depth: number, loops: number): fc.Arbitrary<Node> {
  return remembered(`value ${depth} ${loops}`, () => {
    const variables = fc.constantFrom<Node>(roots.object, roots.spec, ...items.slice(0, loops));
    const field = (of: fc.Arbitrary<Node>) =>
      fc.record({ kind: fc.constant('field' as const), of, name: fc.constantFrom(...fields) });
    const simple = fc.oneof(field(variables), field(field(variables)), variables);
    if (depth === 0) return simple;
    const [value, test] = [values(depth - 1, loops), tests(depth - 1, loops)];
    return fc.oneof(
      { weight: 4, arbitrary: simple },
      field(value),
      fc.record({ kind: fc.constant('fallback' as const), value, other: fc.oneof(value, literals) }),
      fc.record({ kind: fc.constant('choice' as const), test, chosen: value, otherwise: value }),
      fc.record({ kind: fc.constant('call' as const), name: fc.constant('sizeOf' as const), args: fc.tuple(value) }),
      fc.record({ kind: fc.constant('call' as const), name: fc.constant('lowerCase' as const), args: fc.tuple(value) }),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constant('start' as const),
        args: fc.tuple(value, fc.oneof(literals, value)),
      }),
      fc.record({ kind: fc.constant('list' as const), items: fc.array(value, { maxLength: 3 }) }),
    );
  });
}

function tests(depth: number, loops: number): fc.Arbitrary<Node> {
  return remembered(`test ${depth} ${loops}`, () => {
    const value = values(Math.max(depth - 1, 0), loops);
    const operand = fc.oneof(value, literals);
    const simple = fc.oneof(
      fc.record({ kind: fc.constant('present' as const), value }),
      fc.record({ kind: fc.constant('equal' as const), left: value, right: operand }),
      fc.record({ kind: fc.constant('below' as const), left: operand, right: operand }),
      fc.record({
        kind: fc.constant('among' as const),
        value,
        set: fc.oneof(
          fc.constant(['a', 1, false]),
          fc.constant(() => ['B', 0]),
        ),
      }),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constantFrom('matches' as const, 'startsWith' as const, 'contains' as const),
        args: fc.tuple(value, fc.constantFrom(literal('a'), literal('^1'), literal(''))),
      }),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constant('lessQuantity' as const),
        args: fc.tuple(value, operand),
      }),
    );
    if (depth === 0) return simple;
    const test = tests(depth - 1, loops);
    const compound: fc.Arbitrary<Node>[] = [
      fc.record({ kind: fc.constant('and' as const), tests: fc.array(test, { maxLength: 3 }) }),
      fc.record({ kind: fc.constant('or' as const), tests: fc.array(test, { maxLength: 3 }) }),
      fc.record({ kind: fc.constant('not' as const), test }),
    ];
    const item = items[loops];
    if (item !== undefined) {
      const list = fc.oneof(
        value,
        fc.record({
          kind: fc.constant('containers' as const),
          roles: fc.subarray(['container', 'init', 'ephemeral'] as const),
        }),
      );
      compound.push(
        fc.record({
          kind: fc.constantFrom('some' as const, 'every' as const),
          list,
          item: fc.constant(item),
          test: tests(depth - 1, loops + 1),
        }) as fc.Arbitrary<Node>,
      );
    }
    return fc.oneof({ weight: 2, arbitrary: simple }, ...compound);
  });
}

const scalars = fc.constantFrom<unknown>(undefined, null, '', 'a', 'aB', 'B', '1', '1Gi', 0, 1, 2.5, -1, true, false);

/** What may stand in an object: each of the fields holds anything. */
const things = fc.letrec<{ thing: unknown }>((tie) => ({
  thing: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('thing'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('thing'), { noNullPrototype: true }),
  ),
})).thing;

const containers = fc.array(
  fc.record({
    container: fc.dictionary(fc.constantFrom(...fields), things, { noNullPrototype: true }),
    role: fc.constantFrom('container' as const, 'init' as const, 'ephemeral' as const),
  }),
  { maxLength: 3 },
);

test('a script gives the answer of the closures, whatever is asked of whatever', () => {
  const answers = { yes: 0, no: 0 };
  fc.assert(
    fc.property(
      tests(4, 0),
      fc.array(fc.tuple(things, things, containers), { minLength: 8, maxLength: 8 }),
      (when, worlds) => {
        const said = literal('');
        const clause = { loops: [], when, at: roots.object, message: said, remedy: said, showsValue: false };
        const screening = new Screening([[clause]]);
        const closure = compileClosure(when, rootScope);
        for (const [object, spec, inPod] of worlds) {
          const frame = (): Frame => ({
            slots: [object, spec, undefined],
            containers: inPod as unknown as readonly ContainerInPod[],
            target,
            settings: { registries: [] },
          });
          const answer = closure(frame()) === true;
          answers[answer ? 'yes' : 'no']++;
          expect(screening.suspects(frame()) !== undefined).toBe(answer);
        }
      },
    ),
    { numRuns: 800 },
  );
  expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(1000);
});
