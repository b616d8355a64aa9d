import { isDnsSubdomain } from '../manifest/names';
import { nearest } from '../nearest';
import type { AuditFault } from './fault';
import { type RequestSet, reach, requestSets } from './reach';
import {
  type AuditPolicySpec,
  type AuditResources,
  type AuditRule,
  auditLevels,
  auditStages,
  pathVerbs,
  resourceVerbs,
} from './rule';
import { sensitiveSets } from './sensitive';
import { watchedSets } from './watched';

/** Everything that is wrong with a policy, at once. */
export function auditFaults(policy: AuditPolicySpec): readonly AuditFault[] {
  const written = [
    ...keyFaults('', policy, policyKeys),
    ...policy.rules.flatMap((rule, i) => ruleFaults(`rules[${i}]`, rule)),
    ...stageFaults('omitStages', policy.omitStages),
    ...(policy.rules.length === 0 ? [noRules] : []),
  ];
  // What a rule with such a fault is for, nobody knows.
  return written.length > 0 ? written : [...relationFaults(policy)];
}

const noRules: AuditFault = {
  property: 'rules',
  value: [],
  message: 'it has no rules, and so nothing is logged',
  remedy: 'start from AuditPolicy.recommended()',
};

const policyKeys: Readonly<Record<keyof AuditPolicySpec, true>> = {
  rules: true,
  omitStages: true,
  omitManagedFields: true,
};

const ruleKeys: Readonly<Record<keyof AuditRule, true>> = {
  level: true,
  users: true,
  userGroups: true,
  verbs: true,
  resources: true,
  namespaces: true,
  nonResourceURLs: true,
  omitStages: true,
  omitManagedFields: true,
};

const resourceKeys: Readonly<Record<keyof AuditResources, true>> = {
  group: true,
  resources: true,
  resourceNames: true,
};

/** The API server reads a policy with an unknown field all the same, without what it narrows. */
function keyFaults(at: string, value: object, known: Readonly<Record<string, true>>): readonly AuditFault[] {
  return Object.keys(value)
    .filter((key) => !Object.hasOwn(known, key))
    .map((key) => ({
      property: at === '' ? key : `${at}.${key}`,
      message: `there is no field ${JSON.stringify(key)}, and the API server would leave it out of the rule`,
      remedy: didYouMean(key, Object.keys(known)),
    }));
}

function didYouMean(text: string, known: readonly string[]): string {
  const near = nearest(text, known);
  return near === undefined ? `use one of ${known.join(', ')}` : `write ${near}`;
}

function ruleFaults(at: string, rule: AuditRule): readonly AuditFault[] {
  const { level, users, userGroups, resources, namespaces, nonResourceURLs, omitStages } = rule;
  return [
    ...keyFaults(at, rule, ruleKeys),
    ...(auditLevels.includes(level) ? [] : [unknown(`${at}.level`, level, 'level', auditLevels)]),
    ...starFaults(`${at}.users`, users, 'users'),
    ...starFaults(`${at}.userGroups`, userGroups, 'userGroups'),
    ...starFaults(`${at}.namespaces`, namespaces, 'namespaces'),
    ...verbFaults(`${at}.verbs`, rule),
    ...(resources ?? []).flatMap((entry, i) => resourceFaults(`${at}.resources[${i}]`, entry)),
    ...(nonResourceURLs ?? []).flatMap((url, i) => urlFaults(`${at}.nonResourceURLs[${i}]`, url)),
    ...((nonResourceURLs ?? []).length > 0 && ((resources ?? []).length > 0 || (namespaces ?? []).length > 0)
      ? [bothKinds(at, nonResourceURLs)]
      : []),
    ...stageFaults(`${at}.omitStages`, omitStages),
  ];
}

function unknown(property: string, value: unknown, thing: string, known: readonly string[]): AuditFault {
  return {
    property,
    value,
    message: `there is no ${thing} ${JSON.stringify(value)}`,
    remedy: didYouMean(String(value), known),
  };
}

