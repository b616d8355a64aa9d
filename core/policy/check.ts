import { apiGroup, formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath } from '../manifest/path';
import { containersOf, PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Finding, Violation } from './finding';
import type { ContainerInPod, ObjectRule, PodInObject, Rule, RuleContext } from './rule';
import { objectRules, podRules } from './rules';
import { ruleFailed } from './rules/declaration/rule-failed';
import { NONE } from './rules/support';

const rulesByKind: ReadonlyMap<string, readonly ObjectRule[]> = groupByKind(objectRules);

function groupByKind(rules: readonly ObjectRule[]): ReadonlyMap<string, readonly ObjectRule[]> {
  const groups = new Map<string, ObjectRule[]>();
  for (const rule of rules) {
    for (const kind of rule.kinds) groups.set(kind, [...(groups.get(kind) ?? []), rule]);
  }
  return groups;
}

/**
 * What all rules see wrong in one object: those over pods in its pod template, if its kind has one, and those over its kind.
 * Pure: the object is not changed, and nothing is remembered of it.
 *
 * @param podTemplateKinds which kinds hold a pod template, and where. @default - Kubernetes' own
 * @returns the findings in the order of the rules, nobody's exceptions applied; empty in the good case. A rule that throws
 *   is a finding of the rule `rule-failed`, and the others are still asked.
 */
export function checkObject(
  object: KubernetesObject,
  context: RuleContext,
  podTemplateKinds: PodTemplateKinds = PodTemplateKinds.builtIn,
): Finding[] {
  const findings: Finding[] = [];
  const pod = podIn(object, podTemplateKinds);
  if (pod !== undefined) ask(podRules, pod, context, object, findings);
  const ofKind = rulesByKind.get(`${apiGroup(object.apiVersion)}/${object.kind}`);
  if (ofKind !== undefined) ask(ofKind, object, context, object, findings);
  return findings;
}

/** The pod template of the object as rules see it; undefined where it has none. */
export function podIn(
  object: KubernetesObject,
  kinds: PodTemplateKinds = PodTemplateKinds.builtIn,
): PodInObject | undefined {
  const template = podTemplateOf(object, kinds);
  if (template === undefined) return undefined;
  const { spec, metadata } = template;
  const path = [...template.path, 'spec'];
  const containers = containersOf(spec).map(
    ({ container, role, path: below }): ContainerInPod => ({ container, role, path: path.concat(below) }),
  );
  return {
    object,
    path,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    spec,
    containers,
    windows: spec.os?.name === 'windows',
  };
}

type RuleOver<S> = Rule & { readonly check: (subject: S, context: RuleContext) => Iterable<Violation> };

/** Asks rules about a pod or an object. Nearly always the answer is {@link NONE}, which costs no iterator. */
function ask<S>(
  rules: readonly RuleOver<S>[],
  subject: S,
  context: RuleContext,
  object: KubernetesObject,
  findings: Finding[],
): void {
  // By index: until the code is warm, an iterator costs an object a step.
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i] as RuleOver<S>;
    try {
      const violations = rule.check(subject, context);
      if (violations === NONE) continue;
      for (const violation of violations) findings.push(finding(rule, violation, object));
    } catch (error) {
      findings.push(failure(rule, error, object));
    }
  }
}

function finding(rule: Rule, violation: Violation, object: KubernetesObject): Finding {
  const { path, value, message, remedy, container, fix, severity = rule.severity } = violation;
  const podSecurity = violation.podSecurity ?? rule.podSecurity;
  return {
    rule: rule.id,
    severity,
    object: formatIdentity(identityOf(object)),
    property: formatPath(path),
    ...(value !== undefined && { value }),
    message,
    remedy,
    ...(container !== undefined && { container }),
    ...(podSecurity !== undefined && { podSecurity }),
    ...(fix !== undefined && { fix }),
  };
}

function failure(rule: Rule, error: unknown, object: KubernetesObject): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    rule: ruleFailed.id,
    severity: ruleFailed.severity,
    object: formatIdentity(identityOf(object)),
    message: `the rule ${rule.id} could not judge the object: ${reason}`,
    remedy: ruleFailed.fix,
  };
}
