import { apiGroup, formatIdentity, identityKey, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { type PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Finding } from './finding';
import type { ObjectOfConstruct, SetRule } from './rule';
import { setRules } from './rules';

export type { ObjectOfConstruct } from './rule';

/**
 * What only all objects together show. No admission policy can express it.
 * @param scopeOf within what no two objects may be one. @default - everything
 */
export function checkSet<T extends ObjectOfConstruct>(
  objects: readonly T[],
  kinds?: PodTemplateKinds,
  scopeOf?: (entry: T) => string,
): readonly Finding[] {
  const workloads = objects.flatMap((entry) => podsOf(entry, kinds) ?? []);
  // What rules remember of a set, they know it by: the list is of this check alone.
  const set: readonly ObjectOfConstruct[] = [...objects];
  return [
    ...duplicates(objects, scopeOf),
    ...openNamespaces(objects, workloads),
    ...overlaps(workloads),
    ...setRules.flatMap((rule) => askSet(rule, set, kinds)),
  ];
}

function askSet(
  { id: rule, severity, check }: SetRule,
  objects: readonly ObjectOfConstruct[],
  kinds: PodTemplateKinds | undefined,
): readonly Finding[] {
  return Array.from(check(objects, kinds), (found) => ({ rule, severity, ...found }));
}

/** An object that makes pods, or is one. */
interface Workload extends ObjectOfConstruct {
  readonly labels: Readonly<Record<string, string>>;
  /** Those that it selects its pods by. */
  readonly selector: Readonly<Record<string, string>> | undefined;
}

function podsOf(entry: ObjectOfConstruct, kinds: PodTemplateKinds | undefined): Workload | undefined {
  const { object, construct } = entry;
  const template = podTemplateOf(object, kinds);
  if (!template) return undefined;
  const { selector } = (object.spec ?? {}) as { selector?: { matchLabels?: Readonly<Record<string, string>> } };
  return { object, construct, labels: template.metadata.labels ?? {}, selector: selector?.matchLabels };
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
function openNamespaces(objects: readonly ObjectOfConstruct[], workloads: readonly Workload[]): Finding[] {
  const settled = new Set<string | undefined>();
  objects.forEach(({ object }) => {
    if (deniesByDefault(object)) settled.add(object.metadata?.namespace);
  });
  const findings: Finding[] = [];
  workloads.forEach(({ object, construct }) => {
    const namespace = object.metadata?.namespace;
    if (settled.has(namespace)) return;
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
  });
  return findings;
}

/** Selectors of workloads that take in the pods of other workloads in their namespace. */
function overlaps(workloads: readonly Workload[]): Finding[] {
  // By each label that pods carry: a selector is compared with those alone that carry its first label.
  const carriers = new Map<string, Workload[]>();
  const selecting = workloads.filter(({ selector }) => selector);
  selecting.forEach((workload) => {
    for (const label in workload.labels) {
      const at = labelKey(workload.object, label, workload.labels[label]);
      const known = carriers.get(at);
      if (known) known.push(workload);
      else carriers.set(at, [workload]);
    }
  });
  return selecting.flatMap((workload) => {
    for (const label in workload.selector) {
      const candidates = carriers.get(labelKey(workload.object, label, workload.selector[label])) ?? [];
      return candidates.length < 2 ? [] : overlapsWith(workload, candidates);
    }
    return [];
  });
}

function labelKey({ metadata }: KubernetesObject, label: string, value: string | undefined): string {
  return `${metadata?.namespace}\n${label}\n${value}`;
}

function overlapsWith({ object, construct, selector = {} }: Workload, others: readonly Workload[]): Finding[] {
  const own = formatIdentity(identityOf(object));
  return others.flatMap((other) => {
    const theirs = formatIdentity(identityOf(other.object));
    if (theirs === own || !Object.entries(selector).every(([label, value]) => other.labels[label] === value)) return [];
    return [
      {
        rule: 'selector-overlap' as const,
        severity: 'error' as const,
        construct,
        object: own,
        property: 'spec.selector.matchLabels',
        value: { ...selector },
        message: `it selects the pods of ${theirs}, too`,
        remedy: 'give it a label that only its own pods carry',
      },
    ];
  });
}

function deniesByDefault(object: KubernetesObject): boolean {
  if (object.kind !== 'NetworkPolicy' || apiGroup(object.apiVersion) !== 'networking.k8s.io') return false;
  const spec = object.spec as
    | { podSelector?: object; policyTypes?: readonly string[]; ingress?: unknown; egress?: unknown }
    | undefined;
  const everyPod = spec?.podSelector !== undefined && Object.keys(spec.podSelector).length === 0;
  const both = spec?.policyTypes?.includes('Ingress') === true && spec.policyTypes.includes('Egress');
  return everyPod && both && spec.ingress === undefined && spec.egress === undefined;
}