function bothKinds(at: string, value: unknown): AuditFault {
  return {
    property: `${at}.nonResourceURLs`,
    value,
    message: 'a rule is either for resources or for paths, and this one has both',
    remedy: 'make two rules of it',
  };
}

/** `*` is a name like any other here, which nobody has. */
function starFaults(property: string, list: readonly string[] | undefined, field: string): readonly AuditFault[] {
  if (!list?.some((text) => text.includes('*'))) return [];
  const message = 'an audit policy has no * here, and so it is for nobody';
  return [{ property, value: list, message, remedy: `leave ${field} out for all of them, or name each` }];
}

const everyVerb: readonly string[] = [...new Set([...resourceVerbs, ...pathVerbs])];

function verbFaults(property: string, { verbs = [], resources, namespaces, nonResourceURLs }: AuditRule) {
  const known: readonly string[] =
    (resources ?? namespaces) !== undefined ? resourceVerbs : nonResourceURLs !== undefined ? pathVerbs : everyVerb;
  return verbs.flatMap((verb: string, i) => {
    if (known.includes(verb)) return [];
    const fault = unknown(`${property}[${i}]`, verb, 'verb', known);
    if (verb === '*') return [{ ...fault, remedy: 'leave verbs out for all of them' }];
    const isOfTheOthers = everyVerb.includes(verb);
    return [isOfTheOthers ? { ...fault, remedy: `use one of ${known.join(', ')}` } : fault];
  });
}

const PATTERN = /^(?:\*|[a-z][a-z0-9.-]*|\*\/[a-z][a-z0-9-]*|[a-z][a-z0-9.-]*\/(?:\*|[a-z][a-z0-9-]*))$/;

function resourceFaults(at: string, entry: AuditResources): readonly AuditFault[] {
  const { group, resources = [], resourceNames = [] } = entry;
  const faults = [
    ...keyFaults(at, entry, resourceKeys),
    ...starFaults(`${at}.resourceNames`, resourceNames, 'resourceNames'),
  ];
  if (group !== '' && group !== '*' && !isDnsSubdomain(group ?? ' ')) {
    const message = `${JSON.stringify(group)} is no API group`;
    faults.push({
      property: `${at}.group`,
      value: group,
      message,
      remedy: "name it without a version: 'apps', '' for core",
    });
  }
  resources.forEach((pattern, i) => {
    if (PATTERN.test(pattern)) return;
    const message = `${JSON.stringify(pattern)} can be no resource`;
    const remedy = "write the plural in lower case, with its subresource if it has one: 'pods', 'pods/log', '*/scale'";
    faults.push({ property: `${at}.resources[${i}]`, value: pattern, message, remedy });
  });
  if (resourceNames.length > 0 && resources.length === 0) {
    const message = 'names of objects need the resource that they are of';
    faults.push({ property: `${at}.resourceNames`, value: resourceNames, message, remedy: 'add resources' });
  }
  return faults;
}

function urlFaults(property: string, url: string): readonly AuditFault[] {
  if (url === '*' || (url.startsWith('/') && !url.slice(0, -1).includes('*'))) return [];
  const message = `${JSON.stringify(url)} is no path that a rule can have`;
  return [{ property, value: url, message, remedy: 'start it with / and have * at its end only' }];
}

/** Every event has one of these last stages: without them nothing is logged. */
const LAST: readonly string[] = ['ResponseStarted', 'ResponseComplete', 'RequestReceived'];

function stageFaults(property: string, stages: readonly string[] = []): readonly AuditFault[] {
  const faults = stages.flatMap((stage, i) =>
    auditStages.some((known) => known === stage) ? [] : [unknown(`${property}[${i}]`, stage, 'stage', auditStages)],
  );
  if (!LAST.every((stage) => stages.includes(stage))) return faults;
  const message = 'no event is left of a request';
  return [...faults, { property, value: stages, message, remedy: 'keep ResponseComplete, or use the level None' }];
}

