import type { ClusterTarget } from '../../cluster/target';
import { isDnsLabel } from '../../manifest/names';
import type { KubernetesObject } from '../../manifest/object';
import type { PodTemplateKinds } from '../../manifest/pod-template';
import type { SelectedException } from '../exceptions/selector';
import type { PodSecurityLevel, Severity } from '../finding';
import { type FrameworkId, frameworkIds, rulesOf } from '../frameworks';
import { isAtLeast, severities } from '../report';
import type { Rule } from '../rule';
import { rules as everyRule, unaskedWithout } from '../rules';
import { type EnforceableRule, isEnforceable } from './admission';
import { PolicyCompileError, type PolicyFault, type PolicyWarning } from './compile-error';
import { draftOf } from './draft';
import type { DraftInMode, EnforcementMode, Engine, EngineWriter, PolicyDraft, PolicySettings } from './engine';
import { compileExceptions } from './exceptions';
import { gatekeeper } from './gatekeeper';
import { kubewarden } from './kubewarden';
import { kyverno } from './kyverno';
import { byGroup, kindsOf, resourceOf } from './match';
import { vap } from './vap';

/** Every engine: one line each. */
export const engines: Readonly<Record<Engine, EngineWriter>> = { vap, kyverno, gatekeeper, kubewarden };

/** Every engine's name. */
export const engineNames = Object.keys(engines) as readonly Engine[];

/** Every mode, from the mildest. */
export const enforcementModes: readonly EnforcementMode[] = ['audit', 'warn', 'deny'];

/** What shares a policy: nothing, or the rules about the same kinds of objects. */
export type PolicyGrouping = 'rule' | 'subject';

/** Every grouping. */
export const policyGroupings: readonly PolicyGrouping[] = ['rule', 'subject'];

/**
 * The namespaces that policies leave alone unless told otherwise: what runs there keeps the cluster up, needs the host, and comes with the
 * distribution. Whoever may write there is an administrator.
 */
export const systemNamespaces: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

/** What is enforced in a cluster, and how. */
export interface EnforcementOptions {
  readonly target: ClusterTarget;
  /** What evaluates the policies. @default 'vap' */
  readonly engine?: Engine;
  /** Start with `audit`, read what it would refuse, then `deny`. @default 'audit' */
  readonly mode?: EnforcementMode;
  /** The least severity that is denied in the mode `deny`: what is less severe is warned of. @default 'error' - as in a check */
  readonly denyFrom?: Severity;
  /** @default 'rule' */
  readonly group?: PolicyGrouping;
  /** @default - kube-system, kube-public and kube-node-lease */
  readonly exemptNamespaces?: readonly string[];
  /** The rules to enforce. Those that ask what no object shows are listed as left out. @default - every rule of ours */
  readonly rules?: readonly Rule[];
  /** Only the rules of these. One of the Pod Security Standards is enforced as it stands, and no stricter. @default - all */
  readonly frameworks?: readonly FrameworkId[];
  /** Where images may come from. Without any, image-allowed is left out. @default - none */
  readonly registries?: readonly string[];
  /** Keeps the registries where administrators change them without new policies: a ConfigMap, or the constraint. @default false */
  readonly params?: boolean;
  /** Where parameters and Kyverno's exceptions are kept. Only administrators may write there. @default - kube-system, kyverno */
  readonly adminNamespace?: string;
  /** What administrators waive. Annotations of objects are never looked at. @default - nothing */
  readonly exceptions?: readonly SelectedException[];
  readonly podTemplateKinds?: PodTemplateKinds;
  /** The day against which exceptions expire, as `YYYY-MM-DD`. */
  readonly today: string;
}

/** Policies, and what to know of them. */
export interface EnforcementPolicies {
  readonly objects: readonly KubernetesObject[];
  /** The ids of the rules that are enforced. */
  readonly enforced: readonly string[];
  /** Rules that were asked for, and that no admission policy can ask; with why. */
  readonly left: readonly { readonly rule: string; readonly reason: string }[];
  readonly warnings: readonly PolicyWarning[];
}

/**
 * Compiles rules into the policies of an engine.
 *
 * @throws PolicyCompileError with everything that stands against it: faulty and expired exceptions, functions that the target lacks, an
 * engine that the target does not run
 */
