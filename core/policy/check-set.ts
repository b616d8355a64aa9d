import { apiGroup, formatIdentity, identityKey, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { type PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Finding } from './finding';
import type { ObjectOfConstruct, SetRule } from './rule';
import { setRules } from './rules';

export type { ObjectOfConstruct } from './rule';

/** What only all objects together show. No admission policy can express it. */
export function checkSet(objects: readonly ObjectOfConstruct[], kinds?: PodTemplateKinds): readonly Finding[] {
  return [
    ...duplicates(objects),
    ...openNamespaces(objects, kinds),
    ...overlaps(objects, kinds),
    ...setRules.flatMap((rule) => askSet(rule, objects, kinds)),
  ];
}

function askSet(
  { id: rule, severity, check }: SetRule,
  objects: readonly ObjectOfConstruct[],
  kinds?: PodTemplateKinds,
): readonly Finding[] {
  return Array.from(check(objects, kinds), (found) => ({ rule, severity, ...found }));
}

function* duplicates(objects: readonly ObjectOfConstruct[]): Generator<Finding> {
  const first = new Map<string, string>();
  for (const { object, construct } of objects) {
    // The API server names what has only a generateName: as many as one likes.
    if (!object.metadata?.name) continue;
    const identity = identityOf(object);
    const key = identityKey(identity);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, construct);
      continue;
    }
    yield {
      rule: 'identity-unique',
      severity: 'error',
      construct,
      object: formatIdentity(identity),
      property: 'metadata.name',
      value: identity.name,
      message: `there are two of them: the other is ${earlier === construct ? 'in the same construct' : earlier}`,
      remedy: 'give one of them another name: { name: … }',
    };
  }
}

/** Namespaces with pods and without a policy that selects them all and opens nothing. */
function* openNamespaces(objects: readonly ObjectOfConstruct[], kinds?: PodTemplateKinds): Generator<Finding> {
  const closed = new Set(
    objects.filter(({ object }) => deniesByDefault(object)).map(({ object }) => object.metadata?.namespace),
  );
  const reported = new Set<string | undefined>();
  for (const { object, construct } of objects) {
    const namespace = object.metadata?.namespace;
    if (closed.has(namespace) || reported.has(namespace) || !podTemplateOf(object, kinds)) continue;
    reported.add(namespace);
    yield {
      rule: 'namespace-network-isolation',
      severity: 'warning',
      construct,
      object: formatIdentity(identityOf(object)),
      property: 'metadata.namespace',
      value: namespace,
      message: `nothing here denies traffic by default in ${namespace === undefined ? 'its namespace' : `namespace ${namespace}`}`,
      remedy:
        'put it into a LockedNamespace, or see that the owner of the namespace denies by default, and waive this rule',
    };
  }
}

interface Selecting extends ObjectOfConstruct {
  readonly selector: readonly (readonly [string, string])[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Selectors of workloads that take in the pods of other workloads in their namespace. */
function* overlaps(objects: readonly ObjectOfConstruct[], kinds?: PodTemplateKinds): Generator<Finding> {
  const workloads = objects.flatMap((entry): readonly Selecting[] => {
    const template = podTemplateOf(entry.object, kinds);
    const { selector } = (entry.object.spec ?? {}) as { selector?: { matchLabels?: Readonly<Record<string, string>> } };
    if (!template || !selector?.matchLabels) return [];
    return [{ ...entry, selector: Object.entries(selector.matchLabels), labels: template.metadata.labels ?? {} }];
  });
  // By each label that pods carry: a selector is compared with those alone that carry its first label.
  const carriers = new Map<string, Selecting[]>();
  const key = (object: KubernetesObject, label: string, value: string) =>
    `${object.metadata?.namespace}\n${label}\n${value}`;
  for (const workload of workloads) {
    for (const [label, value] of Object.entries(workload.labels)) {
      const at = key(workload.object, label, value);
      const known = carriers.get(at);
      if (known) known.push(workload);
      else carriers.set(at, [workload]);
    }
  }
  for (const { object, construct, selector } of workloads) {
    const [first] = selector;
    if (!first) continue;
    const candidates = carriers.get(key(object, ...first)) ?? [];
    if (candidates.length < 2) continue;
    const own = formatIdentity(identityOf(object));
    for (const other of candidates) {
      const theirs = formatIdentity(identityOf(other.object));
      if (theirs === own || !selector.every(([label, value]) => other.labels[label] === value)) continue;
      yield {
        rule: 'selector-overlap',
        severity: 'error',
        construct,
        object: own,
        property: 'spec.selector.matchLabels',
        value: Object.fromEntries(selector),
        message: `it selects the pods of ${theirs}, too`,
        remedy: 'give it a label that only its own pods carry',
      };
    }
  }
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
