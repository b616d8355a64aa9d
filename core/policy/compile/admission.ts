import type { ClusterTarget } from '../../cluster/target';
import type { KubernetesVersion } from '../../cluster/version';
import type { ContainerRole } from '../../manifest/pod-template';
import { PodTemplateKinds } from '../../manifest/pod-template';
import type { Clause, Loop } from '../clause';
import {
  type CelContext,
  type CelScope,
  celVariable,
  compileCelList,
  compileCelTest,
  compileCelText,
  type PolicyVariable,
  withVariable,
} from '../expression/cel';
import { binding, celLiteral, within } from '../expression/cel-text';
import type { Node } from '../expression/node';
import type { PodSecurityLevel } from '../finding';
import type { ObjectRule, PodRule, Rule } from '../rule';
import { PolicyCompileError } from './compile-error';
import type { CompiledException } from './exceptions';
import { Guards } from './guards';

/** A rule that the cluster can enforce: what it asks is there as data. */
export type EnforceableRule = (PodRule | ObjectRule) & { readonly clauses: readonly Clause[] };

/** Whether a rule can be asked in the cluster, and has to be. */
export function isEnforceable(rule: Rule): rule is EnforceableRule {
  if (rule.subject !== 'pod' && rule.subject !== 'object') return false;
  return rule.clauses !== undefined && rule.refusedByServer !== true;
}

/** What admission policies are compiled for. */
export interface AdmissionOptions {
  readonly target: ClusterTarget;
  /** Image repositories that may be pulled from. */
  readonly registries: readonly string[];
  /** Which kinds hold a pod template, and where. @default - Kubernetes' own */
  readonly podTemplateKinds?: PodTemplateKinds;
  /** Asks what this Pod Security Standard asks, and no more. @default - all that the rule asks */
  readonly standard?: PodSecurityLevel;
  /** What the engine calls the object of a request. @default 'object' */
  readonly object?: string;
  /** CEL of the list of repositories. @default - a literal list */
  readonly registriesCel?: string;
  /** The Kubernetes whose CEL libraries the engine has. @default - the target's */
  readonly libraries?: KubernetesVersion;
  /** What administrators waive. @default - nothing */
  readonly exceptions?: readonly CompiledException[];
}

/** A named expression that others of the policy read. */
export interface CelVariable {
  readonly name: string;
  readonly expression: string;
}

/** One demand of a policy: what must be true, and what is said where it is not. */
export interface CelValidation {
  readonly expression: string;
  readonly messageExpression: string;
  /** Said where the other cannot be worked out. */
  readonly message: string;
}

/** A test that a request must pass to be judged at all. */
export interface CelCondition {
  readonly name: string;
  readonly expression: string;
}

/** Rules as CEL, whatever engine evaluates it. */
export interface CompiledPolicy {
  /** The rules that something on the target breaks; the others have nothing to ask there. */
  readonly asked: readonly EnforceableRule[];
  readonly variables: readonly CelVariable[];
  readonly validations: readonly CelValidation[];
  /** Exceptions for whole objects, where the policy is of one rule: they are selected before anything is worked out. */
  readonly excepted: readonly CompiledException[];
  /** Every exception that the policy honours. */
  readonly exceptions: readonly CompiledException[];
}

/** So many match conditions a policy may have; some are left for those of its own. */
const mostConditions = 60;

/**
 * Compiles rules of one subject into CEL.
 *
 * @throws PolicyCompileError where the engine lacks a function, naming the version that has it
 */
export function compileRules(rules: readonly EnforceableRule[], options: AdmissionOptions): CompiledPolicy {
  const { target, libraries, standard } = options;
  const context: CelContext = { target, reads: new Set(), lacks: new Map(), ...(libraries && { libraries }) };
  const ids = new Set(rules.map(({ id }) => id));
  const exceptions = (options.exceptions ?? []).filter(({ rules: waived }) => waived.some((id) => ids.has(id)));
  const ofObjects = exceptions.filter(({ selectsContainer }) => selectsContainer === undefined);
  const excepted = rules.length === 1 && ofObjects.length <= mostConditions ? ofObjects : [];
  const guards = new Guards(
    exceptions.filter((exception) => !excepted.includes(exception)),
    options.object ?? 'object',
  );
  const longTests: CelVariable[] = [];
  const byRule = rules.map((rule) => ({
    rule,
    validations: rule.clauses
      .filter((clause) => isAsked(clause, rule, standard))
      .flatMap((clause) => compileClause(rule, clause, standard !== undefined, context, guards, longTests)),
  }));
  if (context.lacks.size > 0) {
    const functions = [...context.lacks].map(([name, since]) => `${name} (Kubernetes ${since})`).join(', ');
    throw new PolicyCompileError([
      {
        property: 'rules',
        message: `${rules.map(({ id }) => id).join(', ')}: the CEL of Kubernetes ${libraries ?? target.version} lacks ${functions}`,
        remedy: 'leave the rule out, or raise the version of the target',
      },
    ]);
  }
  const variables = [...declare(context.reads, options), ...guards.variables(), ...longTests];
  const asked = byRule.filter(({ validations }) => validations.length > 0);
  return {
    asked: asked.map(({ rule }) => rule),
    variables,
    validations: asked.flatMap(({ validations }) => validations),
    excepted,
    exceptions,
  };
}

