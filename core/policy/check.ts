import { apiGroup, formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath } from '../manifest/path';
import { containersOf, PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Finding, Violation } from './finding';
import { unjudged } from './judge';
import type { ContainerInPod, ObjectRule, PodInObject, PodRule, Rule, RuleContext } from './rule';
import { rules } from './rules';
import { NONE } from './rules/support';

/** Rules as they are asked: those over pods, and those over objects by `group/Kind`. */
export interface RuleSet {
  readonly pod: readonly PodRule[];
  readonly byKind: ReadonlyMap<string, readonly ObjectRule[]>;
}

/** Makes a set of rules ready to be asked. Those of declarations are asked elsewhere, and left out. */
export function ruleSetOf(asked: readonly Rule[]): RuleSet {
  const byKind = new Map<string, ObjectRule[]>();
  for (const rule of asked) {
    if (rule.subject !== 'object') continue;
    for (const kind of rule.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
  }
  return { pod: asked.filter((rule) => rule.subject === 'pod'), byKind };
}

const everyRule = ruleSetOf(rules);

/**
 * What all rules see wrong in one object: those over pods in its pod template, if its kind has one, and those over its kind.
 * Pure: the object is not changed, and nothing is remembered of it.
 *
 * @param podTemplateKinds which kinds hold a pod template, and where. @default - Kubernetes' own
 * @param asked the rules. @default - all
 * @returns the findings in the order of the rules, nobody's exceptions applied; empty in the good case. A rule that throws
 *   is a finding of the rule `rule-failed`, and the others are still asked.
 */
export function checkObject(
  object: KubernetesObject,
  context: RuleContext,
  podTemplateKinds: PodTemplateKinds = PodTemplateKinds.builtIn,
  asked: RuleSet = everyRule,
): Finding[] {
  const findings: Finding[] = [];
  const pod = podIn(object, podTemplateKinds);
  if (pod !== undefined) ask(asked.pod, pod, context, object, findings);
  const ofKind = asked.byKind.get(`${apiGroup(object.apiVersion)}/${object.kind}`);
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
      findings.push(unjudged(object, `the rule ${rule.id} could not judge the object`, error));
    }
  }
}

function finding(rule: Rule, violation: Violation, object: KubernetesObject): Finding {
  const { path, value, message, remedy, container, severity = rule.severity, fix } = violation;
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
