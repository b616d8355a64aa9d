/**
 * Whether the cases and edges of a rule would notice that it was broken: every rule that the cluster can enforce is broken in every
 * place, one at a time (a clause dropped, a conjunct left out, a comparison flipped, a test negated, a constant changed, `some` and
 * `every` swapped, a kind of container forgotten), and its cases must tell each from the rule itself.
 */
import { apiGroup, type KubernetesObject } from '../../../core/manifest';
import { type EnforceableRule, isEnforceable } from '../../../core/policy/compile/admission';
import { judgeOf } from '../../../core/policy/judge-clauses';
import { podIn } from '../../../core/policy/pod-in';
import type { Rule, RuleContext } from '../../../core/policy/rule';
import { rules } from '../../../core/policy/rules';
import { equivalents } from './mutation/equivalents';
import { type Mutant, mutantsOf } from './mutation/mutants';
import { cases } from './rules/cases';
import { edges } from './rules/edges';
import { inRole, type RuleCase, target } from './rules/rule-cases';

const enforceable = (rules as readonly Rule[]).filter(isEnforceable);
/** So many objects of a rule are asked about with their container in other roles as well. */
const mostMoved = 300;

/** An object that the rule is asked about, and what tests pin of the answer. */
interface Asked {
  readonly object: KubernetesObject;
  readonly context: RuleContext;
  /** Whether the message is pinned, and the Pod Security Standard that each finding names. */
  readonly pins: (finding: number) => { readonly message: boolean; readonly podSecurity: boolean };
}

const property = () => ({ message: false, podSecurity: false });

/** What {@link testRules}, the test of edges and that of roles ask about the rule. */
function asked(id: string): readonly Asked[] {
  const { compliant, violating } = cases.get(id) ?? { compliant: [], violating: [] };
  const contextOf = (given: Pick<RuleCase, 'target' | 'registries'>): RuleContext => ({
    target: given.target ?? target,
    registries: given.registries ?? ['registry.acme.example'],
  });
  const ofCases = [...compliant.map((one) => ({ ...one, findings: [] })), ...violating].map(
    ({ object, findings, ...on }): Asked => ({
      object,
      context: contextOf(on),
      pins: (i) => ({ message: true, podSecurity: findings[i]?.podSecurity !== undefined }),
    }),
  );
  const ofEdges = (edges.get(id) ?? []).map(
    ({ object, podSecurity, ...on }): Asked => ({
      object,
      context: contextOf(on),
      pins: () => ({ message: false, podSecurity: podSecurity !== undefined }),
    }),
  );
  const all = [...ofCases, ...ofEdges];
  const moved = all.slice(0, mostMoved).flatMap(({ object, context }) =>
    (['init', 'sidecar', 'ephemeral'] as const).flatMap((role): readonly Asked[] => {
      const other = inRole(object, role);
      return other === undefined ? [] : [{ object: other, context, pins: property }];
    }),
  );
  return [...all, ...moved];
}

/** What a rule of these clauses says of an object, as far as tests pin it. */
function answers(rule: EnforceableRule, { clauses, kinds }: Partial<Mutant>): (of: Asked) => string {
  const judge = judgeOf(clauses ?? rule.clauses);
  return ({ object, context, pins }) => {
    const pod = rule.subject === 'pod' ? podIn(object) : undefined;
    const about =
      rule.subject === 'pod'
        ? pod !== undefined
        : (kinds ?? rule.kinds).includes(`${apiGroup(object.apiVersion)}/${object.kind}`);
    if (!about) return '';
    const violations = judge(object, pod, context);
    if (violations.length === 0) return '';
    return JSON.stringify(
      violations.map(({ path, message, podSecurity }, i) => {
        const pinned = pins(i);
        return [path, pinned.message && message, pinned.podSecurity && (podSecurity ?? null)];
      }),
    );
  };
}

/** Whether some object tells the mutant from the rule. A mutant that throws is told. */
function isCaught(mutant: Mutant, objects: readonly Asked[], expected: readonly string[]): boolean {
  const answer = answers(mutant.rule, mutant);
  try {
    return objects.some((object, i) => answer(object) !== expected[i]);
  } catch {
    return true;
  }
}

let made = 0;
let caught = 0;

it.each(enforceable.map((rule) => [rule.id, rule] as const))('%s: every mutant is caught', (id, rule) => {
  const objects = asked(id);
  const expected = objects.map(answers(rule, {}));
  const mutants = mutantsOf(rule);
  const survivors = mutants.filter((mutant) => !isCaught(mutant, objects, expected)).map(({ change }) => change);
  made += mutants.length;
  caught += mutants.length - survivors.length;
  expect(survivors).toEqual((equivalents[id] ?? []).map(({ change }) => change));
});

it('names rules that there are, and why each mutant that is not caught is no other rule', () => {
  const ids = enforceable.map(({ id }) => id);
  expect(Object.keys(equivalents).filter((id) => !ids.includes(id))).toEqual([]);
  for (const { because } of Object.values(equivalents).flat()) expect(because.length).toBeGreaterThan(20);
});

it('has a rule broken in each of the ways', () => {
  const changes = enforceable.flatMap((rule) => mutantsOf(rule).map(({ change }) => change));
  for (const way of [/dropped$/, /and without/, /or without/, /becomes or/, /becomes and/, /every of/, /some of/])
    expect(changes.filter((change) => way.test(change)).length).toBeGreaterThan(1);
  for (const way of [/ flipped /, / equal, too/, / not /, / for /, / may not be /, /without init containers/, /kind/])
    expect(changes.filter((change) => way.test(change)).length).toBeGreaterThan(1);
});

afterAll(() => {
  console.info(
    `${made} mutants of ${enforceable.length} rules: ${caught} caught by their cases, ${made - caught} that are the same rule ` +
      `in other words (${((100 * caught) / made).toFixed(1)} %)`,
  );
});