function isAsked({ podSecurity }: Clause, rule: EnforceableRule, standard: PodSecurityLevel | undefined): boolean {
  if (standard === undefined) return true;
  const level = podSecurity ?? rule.podSecurity;
  return level === 'baseline' || (level === 'restricted' && standard === 'restricted');
}

/** The validation, or none where nothing breaks the clause on the target. */
function compileClause(
  rule: EnforceableRule,
  clause: Clause,
  exact: boolean,
  context: CelContext,
  guards: Guards,
  longTests: CelVariable[],
): readonly CelValidation[] {
  const when: Node =
    exact && clause.relaxed !== undefined
      ? { kind: 'and', tests: [clause.when, { kind: 'not', test: clause.relaxed }] }
      : clause.when;
  const ofContainers = clause.loops.some(({ list }) => list.kind === 'containers');
  const at: Judging = { context, when, left: (name) => guards.leftContainers(rule.id, name) };
  const judged = demand(clause.loops, new Map(), at);
  if (judged === 'true') return [];
  const guard = guards.ofObject(rule, ofContainers, context);
  const remedy = clause.remedy.kind === 'literal' ? clause.remedy : undefined;
  const said: Node = remedy
    ? clause.message
    : { kind: 'text', parts: [clause.message, { kind: 'literal', value: '; ' }, clause.remedy] };
  const ending = `${remedy ? `; ${remedy.value}` : ''} [${rule.id}]`;
  const short = { holds: judged, offences: () => offences(clause.loops, said, new Map(), at) };
  const { holds, offences: text } =
    judged.length > longTest && clause.loops.length > 0 ? writtenOnce(clause.loops, said, at, longTests) : short;
  return [
    {
      expression: guard === undefined ? holds : `${guard} || (${holds})`,
      messageExpression: `${text()} + ${celLiteral(ending)}`,
      message: `${rule.title} [${rule.id}]`,
    },
  ];
}

/** What a clause is compiled by. */
interface Judging {
  readonly context: CelContext;
  readonly when: Node;
  /** CEL that takes the containers that are waived out of a loop over containers; empty where none is. */
  readonly left: (container: string) => string;
}

/** A loop's list, without what is waived, and the variable of its elements. */
function opened(loop: Loop, scope: CelScope, { context, left }: Judging) {
  const all = within(compileCelList(loop.list, context, scope), binding.member);
  const { name, scope: extended } = withVariable(scope, loop.item);
  const without = loop.list.kind === 'containers' ? left(name) : '';
  return { list: without === '' ? all : `${all}${without}`, name, scope: extended };
}

/** That nothing which the loops lead to breaks the rule. */
function demand(loops: readonly Loop[], scope: CelScope, at: Judging): string {
  const [loop, ...inner] = loops;
  if (loop === undefined) return compileCelTest({ kind: 'not', test: at.when }, at.context, scope).text;
  const { list, name, scope: extended } = opened(loop, scope, at);
  const each = demand(inner, extended, at);
  return each === 'true' ? each : `${list}.all(${name}, ${each})`;
}

/** What is said of each that does, in one text. */
function offences(loops: readonly Loop[], said: Node, scope: CelScope, at: Judging): string {
  const [loop, ...inner] = loops;
  if (loop === undefined) return compileCelText(said, at.context, scope).text;
  const { list, name, scope: extended } = opened(loop, scope, at);
  const text = offences(inner, said, extended, at);
  if (inner.length > 0) return `${list}.map(${name}, ${text}).filter(said, said != '').join('; ')`;
  return `${list}.filter(${name}, ${compileCelTest(at.when, at.context, extended).text}).map(${name}, ${text}).join('; ')`;
}

/** A test that is longer than this is written once, and read by the demand and by its message. */
const longTest = 700;

/**
 * The same as a demand and what is said, of a variable that holds what breaks the rule: of an inner loop the elements, of an outer one
 * pairs of an element and what was found in it.
 */
