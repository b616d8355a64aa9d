import { apiGroup } from '../../core/manifest/identity';
import type { KubernetesObject } from '../../core/manifest/object';
import { type Path, parsePath } from '../../core/manifest/path';
import { PodTemplateKinds } from '../../core/manifest/pod-template';
import { checkInjectedImages, judgesInjectedImages } from '../../core/policy/check-image';
import { kindsToJudgeBy } from '../../core/policy/embedded-templates';
import { evaluate } from '../../core/policy/evaluate';
import type { Finding } from '../../core/policy/finding';
import type { EvaluateOptions } from '../../core/policy/judge';
import { podIn } from '../../core/policy/pod-in';
import { everyKind, type ObjectRule, type Rule, type SetRule } from '../../core/policy/rule';
import { ruleSetOf } from '../../core/policy/rule-set';
import { asksOf, ofOneObject } from './declared';
import { guarded, type Inputs, UnknownInput } from './inputs';
import { type NoObject, objectOf } from './resource';

/** What a rule says of one resource. */
export interface Verdict {
  readonly findings: readonly Finding[];
  /** The values that the rule needs and that are not known yet. */
  readonly open: readonly Path[];
}

/** A rule that one resource answers. */
export type RuleOfOne = Exclude<Rule, SetRule>;

/** What resources are judged by, besides the rule. */
export type JudgeOptions = Omit<EvaluateOptions, 'rules'>;

/**
 * Judges a resource by one rule. What the rule finds in an element (a container, a volume) of which it needs a value that is not known
 * yet is not certain, and is left out: the update will tell.
 */
export function judgeResource(
  rule: RuleOfOne,
  type: string,
  inputs: Inputs,
  options: JudgeOptions,
): Verdict | NoObject {
  const read = objectOf(type, inputs.known);
  if ('reason' in read) return read;
  const { object } = read;
  if (rule.subject === 'object' && !isAbout(rule, object)) return { reason: `${rule.id} is not about ${type}` };
  const { findings } = evaluate([{ object }], { ...options, rules: [rule] });
  const own = findings.filter((finding) => finding.rule === rule.id || isOfSettings(finding));
  if (inputs.unknown.length === 0) return { findings: own, open: [] };
  // What a declared rule reads cannot be watched: a finding beside any unknown value is not certain.
  const needed = rule.subject === 'declaration' ? inputs.unknown : neededBy(rule, type, inputs, options);
  const certain = own.filter((finding) => isOfSettings(finding) || isCertain(finding, needed));
  const asks = rule.subject === 'declaration' && certain.length === own.length;
  return { findings: certain, open: asks ? asksOf(ofOneObject, rule.id, needed) : needed };
}

/** Whether the rule is about objects of that kind. */
function isAbout({ kinds }: ObjectRule, { apiVersion, kind }: KubernetesObject): boolean {
  return kinds.includes(everyKind) || kinds.includes(`${apiGroup(apiVersion)}/${kind}`);
}

/** Whether it is about an exception of the settings, not about the object. */
function isOfSettings({ rule, object }: Finding): boolean {
  return rule === 'exception-valid' && object === undefined;
}

/** The unknown values that the rule reads. Of a rule that reads whole objects, all of them. */
function neededBy(rule: RuleOfOne, type: string, inputs: Inputs, options: JudgeOptions): readonly Path[] {
  if (rule.subject === 'declaration') return inputs.unknown;
  const context = { target: options.target, registries: options.registries ?? [] };
  const needed = new Set<Path>();
  for (;;) {
    try {
      const read = objectOf(type, guarded(inputs, needed));
      if ('reason' in read) return [];
      const { object } = read;
      if (rule.subject === 'object') drain(rule.check(object, context));
      else {
        const pod = podIn(object, options.podTemplateKinds);
        // Where the templates are that nobody declared is found by looking at all of the object.
        if (pod === undefined || holdsMoreTemplates(type, inputs, options)) return inputs.unknown;
        drain(rule.check(pod, context));
        if (judgesInjectedImages(rule)) drain(checkInjectedImages(object, pod, context, ruleSetOf([rule])));
      }
      return [...needed];
    } catch (error) {
      if (!(error instanceof UnknownInput) || needed.has(error.path)) return inputs.unknown;
      needed.add(error.path);
    }
  }
}

/** Whether pod templates are found in it besides the declared one. */
function holdsMoreTemplates(type: string, { known }: Inputs, { podTemplateKinds }: JudgeOptions): boolean {
  const read = objectOf(type, known);
  return !('reason' in read) && kindsToJudgeBy(read.object, podTemplateKinds ?? PodTemplateKinds.builtIn).length > 1;
}

function drain(violations: Iterable<unknown>): void {
  Array.from(violations);
}

function isCertain({ property = '' }: Finding, open: readonly Path[]): boolean {
  const element = elementOf(parsePath(property) ?? []);
  return open.every((path) => {
    const other = elementOf(path);
    const shared = Math.min(element.length, other.length);
    return !element.slice(0, shared).every((step, i) => step === other[i]);
  });
}

/** The innermost element of a list that the path leads through; the object itself where it leads through none. */
function elementOf(path: Path): Path {
  return path.slice(0, path.findLastIndex((step) => typeof step === 'number') + 1);
}
