import type { PodTemplateKinds } from '../manifest/pod-template';
import type { Finding } from './finding';
import { unjudged } from './guarded';
import { type ObjectOfConstruct, ObjectSet } from './object-set';
import type { SetRule } from './rule';
import { setRules } from './rules';

/**
 * What only all objects together show.
 * @param kinds which kinds hold a pod template, and where. @default - Kubernetes' own
 * @param rules those that are asked. @default - all over the set
 * @returns the findings in the order of the rules. A rule that throws is a finding of the rule `rule-failed`, and the others are still asked.
 */
export function checkSet(
  objects: readonly ObjectOfConstruct[],
  kinds?: PodTemplateKinds,
  rules: readonly SetRule[] = setRules,
): readonly Finding[] {
  const set = new ObjectSet(objects, kinds);
  const findings: Finding[] = [];
  for (const { id: rule, severity, check } of rules) {
    try {
      for (const found of check(set)) findings.push({ rule, severity, ...found });
    } catch (error) {
      const failed = unjudged(undefined, `the rule ${rule} could not judge the objects together`, error);
      findings.push({ ...failed, construct: '' });
    }
  }
  return findings;
}
