/**
 * All rules are screened by scripts made of their clauses, and what is found is judged by closures of the same clauses: the two have
 * to agree about every rule and every object, whatever is in it.
 */
import * as fc from 'fast-check';
import { apiGroup, type KubernetesObject } from '../../../core/manifest';
import { type PodSymbol, pods } from '../../../core/policy/clause';
import { and, fallback, has, is, start } from '../../../core/policy/expression/operators';
import { Script } from '../../../core/policy/expression/script';
import { nodeOf, plain } from '../../../core/policy/expression/symbol';
import { frameOf, judgeOf } from '../../../core/policy/judge-clauses';
import { podIn } from '../../../core/policy/pod-in';
import type { ObjectRule, PodRule, Rule, RuleContext } from '../../../core/policy/rule';
import { AskedRules } from '../../../core/policy/rule-set';
import { rules } from '../../../core/policy/rules';
import { Screening } from '../../../core/policy/screening';
import { mutant, poolOf } from './parity/mutate';
import { casesByRule, corpora, edgesByRule } from './parity/seeds';
import { target } from './rules/rule-cases';

type Declared = (PodRule | ObjectRule) & Required<Pick<PodRule, 'clauses'>>;

const context: RuleContext = { target, registries: ['registry.acme.example'] };
const declared = (rules as readonly Rule[]).filter(
  (rule): rule is Declared => 'clauses' in rule && rule.clauses !== undefined,
);
const ofPods = declared.filter(({ subject }) => subject === 'pod');
const screenings = new Map<string, readonly [Screening, readonly Declared[]]>();

/** The rules that are asked of the object, as one screening. */
function screeningOf(object: KubernetesObject): readonly [Screening, readonly Declared[]] {
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  const pods = podIn(object) !== undefined;
  const key = `${kind} ${pods}`;
  let known = screenings.get(key);
  if (known === undefined) {
    const asked = declared.filter((rule) => (rule.subject === 'object' ? rule.kinds.includes(kind) : pods));
    known = [new Screening(asked.map(({ clauses }) => clauses)), asked];
    screenings.set(key, known);
  }
  return known;
}

function expectAgreement(object: KubernetesObject): number {
  const [screening, asked] = screeningOf(object);
  const pod = podIn(object);
  const suspects = [...(screening.suspects(frameOf(object, pod, context)) ?? asked.map(() => false))];
  const found = asked.map(({ clauses }) => judgeOf(clauses)(object, pod, context).length > 0);
  const differing = asked.filter((_, i) => suspects[i] !== found[i]).map(({ id }) => id);
  expect({ differing, object: differing.length > 0 ? object : undefined }).toEqual({
    differing: [],
    object: undefined,
  });
  return found.filter(Boolean).length;
}

describe('screening and judging agree', () => {
  const seeds = [...casesByRule().values(), ...edgesByRule().values()].flat();

  test('about the cases and edges of every rule', () => {
    let found = 0;
    for (const object of seeds) found += expectAgreement(object);
    expect(found).toBeGreaterThan(ofPods.length);
  });

  test('about mutants of them, and of real manifests', () => {
    const others = corpora();
    const all = others.length === 0 ? seeds : others;
    fc.assert(
      fc.property(mutant(seeds, all, poolOf(seeds)), (object) => void expectAgreement(object)),
      {
        numRuns: 3000,
      },
    );
  });

  test('of what is no manifest at all', () => {
    const anyObject = fc.record(
      {
        apiVersion: fc.constantFrom('v1', 'apps/v1'),
        kind: fc.constantFrom('Pod', 'Service', 'Secret'),
        metadata: fc.anything(),
        spec: fc.anything(),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(anyObject, (object) => {
        const asked = new AskedRules(ofPods as readonly PodRule[]);
        expect(() => asked.ask({} as never, object as never, undefined, context, [])).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});

describe('what no rule of ours asks', () => {
  const suspected = (when: Parameters<typeof pods.violation>[0]['when'], object: object): boolean =>
    new Screening([[pods.violation({ when, at: ({ spec }) => spec.hostPID, message: '', remedy: '' })]]).suspects({
      slots: [object, object, undefined],
      containers: [],
      target,
      settings: { registries: [] },
    }) !== undefined;

  test('what is there but false, 0 or empty has no fallback', () => {
    const other = ({ spec }: PodSymbol) => is(fallback(spec.hostname, 'other'), 'other');
    expect(suspected(other, {})).toBe(true);
    expect(suspected(other, { hostname: '' })).toBe(false);
  });

  test('a number is asked for, and another thing is none', () => {
    const first = ({ spec }: PodSymbol) => is(start(spec.hostname, spec.priority as never), 'w');
    expect(suspected(first, { hostname: 'web', priority: 1 })).toBe(true);
    expect(suspected(first, { hostname: 'web', priority: true })).toBe(false);
  });

  test('a field is true, or it is no test that holds', () => {
    const isOn = ({ spec }: PodSymbol) => and(plain({ ...nodeOf(spec.hostPID) }), has(spec.hostPID));
    expect(suspected(isOn, { hostPID: true })).toBe(true);
    expect(suspected(isOn, { hostPID: 'yes' })).toBe(false);
  });
});

describe('where code may not be made of strings', () => {
  afterEach(() => jest.restoreAllMocks());

  test('each rule is asked alone, and finds the same', () => {
    const privileged = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { hostNetwork: true, containers: [{ name: 'web', image: 'nginx', securityContext: { privileged: true } }] },
    };
    const found = (): readonly string[] => {
      const findings: { readonly rule: string; readonly property: string }[] = [];
      const pod = podIn(privileged);
      new AskedRules(ofPods as readonly PodRule[]).ask(pod as never, privileged, pod, context, findings as never);
      return findings.map(({ rule, property }) => `${rule} ${property}`);
    };
    const expected = found();
    expect(expected).toContain('privileged spec.containers[0].securityContext.privileged');
    jest.spyOn(Script.prototype, 'run').mockImplementation(() => {
      throw new EvalError('Code generation from strings disallowed for this context');
    });
    expect(found()).toEqual(expected);
  });
});
