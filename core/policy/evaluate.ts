import type { ClusterTarget } from '../cluster/target';
import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { type Path, parsePath } from '../manifest/path';
import { type PodTemplate, PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import { remembering } from '../manifest/remembering';
import type { Position } from '../manifest/yaml/split';
import { checkObject, isUnjudged } from './check';
import { checkSet } from './check-set';
import { checkValidity } from './check-validity';
import { judgeEach, kindsToJudgeBy } from './embedded-templates';
import { exceptionAnnotations } from './exceptions/annotation';
import { type SelectedException, selectorMatcher, vagueness } from './exceptions/selector';
import type { Finding } from './finding';
import { fingerprintOf } from './fingerprint';
import { controlsBrokenBy, type FrameworkId, frameworks as frameworkTable, rulesOf } from './frameworks';
import { judged } from './judge';
import { podSecurityConflicts } from './pod-security-conflict';
import { countByKind, type ObjectName, type Report, type ReportedFinding, type UnaskedRule } from './report';
import type { Rule, RuleContext } from './rule';
import { type RuleSet, ruleSetOf } from './rule-set';
import { rules as everyRule, type RuleId } from './rules';
import { type PlacedException, waiveBy } from './waive';

/** An object to be judged, and where it comes from. */
export interface EvaluatedObject {
  readonly object: KubernetesObject;
  /** The text that it was read from. @default - none: a construct, or plain data */
  readonly source?: string;
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
  /** The day against which exceptions expire, as `YYYY-MM-DD`. */
  readonly today: string;
}

/** Rules of declarations that are answered by objects alone, whoever wrote them. */
const answeredByObjects: readonly RuleId[] = [
  'name-valid',
  'label-value',
  'target-api',
  'selector-match',
  'pod-valid',
  'port-valid',
  'env-name',
  'identity-unique',
  'namespace-network-isolation',
  'selector-overlap',
  'pod-security-conflict',
];

/** Rules of the evaluation itself: they are asked whatever is chosen. */
const alwaysAsked: readonly RuleId[] = ['exception-valid', 'exception-unused', 'rule-failed'];

interface Entry {
  readonly index: number;
  readonly object: KubernetesObject;
  readonly source: string;
  readonly positionOf: ((path: Path) => Position) | undefined;
  readonly construct: string;
  readonly template: PodTemplate | undefined;
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
  const ids: ReadonlySet<string> = new Set(asked.map(({ id }) => id));
  const demands = demandOf(frameworks);
  const kept = ({ rule }: Finding): boolean => ids.has(rule) || (alwaysAsked as readonly string[]).includes(rule);

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
  for (const each of judgeSet(entries, kinds, byPlace))
    if (kept(each.finding) && demands(each.finding)) found.push(each);

  const { exceptions, faults } = exceptionsOf(entries, options.exceptions ?? [], found, today);
  const waived = waiveBy(
    found.map(({ finding }) => finding),
    exceptions,
    today,
    (rule) => ids.has(rule),
  );
  const all = waived.map((finding, index): Found => ({ finding, entry: found[index]?.entry ?? byPlace(finding) }));
  const conflicts = ids.has('pod-security-conflict') ? podSecurityConflicts(objects, waived) : [];
  const ordered = inOrder([...all, ...faults, ...conflicts.map((finding) => ({ finding, entry: undefined }))]);
  const reported = ordered.map(report);
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

/** The rules to ask: all that objects answer, or those of the frameworks. */
function choose({ rules = everyRule, frameworks = [], registries }: EvaluateOptions): {
  readonly asked: readonly Rule[];
  readonly unasked: readonly UnaskedRule[];
} {
  const ofFrameworks = rulesOf(frameworks);
  const answerable: readonly string[] = [...answeredByObjects, ...alwaysAsked];
  const candidates = rules.filter(
    (rule) =>
      (rule.subject !== 'declaration' || answerable.includes(rule.id)) &&
      (frameworks.length === 0 || ofFrameworks.has(rule.id) || (alwaysAsked as readonly string[]).includes(rule.id)),
  );
  if (registries !== undefined && registries.length > 0) return { asked: candidates, unasked: [] };
  return {
    asked: candidates.filter(({ id }) => id !== 'image-allowed'),
    unasked: candidates
      .filter(({ id }) => id === 'image-allowed')
      .map(({ id }) => ({ rule: id, reason: 'no registries are named that images may come from' })),
  };
}

/** Whether the frameworks demand what a finding says: all of it where there are none. */
function demandOf(ids: readonly FrameworkId[]): (finding: Finding) => boolean {
  if (ids.length === 0) return () => true;
  return (finding) =>
    finding.rule === 'rule-failed' || ids.some((id) => controlsBrokenBy(frameworkTable[id], finding).length > 0);
}

function judgeObject(
  { object, source = '', positionOf }: EvaluatedObject,
  index: number,
  context: RuleContext,
  kinds: PodTemplateKinds,
  set: RuleSet,
): { readonly entry: Entry; readonly findings: readonly Finding[]; readonly isUnknown: boolean } {
  const each = kindsToJudgeBy(object, kinds);
  const findings = judgeEach(each, (registry) => {
    const faults = judged(object, () => checkValidity(object, context.target, registry));
    const broken = checkObject(object, context, registry, set);
    return faults.length === 0 ? broken : [...faults, ...broken];
  });
  const template = podTemplateOf(object, each[0]);
  const construct = positionOf === undefined ? `object ${index + 1}` : place(source, positionOf([]));
  const entry: Entry = { index, object, source, positionOf, construct, template };
  return { entry, findings, isUnknown: isUnjudged(object, template, set) };
}

function place(source: string, { line, column }: Position): string {
  return `${source}:${line}:${column}`;
}

/** The object that a finding of the set is reported for. Known by its place alone, and asked of few. */
function placesOf(entries: readonly Entry[]): (finding: Finding) => Entry | undefined {
  let places: Map<string, Entry> | undefined;
  return ({ construct, object }) => {
    places ??= new Map(
      entries.map((entry) => [`${entry.construct}\n${formatIdentity(identityOf(entry.object))}`, entry]),
    );
    return places.get(`${construct}\n${object}`);
  };
}

/** What only the set shows, by the objects that it is reported for. Files of one folder are applied together. */
function judgeSet(
  entries: readonly Entry[],
  kinds: PodTemplateKinds,
  byPlace: (finding: Finding) => Entry | undefined,
): readonly Found[] {
  const first = entries[0]?.object;
  if (first === undefined) return [];
  const folderOf = (entry: Entry): string => entry.source.slice(0, entry.source.lastIndexOf('/') + 1);
  const findings = judged(first, () => checkSet(entries, kinds, folderOf));
  return findings.map((finding) => ({ finding, entry: byPlace(finding) }));
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
      const remedy = `write it as "<reason>; expires ${today}[; container <name>][; ticket <id>]"`;
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
  for (const { selector, location, property = 'exceptions', ...exception } of selected) {
    const at = location === undefined ? {} : { location };
    const vague = vagueness(selector);
    if (vague !== undefined) {
      const finding: Finding = {
        rule: 'exception-valid',
        severity: 'error',
        ...at,
        property,
        value: exception.rule,
        message: `the exception to ${exception.rule} is too vague: ${vague}`,
        remedy: 'select what it is about by kind, namespace, name, labels, container or image',
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

const pathOf = remembering((property) => parsePath(property) ?? []);

function report({ finding, entry }: Found): ReportedFinding {
  const { construct: _place, ...rest } = finding;
  const reported = rest as { -readonly [K in keyof ReportedFinding]: ReportedFinding[K] };
  reported.fingerprint = () => fingerprintOf(finding, entry?.object);
  if (entry === undefined) return reported;
  const { source, positionOf, object } = entry;
  if (positionOf !== undefined) {
    const { line, column } = positionOf(pathOf(finding.property ?? ''));
    reported.location = { file: source, line, column };
    reported.positionOf = positionOf;
  }
  reported.of = nameOf(object);
  return reported;
}

function nameOf(object: KubernetesObject): ObjectName {
  const { apiVersion, kind } = object;
  const { namespace, name } = identityOf(object);
  return namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
}

/** By object, as they were given; what is about none comes last. Within one, in the order in which it was found. */
function inOrder(findings: readonly Found[]): readonly Found[] {
  const rank = ({ entry }: Found): number => entry?.index ?? Number.MAX_SAFE_INTEGER;
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
