import type { ClusterTarget } from '../cluster/target';
import { groupBy } from '../group-by';
import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { type PodTemplate, PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Position } from '../manifest/yaml/split';
import { withNullItemsRead } from '../schema';
import { checkObject, isUnjudged } from './check';
import { checkEnds } from './check-ends';
import { checkSet } from './check-set';
import { checkValidity } from './check-validity';
import { judgeEach, kindsToJudgeBy } from './embedded-templates';
import { exceptionAnnotations } from './exceptions/annotation';
import { type SelectedException, selectorFault, selectorMatcher } from './exceptions/selector';
import type { Finding } from './finding';
import { controlsBrokenBy, type FrameworkId, frameworks as frameworkTable, rulesOf } from './frameworks';
import { guarded } from './guarded';
import { podSecurityConflicts } from './pod-security-conflict';
import { secretTexts, showsSecret, textsToHide, withoutReason, withoutTexts } from './redaction';
import { countByKind, type ObjectName, type Report, type UnaskedRule } from './report';
import { nameOf, reportedFinding } from './reported-finding';
import type { Rule, RuleContext, SetRule } from './rule';
import { type RuleSet, ruleSetOf } from './rule-set';
import { rules as everyRule, ruleById, unaskedWithout } from './rules';
import { literalRules } from './rules/literals';
import { type PlacedException, waiveBy } from './waive';

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

/** Whether it is asked whatever is chosen: it is about the evaluation itself. */
function isOfEvaluation(rule: Rule): boolean {
  return rule.subject === 'declaration' && rule.answeredBy === 'evaluation';
}

const ofEvaluation: ReadonlySet<string> = new Set(everyRule.filter(isOfEvaluation).map(({ id }) => id));

interface Entry {
  readonly index: number;
  readonly object: KubernetesObject;
  readonly source: string;
  readonly positionOf: ((path: Path) => Position) | undefined;
  readonly construct: string;
  readonly scope: string;
  readonly template: PodTemplate | undefined;
  readonly name: ObjectName;
}

interface Found {
  readonly finding: Finding;
  readonly entry: Entry | undefined;
}

/**
 * Judges objects by rules, and says which findings exceptions cover. Pure: it reads no file and no clock. Never throws for what an
 * object holds: a rule that does is a finding of the rule `rule-failed`.
 */
export function evaluate(objects: readonly EvaluatedObject[], options: EvaluateOptions): Report {
  const { target, today, frameworks = [] } = options;
  const { asked, unasked } = choose(options);
  const ids: ReadonlyMap<string, Rule> = new Map(asked.map((rule) => [rule.id, rule]));
  const demands = demandOf(frameworks);
  const kept = ({ rule }: Finding): boolean => ids.has(rule) || ofEvaluation.has(rule);

  const kinds = options.podTemplateKinds ?? PodTemplateKinds.builtIn;
  const context: RuleContext = { target, registries: options.registries ?? [] };
  const set = ruleSetOf(asked);
  const unknown: KubernetesObject[] = [];
  const found: Found[] = [];
  const entries = objects.map((given, index): Entry => {
    const { entry, findings, isUnknown } = judgeObject(given, index, context, kinds, set);
    if (isUnknown) unknown.push(entry.object);
    for (const finding of findings) if (kept(finding) && demands(finding)) found.push({ finding, entry });
    return entry;
  });
  const byPlace = placesOf(entries);
  const secrets = secretsOf(
    found,
    [...literalRules].every((id) => ids.has(id)),
  );
  for (const each of judgeSet(entries, kinds, set.set, byPlace))
    if (kept(each.finding) && demands(each.finding)) found.push(each);
  for (const entry of entries)
    for (const finding of checkEnds(entry.object, today))
      if (kept(finding) && demands(finding)) found.push({ finding: { ...finding, construct: entry.construct }, entry });

  const { exceptions, faults } = exceptionsOf(
    options.ignoresAnnotations === true ? [] : entries,
    options.exceptions ?? [],
    found,
    today,
  );
  const waived = waiveBy(
    found.map(({ finding }) => finding),
    exceptions,
    today,
    { ruleOf: (id) => ids.get(id) ?? ruleById(id), asked: (id) => ids.has(id) },
  );
  const all = waived.map((finding, index): Found => {
    const known = found[index];
    return known?.finding === finding ? known : { finding, entry: known?.entry ?? byPlace(finding) };
  });
  const conflicts = ids.has('pod-security-conflict') ? podSecurityConflicts(objects, waived) : [];
  const ordered = inOrder([...all, ...faults, ...conflicts.map((finding) => ({ finding, entry: undefined }))]);
  const texts = textsToHide(
    [...secrets.values()].flat(),
    ordered.map(({ finding }) => finding),
  );
  const hidesLine = (line: string): boolean => showsSecret(line, texts);
  const hidesAll = (): boolean => true;
  const reported = ordered.map(({ finding, entry }) => {
    const isOfSecret = entry !== undefined && secrets.has(entry);
    const hides = isOfSecret ? hidesAll : hidesLine;
    return reportedFinding(withoutTexts(withoutReason(finding), texts), entry, texts, hides);
  });
  return {
    target: { kubernetesVersion: target.version, distribution: target.distribution },
    today,
    frameworks,
    rules: asked,
    unasked,
    objects: objects.length,
    skipped: countByKind(unknown),
    findings: reported.filter(({ waivedBy }) => !waivedBy),
    waived: reported.filter(({ waivedBy }) => waivedBy),
  };
}