/** What only the order of the rules shows. */
function relationFaults({ rules }: AuditPolicySpec): readonly AuditFault[] {
  const sets = rules.map(requestSets);
  const dead = new Map<string, number[]>();
  const faults: AuditFault[] = [];
  rules.forEach((rule, i) => {
    const before = sets.slice(0, i);
    const own = sets[i] ?? [];
    if (takesAll(before.flat(), own)) {
      const cause = takers(before, own);
      dead.set(cause, [...(dead.get(cause) ?? []), i]);
      return;
    }
    const unlogged = leftOutBy(rule, before.flat(), own);
    if (unlogged.length > 0)
      faults.push({
        property: `rules[${i}].level`,
        value: rule.level,
        message: `it would leave out ${few(unlogged)}`,
        remedy: 'use Metadata, or name the resources and verbs that say nothing, without those',
      });
    const what = bodiesOf(rule, before.flat(), own);
    if (what.length === 0) return;
    faults.push({
      property: `rules[${i}].level`,
      value: rule.level,
      message: `it would log the bodies of ${few(what)}`,
      remedy: 'use Metadata, or name the groups and resources whose bodies are wanted, without those',
    });
  });
  const unlogged = watchedBy(sets.flat());
  if (unlogged.length > 0) {
    const message = `no rule is for ${few(unlogged)}, and nothing of it is logged`;
    faults.push({ property: 'rules', message, remedy: "end with { level: 'Metadata' }" });
  }
  return [...faults, ...[...dead].map(([cause, indices]) => deadFault(cause, indices, rules))];
}

function deadFault(cause: string, [first = 0, ...others]: readonly number[], rules: readonly AuditRule[]): AuditFault {
  const which = others.length === 0 ? 'it' : `it, and so ${few(others.map((i) => `rules[${i}]`))},`;
  return {
    property: `rules[${first}]`,
    value: rules[first],
    message: `${which} can never match: ${cause}`,
    remedy: 'narrow what comes before, move it up, or leave it out',
  };
}

function takesAll(taken: readonly RequestSet[], own: readonly RequestSet[]): boolean {
  return own.every((set) => reach(taken, [set]) === undefined);
}

/** The secrets that a rule would log, where it logs bodies and no rule before it takes their requests. */
function bodiesOf({ level }: AuditRule, taken: readonly RequestSet[], own: readonly RequestSet[]): readonly string[] {
  if (level !== 'Request' && level !== 'RequestResponse') return [];
  return whatOf(sensitiveSets.filter(({ set }) => own.some((mine) => meets(taken, [mine, set]))));
}

/** What has to be logged and is not, since a rule of the level None takes it. */
function leftOutBy({ level }: AuditRule, taken: readonly RequestSet[], own: readonly RequestSet[]): readonly string[] {
  if (level !== 'None') return [];
  return whatOf(watchedSets.filter(({ set }) => own.some((mine) => meets(taken, [mine, set]))));
}

/** What has to be logged and is not, since no rule takes it. */
function watchedBy(taken: readonly RequestSet[]): readonly string[] {
  return whatOf(watchedSets.filter(({ set }) => meets(taken, [set])));
}

/** Whether somebody whom the API server knows can ask for it. */
function meets(taken: readonly RequestSet[], wanted: readonly [RequestSet, ...RequestSet[]]): boolean {
  return reach(taken, wanted, { unauthenticated: false }) !== undefined;
}

function whatOf(list: readonly { readonly what: string }[]): readonly string[] {
  return [...new Set(list.map(({ what }) => what))];
}

function takers(before: readonly (readonly RequestSet[])[], own: readonly RequestSet[]): string {
  const one = before.findIndex((sets) => takesAll(sets, own));
  if (one !== -1) return `rules[${one}] takes every such request before`;
  const needed = before.map((_, i) => i).filter((i) => !takesAll(before.filter((_, j) => j !== i).flat(), own));
  const names = needed.map((i) => `rules[${i}]`);
  return names.length > 1
    ? `${few(names)} together take every such request before`
    : 'the rules before it together take every such request';
}

/** Enough of a list to know what it is about. */
function few(texts: readonly string[]): string {
  if (texts.length > 5) return `${texts.slice(0, 3).join(', ')} and ${texts.length - 3} more`;
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