export function enforcementPolicies(options: EnforcementOptions): EnforcementPolicies {
  const { engine = 'vap', target, today, exceptions: selected = [], params = false } = options;
  const unknown = unknownNames(options);
  if (unknown.length > 0) throw new PolicyCompileError(unknown);
  const writer = engines[engine];
  const faults: PolicyFault[] = [];
  const { enforceable, left } = chosen(options);
  if (enforceable.length === 0) {
    const why = left.map(({ rule, reason }) => `${rule.id} (${reason})`).join(', ');
    const message = `none of the rules can be enforced in the cluster${why === '' ? '' : `: ${why}`}`;
    faults.push({ property: 'rules', message, remedy: 'name others, or none for all' });
  }
  if (writer.oldest && !target.isAtLeast(writer.oldest.version)) {
    const message = `${engine} needs Kubernetes ${writer.oldest.version}, and the target is ${target.version}`;
    faults.push({ property: 'engine', message, remedy: writer.oldest.instead });
  }
  if (params && 'lacking' in writer.parameters) faults.push({ property: 'params', ...writer.parameters.lacking });
  for (const name of options.exemptNamespaces ?? [])
    if (!isDnsLabel(name))
      faults.push({
        property: 'exemptNamespaces',
        message: `${JSON.stringify(name)} is no name of a namespace`,
        remedy: 'name each namespace that is left out in full: a pattern would exempt what nobody looked at',
      });
  const exceptions = compileExceptions(selected, [...enforceable, ...left.map(({ rule }) => rule)], today);
  faults.push(...exceptions.faults);
  const settings: PolicySettings = {
    target,
    exemptNamespaces: options.exemptNamespaces ?? systemNamespaces,
    registries: options.registries ?? [],
    params,
    adminNamespace: options.adminNamespace ?? writer.adminNamespace ?? 'kube-system',
    object: writer.object,
    exceptions: exceptions.exceptions,
    ...(writer.libraries && { libraries: writer.libraries }),
    ...(options.podTemplateKinds && { podTemplateKinds: options.podTemplateKinds }),
    ...(params && 'cel' in writer.parameters && { registriesCel: writer.parameters.cel }),
    ...standardOf(options.frameworks),
  };
  const drafts = draftsOf(grouped(enforceable, options), settings, faults);
  if (faults.length > 0) throw new PolicyCompileError(faults);
  const written = new Set(drafts.flatMap(({ rules }) => rules.map(({ id }) => id)));
  return {
    objects: [
      ...(writer.shared?.(drafts, settings) ?? []),
      ...drafts.flatMap((draft) => writer.write(draft, settings)),
    ],
    enforced: enforceable.map(({ id }) => id).filter((id) => written.has(id)),
    left: [
      ...left.map(({ rule, reason }) => ({ rule: rule.id, reason })),
      ...enforceable
        .filter(({ id }) => !written.has(id))
        .map(({ id }) => ({ rule: id, reason: 'nothing on the target breaks it' })),
    ],
    warnings: [...exceptions.warnings, ...(writer.warnings?.(drafts) ?? [])],
  };
}

/** Plain JavaScript may give names that there are not. */
function unknownNames({ engine, mode, group, denyFrom, frameworks }: EnforcementOptions): readonly PolicyFault[] {
  const given: readonly (readonly [string, readonly (string | undefined)[], readonly string[]])[] = [
    ['engine', [engine], engineNames],
    ['mode', [mode], enforcementModes],
    ['group', [group], policyGroupings],
    ['denyFrom', [denyFrom], severities],
    ['frameworks', frameworks ?? [], frameworkIds],
  ];
  return given.flatMap(([property, values, allowed]) =>
    values
      .filter((value) => value !== undefined && !allowed.includes(value))
      .map((value) => ({
        property,
        message: `there is no ${property.replace(/s$/, '')} ${JSON.stringify(value)}`,
        remedy: `take one of ${allowed.join(', ')}`,
      })),
  );
}

interface Left {
  readonly rule: Rule;
  readonly reason: string;
}

/** Why a rule cannot be asked of a request. */
const notInRequests: Readonly<Record<Rule['subject'], string>> = {
  pod: 'CEL cannot ask it',
  object: 'CEL cannot ask it',
  set: 'it takes all objects together, and a request shows one',
  declaration: 'it is about what is declared, or the API server itself refuses what breaks it',
};

