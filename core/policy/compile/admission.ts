import type { ClusterTarget } from '../../cluster/target';
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

/** A rule that the cluster can enforce: what it asks is there as data. */
export type EnforceableRule = (PodRule | ObjectRule) & { readonly clauses: readonly Clause[] };

/** Whether a rule can be asked in the cluster, and has to be. */
export function isEnforceable(rule: Rule): rule is EnforceableRule {
  return rule.subject !== 'declaration' && rule.clauses !== undefined && rule.refusedByServer !== true;
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

/** Rules as CEL, whatever engine evaluates it. */
export interface CompiledPolicy {
  readonly variables: readonly CelVariable[];
  readonly validations: readonly CelValidation[];
}

/** A rule whose CEL the target's API server does not understand. */
export class PolicyCompileError extends Error {
  override readonly name = 'PolicyCompileError';
}

/**
 * Compiles rules of one subject into CEL.
 *
 * @throws PolicyCompileError where the target's API server lacks a function, naming the version that has it
 */
export function compileRules(rules: readonly EnforceableRule[], options: AdmissionOptions): CompiledPolicy {
  const context: CelContext = { target: options.target, reads: new Set(), lacks: new Map() };
  const validations = rules.flatMap((rule) =>
    rule.clauses
      .filter((clause) => isAsked(clause, rule, options.standard))
      .flatMap((clause) => compileClause(rule, clause, options.standard !== undefined, context)),
  );
  if (context.lacks.size > 0) {
    const functions = [...context.lacks].map(([name, since]) => `${name} (Kubernetes ${since})`).join(', ');
    throw new PolicyCompileError(
      `${rules.map(({ id }) => id).join(', ')}: the CEL of Kubernetes ${options.target.version} lacks ${functions}; ` +
        'leave the rule out, or raise the version of the target',
    );
  }
  return { variables: declare(context.reads, options), validations };
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
): readonly CelValidation[] {
  const when: Node =
    exact && clause.relaxed !== undefined
      ? { kind: 'and', tests: [clause.when, { kind: 'not', test: clause.relaxed }] }
      : clause.when;
  const expression = demand(clause.loops, when, new Map(), context);
  if (expression === 'true') return [];
  const remedy = clause.remedy.kind === 'literal' ? clause.remedy : undefined;
  const said: Node = remedy
    ? clause.message
    : { kind: 'text', parts: [clause.message, { kind: 'literal', value: '; ' }, clause.remedy] };
  const ending = `${remedy ? `; ${remedy.value}` : ''} [${rule.id}]`;
  const message = `${offences(clause.loops, when, said, new Map(), context)} + ${celLiteral(ending)}`;
  return [{ expression, messageExpression: message, message: `${rule.title} [${rule.id}]` }];
}

/** That nothing which the loops lead to breaks the rule. */
function demand(loops: readonly Loop[], when: Node, scope: CelScope, context: CelContext): string {
  const [loop, ...inner] = loops;
  if (loop === undefined) return compileCelTest({ kind: 'not', test: when }, context, scope).text;
  const list = within(compileCelList(loop.list, context, scope), binding.member);
  const { name, scope: extended } = withVariable(scope, loop.item);
  const each = demand(inner, when, extended, context);
  return each === 'true' ? each : `${list}.all(${name}, ${each})`;
}

/** What is said of each that does, in one text. */
function offences(loops: readonly Loop[], when: Node, said: Node, scope: CelScope, context: CelContext): string {
  const [loop, ...inner] = loops;
  if (loop === undefined) return compileCelText(said, context, scope).text;
  const list = within(compileCelList(loop.list, context, scope), binding.member);
  const { name, scope: extended } = withVariable(scope, loop.item);
  const offending = offends(inner, when, extended, context);
  return `${list}.filter(${name}, ${offending}).map(${name}, ${offences(inner, when, said, extended, context)}).join('; ')`;
}

/** That something which the loops lead to breaks it. */
function offends(loops: readonly Loop[], when: Node, scope: CelScope, context: CelContext): string {
  const [loop, ...inner] = loops;
  if (loop === undefined) return compileCelTest(when, context, scope).text;
  const list = within(compileCelList(loop.list, context, scope), binding.member);
  const { name, scope: extended } = withVariable(scope, loop.item);
  return `${list}.exists(${name}, ${offends(inner, when, extended, context)})`;
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
  const expressions: Readonly<Record<PolicyVariable, () => string>> = {
    object: () => `dyn(${options.object ?? 'object'})`,
    metadata: () => ofTemplate('metadata', options.podTemplateKinds),
    spec: () => ofTemplate('spec', options.podTemplateKinds),
    ...mapValues(lists, (list) => () => list),
    containers: () =>
      ['initContainers', 'containers', 'ephemeralContainers']
        .map((field) => `variables.podSpec.?${field}.orValue([])`)
        .join(' + '),
    registries: () => options.registriesCel ?? `[${options.registries.map(celLiteral).join(', ')}]`,
  };
  const all = new Set<PolicyVariable>();
  const add = (variable: PolicyVariable): void => {
    for (const needed of needs[variable] ?? []) add(needed);
    all.add(variable);
  };
  for (const variable of reads) add(variable);
  return [...all].map((variable) => ({ name: celVariable[variable], expression: expressions[variable]() }));
}

function mapValues<K extends string, T, R>(record: Readonly<Record<K, T>>, map: (value: T) => R): Record<K, R> {
  return Object.fromEntries(Object.entries<T>(record).map(([key, value]) => [key, map(value)])) as Record<K, R>;
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