/** By the objects that hold secrets, the texts that are ones. */
function secretsOf(found: readonly Found[], asksAll: boolean): ReadonlyMap<Entry, readonly string[]> {
  const telling = asksAll ? found.filter(({ finding }) => literalRules.has(finding.rule)) : found;
  const secrets = new Map<Entry, readonly string[]>();
  for (const [entry, own] of groupBy(telling, (each) => each.entry)) {
    if (entry === undefined) continue;
    const texts = secretTexts(
      entry.object,
      own.map(({ finding }) => finding),
      asksAll,
    );
    if (texts.length > 0) secrets.set(entry, texts);
  }
  return secrets;
}

/** The rules to ask: all that objects answer, or those of the frameworks. */
function choose({ rules = everyRule, frameworks = [], registries }: EvaluateOptions): {
  readonly asked: readonly Rule[];
  readonly unasked: readonly UnaskedRule[];
} {
  const ofFrameworks = rulesOf(frameworks);
  const candidates = rules.filter(
    (rule) =>
      isOfEvaluation(rule) ||
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
  return (finding) =>
    finding.rule === 'rule-failed' || ids.some((id) => controlsBrokenBy(frameworkTable[id], finding).length > 0);
}

function judgeObject(
  { object: written, source = '', mayHoldNullItems = true, positionOf }: EvaluatedObject,
  index: number,
  context: RuleContext,
  kinds: PodTemplateKinds,
  set: RuleSet,
): { readonly entry: Entry; readonly findings: readonly Finding[]; readonly isUnknown: boolean } {
  const object = mayHoldNullItems ? withNullItemsRead(written) : written;
  const each = kindsToJudgeBy(object, kinds);
  const findings = judgeEach(each, (registry) => {
    const faults = guarded(object, 'validity', () => checkValidity(object, context.target, registry));
    const broken = checkObject(object, context, registry, set);
    return faults.length === 0 ? broken : [...faults, ...broken];
  });
  const template = podTemplateOf(object, each[0]);
  const construct = positionOf === undefined ? `object ${index + 1}` : place(source, positionOf([]));
  const scope = folderOf(source);
  return {
    entry: { index, object, source, positionOf, construct, scope, template, name: nameOf(object) },
    findings,
    isUnknown: isUnjudged(object, template, set),
  };
}

function place(source: string, { line, column }: Position): string {
  return `${source}:${line}:${column}`;
}

/** The object that a finding of the set is reported for. Known by its place alone, and asked of few. */
function placesOf(entries: readonly Entry[]): (finding: Finding) => Entry | undefined {
  let places: Map<string | undefined, Entry[]> | undefined;
  return ({ construct, object }) => {
    if (places === undefined) {
      places = new Map();
      for (const entry of entries) {
        const there = places.get(entry.construct);
        if (there) there.push(entry);
        else places.set(entry.construct, [entry]);
      }
    }
    return places.get(construct)?.findLast((entry) => formatIdentity(identityOf(entry.object)) === object);
  };
}

/** Files of one folder are applied together. */
function folderOf(source: string): string {
  return source.slice(0, source.lastIndexOf('/') + 1);
}

/** What only the set shows, by the objects that it is reported for. */
function judgeSet(
  entries: readonly Entry[],
  kinds: PodTemplateKinds,
  rules: readonly SetRule[],
  byPlace: (finding: Finding) => Entry | undefined,
): readonly Found[] {
  return checkSet(entries, kinds, rules).map((finding) => ({ finding, entry: byPlace(finding) }));
}

function exceptionsOf(
  entries: readonly Entry[],
  selected: readonly SelectedException[],
  found: readonly Found[],
  today: string,
): { readonly exceptions: readonly PlacedException[]; readonly faults: readonly Found[] } {
  const exceptions: PlacedException[] = [];
  const faults: Found[] = [];
  let owners: Map<Finding, Entry | undefined> | undefined;
  const ownerOf = (finding: Finding): Entry | undefined => {
    owners ??= new Map(found.map(({ finding: each, entry }) => [each, entry]));
    return owners.get(finding);
  };
  for (const entry of entries) {
    for (const { property, value, exceptions: annotated, fault } of exceptionAnnotations(entry.object)) {
      const at = { construct: entry.construct, object: formatIdentity(identityOf(entry.object)) };
      for (const exception of annotated)
        exceptions.push({ exception, covers: (finding) => ownerOf(finding) === entry, place: at, property });
      if (fault === undefined) continue;
      const remedy = `write it as "<reason>; expires ${today}[; also <rule>][; container <name>][; ticket <id>]"`;
      const finding: Finding = {
        rule: 'exception-valid',
        severity: 'error',
        ...at,
        property,
        value,
        message: `the annotation is no exception: ${fault}`,
        remedy,
      };
      faults.push({ finding, entry });
    }
  }
  for (const given of selected) {
    const { selector, location, property = 'exceptions', ...exception } = given;
    const at = location === undefined ? {} : { location };
    const vague = selectorFault(given);
    if (vague !== undefined) {
      const finding: Finding = {
        rule: 'exception-valid',
        severity: 'error',
        ...at,
        property,
        value: exception.rule,
        ...vague,
      };
      faults.push({ finding, entry: undefined });
      continue;
    }
    const matches = selectorMatcher(selector);
    exceptions.push({
      exception,
      covers: (finding) => {
        const entry = ownerOf(finding);
        return entry !== undefined && matches(finding, entry);
      },
      place: at,
      property,
    });
  }
  return { exceptions, faults };
}

/** By object, as they were given; what is about none comes last. Within one, in the order in which it was found. */
function inOrder(findings: readonly Found[]): readonly Found[] {
  const rank = ({ entry }: Found): number => entry?.index ?? Number.MAX_SAFE_INTEGER;
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
