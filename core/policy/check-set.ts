import { formatIdentity, identityKey, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { PodTemplateKinds } from '../manifest/pod-template';
import type { SelectedPods } from '../network/selected-pods';
import { isEmptySelector } from '../network/selectors';
import type { Finding } from './finding';
import { type ObjectOfConstruct, ObjectSet, type PodsOfSet } from './object-set';
import type { SetRule } from './rule';
import { setRules } from './rules';

/**
 * What only all objects together show. No admission policy can express it.
 * @param scopeOf within what no two objects may be one. @default - everything
 */
export function checkSet<T extends ObjectOfConstruct>(
  objects: readonly T[],
  kinds?: PodTemplateKinds,
  scopeOf?: (entry: T) => string,
): readonly Finding[] {
  const set = new ObjectSet(objects, kinds);
  return [
    ...duplicates(objects, scopeOf),
    ...openNamespaces(set),
    ...overlaps(set.pods),
    ...setRules.flatMap((rule) => askSet(rule, set)),
  ];
}

function askSet({ id: rule, severity, check }: SetRule, set: ObjectSet): readonly Finding[] {
  return Array.from(check(set), (found) => ({ rule, severity, ...found }));
}

function duplicates<T extends ObjectOfConstruct>(
  objects: readonly T[],
  scopeOf: ((entry: T) => string) | undefined,
): Finding[] {
  const findings: Finding[] = [];
  const first = new Map<string, string>();
  objects.forEach((entry) => {
    const { object, construct } = entry;
    // The API server names what has only a generateName: as many as one likes.
    if (!object.metadata?.name) return;
    const identity = identityKey(identityOf(object));
    const key = scopeOf === undefined ? identity : `${scopeOf(entry)}\n${identity}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, construct);
    else findings.push(duplicate(object, construct, earlier));
  });
  return findings;
}

function duplicate(object: KubernetesObject, construct: string, earlier: string): Finding {
  const identity = identityOf(object);
  return {
    rule: 'identity-unique',
    severity: 'error',
    construct,
    object: formatIdentity(identity),
    property: 'metadata.name',
    value: identity.name,
    message: `there are two of them: the other is ${earlier === construct ? 'in the same construct' : earlier}`,
    remedy: 'give one of them another metadata.name',
  };
}

/** Namespaces with pods and without a policy that selects them all and opens nothing. */
function openNamespaces({ policies, pods }: ObjectSet): Finding[] {
  const settled = new Set<string | undefined>();
  for (const { object, namespace } of policies) if (deniesByDefault(object)) settled.add(namespace);
  const findings: Finding[] = [];
  for (const { object, construct, namespace } of pods.all) {
    if (settled.has(namespace)) continue;
    settled.add(namespace);
    findings.push({
      rule: 'namespace-network-isolation',
      severity: 'warning',
      construct,
      object: formatIdentity(identityOf(object)),
      property: 'metadata.namespace',
      value: namespace,
      message: `nothing here denies traffic by default in ${namespace === undefined ? 'its namespace' : `namespace ${namespace}`}`,
      remedy:
        'add a NetworkPolicy with an empty podSelector and both policyTypes, or see that the owner of the namespace has one, and waive this rule',
    });
  }
  return findings;
}

/** Selectors of workloads that take in the pods of other workloads in their namespace. */
function overlaps(pods: SelectedPods<PodsOfSet>): Finding[] {
  const findings: Finding[] = [];
  for (const { object, construct, namespace } of pods.all) {
    const matchLabels = selectorOf(object);
    if (matchLabels === undefined || isEmptySelector({ matchLabels })) continue;
    const selected = pods.in(namespace, { matchLabels });
    if (selected.length === 0 || (selected.length === 1 && selected[0]?.object === object)) continue;
    const own = formatIdentity(identityOf(object));
    for (const other of selected) {
      const theirs = formatIdentity(identityOf(other.object));
      if (theirs === own || selectorOf(other.object) === undefined) continue;
      findings.push({
        rule: 'selector-overlap',
        severity: 'error',
        construct,
        object: own,
        property: 'spec.selector.matchLabels',
        value: { ...matchLabels },
        message: `it selects the pods of ${theirs}, too`,
        remedy: 'give it a label that only its own pods carry',
      });
    }
  }
  return findings;
}

/** The labels that a workload selects its pods by. */
function selectorOf({ spec }: KubernetesObject): Readonly<Record<string, string>> | undefined {
  const { selector } = (spec ?? {}) as { selector?: { matchLabels?: Readonly<Record<string, string>> } };
  return selector?.matchLabels;
}

function deniesByDefault({ spec: given }: KubernetesObject): boolean {
  const spec = given as
    | { podSelector?: object; policyTypes?: readonly string[]; ingress?: unknown; egress?: unknown }
    | undefined;
  const everyPod = spec?.podSelector !== undefined && Object.keys(spec.podSelector).length === 0;
  const both = spec?.policyTypes?.includes('Ingress') === true && spec.policyTypes.includes('Egress');
  return everyPod && both && spec.ingress === undefined && spec.egress === undefined;
}
