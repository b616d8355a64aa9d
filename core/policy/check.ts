import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { type PodTemplate, PodTemplateKinds } from '../manifest/pod-template';
import { checkInjectedImages } from './check-image';
import { isOwnKind } from './embedded-templates';
import type { Finding } from './finding';
import { podIn } from './pod-in';
import type { RuleContext } from './rule';
import { type RuleSet, ruleSetOf } from './rule-set';
import { rules } from './rules';
import { namesVault } from './validity/vault-tls-faults';

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
  const findings = checkPod(object, context, podTemplateKinds, asked);
  asked.byKind.get(`${apiGroup(object.apiVersion)}/${object.kind}`)?.ask(object, object, undefined, context, findings);
  asked.ofEveryKind.ask(object, object, undefined, context, findings);
  return findings;
}

/** The part of {@link checkObject} that depends on where the pod template is. */
export function checkPod(
  object: KubernetesObject,
  context: RuleContext,
  podTemplateKinds: PodTemplateKinds,
  asked: RuleSet = everyRule,
): Finding[] {
  const findings: Finding[] = [];
  const pod = podIn(object, podTemplateKinds);
  if (pod !== undefined) asked.pod.ask(pod, object, pod, context, findings);
  const injected = checkInjectedImages(object, pod, context, asked);
  if (injected.length > 0) findings.push(...injected);
  return findings;
}

/** OpenShift's list of objects with parameters: pods are looked for in it, and of the other objects nothing is known. */
const ofObjects = 'template.openshift.io/Template';

/** Whether no rule would ever say anything of the object, or of what it holds: it is of a kind that nobody knows, without pods. */
export function isUnjudged(
  object: KubernetesObject,
  template: PodTemplate | undefined,
  asked: RuleSet = everyRule,
): boolean {
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  if (kind === ofObjects) return true;
  if (template !== undefined || isOwnKind(object)) return false;
  return !asked.byKind.has(kind) && !everyRule.byKind.has(kind) && !namesVault(kind);
}
