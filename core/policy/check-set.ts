import { apiGroup, formatIdentity, identityKey, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { type PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Finding } from './finding';

/** An object and the construct that it is reported for. */
export interface ObjectOfConstruct {
  readonly object: KubernetesObject;
  readonly construct: string;
}

/** What only all objects together show. No admission policy can express it. */
export function checkSet(objects: readonly ObjectOfConstruct[], kinds?: PodTemplateKinds): readonly Finding[] {
  return [...duplicates(objects), ...openNamespaces(objects, kinds)];
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

function deniesByDefault(object: KubernetesObject): boolean {
  if (object.kind !== 'NetworkPolicy' || apiGroup(object.apiVersion) !== 'networking.k8s.io') return false;
  const spec = object.spec as
    | { podSelector?: object; policyTypes?: readonly string[]; ingress?: unknown; egress?: unknown }
    | undefined;
  const everyPod = spec?.podSelector !== undefined && Object.keys(spec.podSelector).length === 0;
  const both = spec?.policyTypes?.includes('Ingress') === true && spec.policyTypes.includes('Egress');
  return everyPod && both && spec.ingress === undefined && spec.egress === undefined;
}
