import { groupBy } from '../group-by';
import { formatIdentity, identityOf } from '../manifest/identity';
import { parsePath } from '../manifest/path';
import type { PodTemplateKinds } from '../manifest/pod-template';
import { mayHoldSecret } from '../schema';
import { checkEnds } from './check-ends';
import { checkSet } from './check-set';
import { exceptionAnnotations } from './exceptions/annotation';
import { type SelectedException, selectorFault, selectorMatcher } from './exceptions/selector';
import type { Finding } from './finding';
import { type EvaluatedObject, type EvaluateOptions, Judge, type JudgedObject } from './judge';
import { podSecurityConflicts } from './pod-security-conflict';
import { secretTexts, showsSecret, textsToHide, withoutReason, withoutTexts } from './redaction';
import { countByKind, type ObjectName, type Report } from './report';
import { nameOf, reportedFinding } from './reported-finding';
import type { SetRule } from './rule';
import { ruleById } from './rules';
import { literalRules } from './rules/literals';
import { type PlacedException, waiveBy } from './waive';

interface Entry extends JudgedObject {
  readonly index: number;
  readonly scope: string;
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
  const judge = new Judge(options);
  return reportOf(
    objects.map((object, index) => judge.judge(object, index)),
    judge,
  );
}

/** What is found in all of them: in each, and what only all show, with the exceptions. */
export function reportOf(judged: readonly JudgedObject[], judge: Judge): Report {
  const { asked, kinds } = judge;
  const { target, today, frameworks = [], ignoresAnnotations = false, exceptions: selected = [] } = judge.options;
  const entries = judged.map(entryOf);
  const found: Found[] = entries.flatMap((entry) => entry.findings.map((finding) => ({ finding, entry })));
  const byPlace = placesOf(entries);
  const secrets = secretsOf(
    found,
    [...literalRules].every((id) => asked.has(id)),
  );
  for (const each of judgeSet(entries, kinds, judge.set.set, byPlace)) if (judge.wants(each.finding)) found.push(each);
  for (const entry of entries)
    for (const finding of checkEnds(entry.object, today))
      if (judge.wants(finding)) found.push({ finding: { ...finding, construct: entry.construct }, entry });

  const { exceptions, faults } = exceptionsOf(ignoresAnnotations ? [] : entries, selected, found, today);
  const waived = waiveBy(
    found.map(({ finding }) => finding),
    exceptions,
    today,
    { ruleOf: (id) => asked.get(id) ?? ruleById(id), asked: (id) => asked.has(id) },
  );
  const all = waived.map((finding, index): Found => {
    const known = found[index];
    return known?.finding === finding ? known : { finding, entry: known?.entry ?? byPlace(finding) };
  });
  const conflicts = asked.has('pod-security-conflict') ? podSecurityConflicts(judged, waived) : [];
  const ordered = inOrder([...all, ...faults, ...conflicts.map((finding) => ({ finding, entry: undefined }))]);
  const texts = textsToHide(
    [...secrets.values()].flat(),
    ordered.map(({ finding }) => finding),
  );
  const hidesLine = (line: string): boolean => showsSecret(line, texts);
  const hidesAll = (): boolean => true;
  const reported = ordered.map(({ finding, entry }) => {
    const isOfSecret = entry !== undefined && secrets.has(entry);
    const hides = isOfSecret || (entry !== undefined && isOfSecretLine(finding, entry)) ? hidesAll : hidesLine;
    return reportedFinding(withoutTexts(withoutReason(finding), texts), entry, texts, hides);
  });
  return {
    target: { kubernetesVersion: target.version, distribution: target.distribution },
    today,
    frameworks,
    rules: [...asked.values()],
    unasked: judge.unasked,
    objects: judged.length,
    skipped: countByKind(judged.filter(({ isUnknown }) => isUnknown).map(({ object }) => object)),
    findings: reported.filter(({ waivedBy }) => !waivedBy),
    waived: reported.filter(({ waivedBy }) => waivedBy),
  };
}

/** Whether it is about a field that stands where secrets do, though it may be none: its line is not for a report. */
function isOfSecretLine({ rule, property = '' }: Finding, { object }: Entry): boolean {
  return rule === 'schema-valid' && mayHoldSecret(object.kind, parsePath(property) ?? []);
}

function entryOf(judged: JudgedObject, index: number): Entry {
  const { object, source, template, construct, positionOf, findings, isUnknown } = judged;
  const [scope, name] = [folderOf(source), nameOf(object)];
  // Each field by name: to copy tens of thousands as they are takes longer.
  return { object, source, template, construct, positionOf, findings, isUnknown, index, scope, name };
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