function chosen({ rules = everyRule, frameworks = [], registries, params = false }: EnforcementOptions): {
  readonly enforceable: readonly EnforceableRule[];
  readonly left: readonly Left[];
} {
  const ids = rulesOf(frameworks);
  const enforceable: EnforceableRule[] = [];
  const left: Left[] = [];
  for (const rule of rules as readonly Rule[]) {
    if (frameworks.length > 0 && !ids.has(rule.id)) continue;
    const unasked = params ? undefined : unaskedWithout(registries, rule);
    if (unasked !== undefined) left.push({ rule, reason: unasked });
    else if (isEnforceable(rule)) enforceable.push(rule);
    else left.push({ rule, reason: notInRequests[rule.subject] });
  }
  return { enforceable, left };
}

/** Where only one of the Pod Security Standards is asked for, nothing stricter is enforced. */
function standardOf(frameworks: readonly FrameworkId[] = []): { readonly standard?: PodSecurityLevel } {
  const levels: Readonly<Record<string, PodSecurityLevel>> = {
    'pss-baseline': 'baseline',
    'pss-restricted': 'restricted',
  };
  const asked = frameworks.map((id) => levels[id]);
  if (asked.includes(undefined) || asked.length === 0) return {};
  return { standard: asked.includes('restricted') ? 'restricted' : 'baseline' };
}

interface Group {
  readonly name: string;
  readonly rules: readonly EnforceableRule[];
  readonly mode: EnforcementMode;
}

function grouped(
  rules: readonly EnforceableRule[],
  { group = 'rule', mode = 'audit', denyFrom = 'error', podTemplateKinds: kinds }: EnforcementOptions,
): readonly Group[] {
  const groups = new Map<string, EnforceableRule[]>();
  const warned = new Set<string>();
  for (const rule of rules) {
    const subject = rule.subject === 'pod' ? 'pods' : subjectName(kindsOf(rule, kinds));
    const name = group === 'rule' ? rule.id : subject;
    const denied = rule.clauses.filter(
      (clause) => mode !== 'deny' || isAtLeast(clause.severity ?? rule.severity, denyFrom),
    );
    const milder = rule.clauses.filter((clause) => !denied.includes(clause));
    const isApart = group === 'subject' || denied.length > 0;
    const parts = [
      [name, denied],
      [isApart ? `${name}-warnings` : name, milder],
    ] as const;
    for (const [part, clauses] of parts) {
      if (clauses.length === 0) continue;
      groups.set(part, [...(groups.get(part) ?? []), { ...rule, clauses }]);
      if (clauses === milder) warned.add(part);
    }
  }
  return [...groups].map(([name, members]) => ({ name, rules: members, mode: warned.has(name) ? 'warn' : mode }));
}

/** `clusterroles-roles`. */
function subjectName(kinds: readonly string[]): string {
  return [...byGroup(kinds).values()].flat().map(resourceOf).join('-');
}

/**
 * So many characters of CEL a policy may have. `kubectl apply` keeps a copy of what it applied in an annotation, and annotations may have
 * 256 KiB in all.
 */
const largest = 96_000;

function draftsOf(groups: readonly Group[], settings: PolicySettings, faults: PolicyFault[]): readonly DraftInMode[] {
  const taken = new Map<string, number>();
  return groups.flatMap(({ name, rules, mode }) => {
    try {
      return draftsOfGroup(name, rules, settings).map((compiled) => {
        const draft = { ...compiled, mode };
        // Long names may be the same once they are cut.
        const before = taken.get(draft.name) ?? 0;
        taken.set(draft.name, before + 1);
        return before === 0 ? draft : { ...draft, name: `${draft.name.slice(0, 60)}-${before + 1}` };
      });
    } catch (error) {
      if (!(error instanceof PolicyCompileError)) throw error;
      faults.push(...error.faults);
      return [];
    }
  });
}

/** One policy, or where it would be too large one for each half of the rules. */
function draftsOfGroup(
  name: string,
  rules: readonly EnforceableRule[],
  settings: PolicySettings,
): readonly PolicyDraft[] {
  const draft = draftOf(name, rules, settings);
  if (draft === undefined) return [];
  const { asked: _, ...written } = draft.compiled;
  if (rules.length === 1 || JSON.stringify(written).length <= largest) return [draft];
  const half = Math.ceil(rules.length / 2);
  return [rules.slice(0, half), rules.slice(half)].flatMap((some) => draftsOfGroup(name, some, settings));
}