function writtenOnce(loops: readonly Loop[], said: Node, at: Judging, variables: CelVariable[]) {
  const name = `found${variables.length + 1}`;
  variables.push({ name, expression: foundIn(loops, new Map(), at) });
  return {
    holds: `size(variables.${name}) == 0`,
    offences: () => saidOf(loops, said, `variables.${name}`, new Map(), at),
  };
}

function foundIn([loop, ...inner]: readonly Loop[], scope: CelScope, at: Judging): string {
  if (loop === undefined) return '';
  const { list, name, scope: extended } = opened(loop, scope, at);
  if (inner.length === 0) return `${list}.filter(${name}, ${compileCelTest(at.when, at.context, extended).text})`;
  const pairs = `${list}.map(${name}, [dyn(${name}), dyn(${foundIn(inner, extended, at)})])`;
  return `${pairs}.filter(pair, size(pair[1]) > 0)`;
}

function saidOf([loop, ...inner]: readonly Loop[], said: Node, found: string, scope: CelScope, at: Judging): string {
  if (loop === undefined) return '';
  if (inner.length === 0) {
    const { name, scope: extended } = withVariable(scope, loop.item);
    return `${found}.map(${name}, ${compileCelText(said, at.context, extended).text}).join('; ')`;
  }
  const pair = `pair${inner.length}`;
  const text = saidOf(inner, said, `${pair}[1]`, new Map([...scope, [loop.item, `${pair}[0]`]]), at);
  return `${found}.map(${pair}, ${text}).join('; ')`;
}

const lists: Readonly<Record<ContainerRole, string>> = {
  container: 'variables.podSpec.?containers.orValue([])',
  init: "variables.podSpec.?initContainers.orValue([]).filter(container, container.?restartPolicy.orValue('') != 'Always')",
  sidecar:
    "variables.podSpec.?initContainers.orValue([]).filter(container, container.?restartPolicy.orValue('') == 'Always')",
  ephemeral: 'variables.podSpec.?ephemeralContainers.orValue([])',
};

/** What each variable reads of the others. */
const needs: Partial<Readonly<Record<PolicyVariable, readonly PolicyVariable[]>>> = {
  metadata: ['object'],
  spec: ['object'],
  containers: ['spec'],
  container: ['spec'],
  init: ['spec'],
  sidecar: ['spec'],
  ephemeral: ['spec'],
};

/** The variables that are read, each after those that it reads itself. */
function declare(reads: ReadonlySet<PolicyVariable>, options: AdmissionOptions): readonly CelVariable[] {
  const expressions: Readonly<Record<PolicyVariable, string>> = {
    object: `dyn(${options.object ?? 'object'})`,
    metadata: ofTemplate('metadata', options.podTemplateKinds),
    spec: ofTemplate('spec', options.podTemplateKinds),
    ...lists,
    containers: ['initContainers', 'containers', 'ephemeralContainers']
      .map((field) => `variables.podSpec.?${field}.orValue([])`)
      .join(' + '),
    registries: options.registriesCel ?? `[${options.registries.map(celLiteral).join(', ')}]`,
  };
  const all = new Set<PolicyVariable>();
  const add = (variable: PolicyVariable): void => {
    for (const needed of needs[variable] ?? []) add(needed);
    all.add(variable);
  };
  for (const variable of reads) add(variable);
  return [...all].map((variable) => ({ name: celVariable[variable], expression: expressions[variable] }));
}

/** A part of the pod template, wherever the object's kind holds it. */
function ofTemplate(part: 'metadata' | 'spec', kinds: PodTemplateKinds = PodTemplateKinds.builtIn): string {
  const all = kinds.all();
  const ways = new Map<string, string[]>();
  for (const { group, kind, path } of all) {
    const way = [...path, part].map((step) => `.?${step}`).join('');
    const named = `variables.object.kind == ${celLiteral(kind)}`;
    // The policy matches registered kinds only, so that the kind says which it is unless two groups have it.
    const shared = all.filter((other) => other.kind === kind).length > 1;
    const test = shared
      ? `${named} && variables.object.apiVersion.startsWith(${celLiteral(group === '' ? 'v1' : `${group}/`)})`
      : named;
    ways.set(way, [...(ways.get(way) ?? []), test]);
  }
  const [usual] = [...ways].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const others = [...ways].filter(([way]) => way !== usual);
  const choice = others.map(([way, tests]) => `${tests.join(' || ')} ? variables.object${way} : `).join('');
  return `(${choice}variables.object${usual}).orValue({})`;
}
