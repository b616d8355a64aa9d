import type { ClusterTarget } from '../cluster/target';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { type PodTemplate, PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Position } from '../manifest/yaml/split';
import { withNullItemsRead } from '../schema';
import { checkObject, checkPod, isUnjudged } from './check';
import { checkSchema } from './check-schema';
import { checkValidity } from './check-validity';
import { judgeEach, kindsToJudgeBy } from './embedded-templates';
import type { SelectedException } from './exceptions/selector';
import type { Finding } from './finding';
import { controlsBrokenBy, type FrameworkId, frameworks as frameworkTable, rulesOf } from './frameworks';
import { guarded } from './guarded';
import type { UnaskedRule } from './report';
import type { Rule, RuleContext } from './rule';
import { type RuleSet, ruleSetOf } from './rule-set';
import { rules as everyRule, unaskedWithout } from './rules';

/** An object to be judged, and where it comes from. */
export interface EvaluatedObject {
  readonly object: KubernetesObject;
  /** The text that it was read from. @default - none: a construct, or plain data */
  readonly source?: string;
  /** Whether a list of the object may hold a null, which Kubernetes reads as an empty item. @default true */
  readonly mayHoldNullItems?: boolean;
  /** Where a node of the object is written. Asked only for findings. */
  readonly positionOf?: (path: Path) => Position;
}

/** What objects are judged by. */
export interface EvaluateOptions {
  readonly target: ClusterTarget;
  /** The repositories that images may come from. @default - not known: image-allowed is not asked */
  readonly registries?: readonly string[];
  /** @default - every rule of kube-bulwark */
  readonly rules?: readonly Rule[];
  /** Only the rules of these frameworks are asked, and only what they demand is found. @default - every rule */
  readonly frameworks?: readonly FrameworkId[];
  /** Besides those in annotations of the objects. @default - none */
  readonly exceptions?: readonly SelectedException[];
  /** @default - Kubernetes' own kinds; pod templates in custom kinds are looked for */
  readonly podTemplateKinds?: PodTemplateKinds;
  /** Takes no exception from annotations of the objects: whoever writes them may not waive for themselves. @default false */
  readonly ignoresAnnotations?: boolean;
  /** The day against which exceptions expire, as `YYYY-MM-DD`. */
  readonly today: string;
}

/** An object, and what is found in it alone. */
export interface JudgedObject {
  /** As Kubernetes reads it. */
  readonly object: KubernetesObject;
  readonly source: string;
  /** The first pod template in it. */
  readonly template: PodTemplate | undefined;
  /** What it is told from others by: its place, or its number. */
  readonly construct: string;
  readonly positionOf: ((path: Path) => Position) | undefined;
  readonly findings: readonly Finding[];
  /** Whether no rule would ever say anything of it. */
  readonly isUnknown: boolean;
}

/** Judges objects one by one, each by itself: what only all of them show is not found here. */
export class Judge {
  /** The rules that are asked, by their ids. */
  readonly asked: ReadonlyMap<string, Rule>;
  readonly unasked: readonly UnaskedRule[];
  readonly kinds: PodTemplateKinds;
  readonly set: RuleSet;
  readonly #context: RuleContext;
  readonly #demands: (finding: Finding) => boolean;

  constructor(readonly options: EvaluateOptions) {
    const { asked, unasked } = choose(options);
    this.asked = new Map(asked.map((rule) => [rule.id, rule]));
    this.unasked = unasked;
    this.kinds = options.podTemplateKinds ?? PodTemplateKinds.builtIn;
    this.set = ruleSetOf(asked);
    this.#context = { target: options.target, registries: options.registries ?? [] };
    this.#demands = demandOf(options.frameworks ?? []);
  }

  /** Whether a finding is of what was chosen, or says that something could not be judged. */
  wants(finding: Finding): boolean {
    return alwaysAsked.has(finding.rule) || (this.asked.has(finding.rule) && this.#demands(finding));
  }

  /** @param index its place among all of them */
  judge(
    { object: written, source = '', mayHoldNullItems = true, positionOf }: EvaluatedObject,
    index: number,
  ): JudgedObject {
    const { options, kinds, set } = this;
    const object = mayHoldNullItems ? withNullItemsRead(written) : written;
    const each = kindsToJudgeBy(object, kinds);
    const judgeBy =
      (check: typeof checkPod) =>
      (registry: PodTemplateKinds): readonly Finding[] => {
        const faults = guarded(object, 'validity', () => checkValidity(object, options.target, registry));
        const broken = check(object, this.#context, registry, set);
        return faults.length === 0 ? broken : [...faults, ...broken];
      };
    const found = judgeEach(each, kinds, judgeBy(checkObject), judgeBy(checkPod));
    const construct = positionOf === undefined ? `object ${index + 1}` : place(source, positionOf([]));
    const wanted = found.filter((finding) => this.wants(finding));
    const misshapen = guarded(object, 'schema', () => checkSchema(object, options.target, wanted));
    const findings =
      misshapen.length === 0 ? wanted : [...misshapen.filter((finding) => this.wants(finding)), ...wanted];
    const template = podTemplateOf(object, each[0]);
    const isUnknown = isUnjudged(object, template, set);
    return { object, source, template, construct, positionOf, findings, isUnknown };
  }
}

function place(source: string, { line, column }: Position): string {
  return `${source}:${line}:${column}`;
}

/** Whether it is asked whatever is chosen: it is about the evaluation itself, or keeps the others from judging. */
function isAlwaysAsked(rule: Rule): boolean {
  return rule.subject === 'declaration' && (rule.answeredBy === 'evaluation' || rule.alwaysAsked === true);
}

const alwaysAsked: ReadonlySet<string> = new Set(everyRule.filter(isAlwaysAsked).map(({ id }) => id));

/** The rules to ask: all that objects answer, or those of the frameworks. */
function choose({ rules = everyRule, frameworks = [], registries }: EvaluateOptions): {
  readonly asked: readonly Rule[];
  readonly unasked: readonly UnaskedRule[];
} {
  const ofFrameworks = rulesOf(frameworks);
  const candidates = rules.filter(
    (rule) =>
      isAlwaysAsked(rule) ||
      ((rule.subject !== 'declaration' || rule.answeredBy !== 'declaration') &&
        (frameworks.length === 0 || ofFrameworks.has(rule.id))),
  );
  return {
    asked: candidates.filter((rule) => unaskedWithout(registries, rule) === undefined),
    unasked: candidates.flatMap((rule) => {
      const reason = unaskedWithout(registries, rule);
      return reason === undefined ? [] : [{ rule: rule.id, reason }];
    }),
  };
}

/** Whether the frameworks demand what a finding says: all of it where there are none. */
function demandOf(ids: readonly FrameworkId[]): (finding: Finding) => boolean {
  if (ids.length === 0) return () => true;
  return (finding) => ids.some((id) => controlsBrokenBy(frameworkTable[id], finding).length > 0);
}
