import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath } from '../manifest/path';
import type { Finding, Violation } from './finding';
import { unjudged } from './guarded';
import { frameOf } from './judge-clauses';
import type { ObjectRule, PodInObject, PodRule, Rule, RuleContext, SetRule } from './rule';
import { everyKind, NONE } from './rule';
import { Screening } from './screening';

/** Rules over the same subject: pods, or objects of a kind. */
export class AskedRules<R extends PodRule | ObjectRule> {
  /** Those that are plain code: each is asked about everything. */
  readonly #code: readonly R[];
  /** Made when something is first asked; none where the process may not make code of strings. */
  #screening: Screening | 'none' | undefined;

  constructor(readonly rules: readonly R[]) {
    this.#code = rules.filter(({ clauses }) => clauses === undefined);
  }

  /** Asks all of them about a subject. Nearly always no clause finds anything, and only those of plain code are left to ask. */
  ask(
    subject: Parameters<R['check']>[0],
    object: KubernetesObject,
    pod: PodInObject | undefined,
    context: RuleContext,
    findings: Finding[],
  ): void {
    const asked = this.#suspects(object, pod, context);
    let name: string | undefined;
    // By index: until the code is warm, an iterator costs an object a step.
    for (let i = 0; i < asked.length; i++) {
      const rule = asked[i] as R;
      try {
        const violations = (rule.check as (subject: unknown, context: RuleContext) => Iterable<Violation>)(
          subject,
          context,
        );
        if (violations === NONE) continue;
        for (const violation of violations) {
          name ??= formatIdentity(identityOf(object));
          findings.push(finding(rule, violation, name));
        }
      } catch (error) {
        findings.push(unjudged(object, `the rule ${rule.id} could not judge the object`, error));
      }
    }
  }

  #suspects(object: KubernetesObject, pod: PodInObject | undefined, context: RuleContext): readonly R[] {
    if (this.#code.length === this.rules.length) return this.#code;
    this.#screening ??= screeningOf(this.rules);
    if (this.#screening === 'none') return this.rules;
    try {
      const suspects = this.#screening.suspects(frameOf(object, pod, context));
      if (suspects === undefined) return this.#code;
      return this.rules.filter(({ clauses }, at) => clauses === undefined || suspects[at]);
    } catch {
      // Which of them it was, each says when it is asked alone.
      return this.rules;
    }
  }
}

function screeningOf(rules: readonly (PodRule | ObjectRule)[]): Screening | 'none' {
  try {
    return new Screening(rules.map(({ clauses }) => clauses ?? []));
  } catch (error) {
    if (error instanceof EvalError) return 'none';
    throw error;
  }
}

/** @param object its identity, as findings show it */
function finding(rule: Rule, violation: Violation, object: string): Finding {
  const { path, value, message, remedy, container, severity = rule.severity, fix } = violation;
  const podSecurity = 'podSecurity' in violation ? violation.podSecurity : rule.podSecurity;
  // Every finding in one shape, whatever it lacks: what reads thousands of them is faster for it.
  return {
    rule: rule.id,
    severity,
    object,
    property: formatPath(path),
    value,
    message,
    remedy,
    container,
    podSecurity,
    fix,
  };
}

/** Rules as they are asked: those over pods, those over objects by `group/Kind` or of every kind, and those over all objects together. */
export interface RuleSet {
  readonly pod: AskedRules<PodRule>;
  readonly byKind: ReadonlyMap<string, AskedRules<ObjectRule>>;
  readonly ofEveryKind: AskedRules<ObjectRule>;
  readonly set: readonly SetRule[];
}

/** Makes a set of rules ready to be asked. Those of declarations are asked elsewhere, and left out. */
export function ruleSetOf(asked: readonly Rule[]): RuleSet {
  const byKind = new Map<string, ObjectRule[]>();
  for (const rule of asked) {
    if (rule.subject !== 'object') continue;
    for (const kind of rule.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
  }
  return {
    pod: new AskedRules(asked.filter((rule) => rule.subject === 'pod')),
    ofEveryKind: new AskedRules(byKind.get(everyKind) ?? []),
    byKind: new Map([...byKind].map(([kind, rules]) => [kind, new AskedRules(rules)])),
    set: asked.filter((rule) => rule.subject === 'set'),
  };
}
