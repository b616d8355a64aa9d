import { SelectedPods } from '../network/selected-pods';
import { podLabelsOf } from './controller-labels';
import { homesOf } from './homes';
import { type Identity, identityKey, identityOf } from './identity';
import type { KubernetesObject } from './object';
import type { LabelSelector } from './pod-common';
import { type PodTemplateKinds, podTemplateOf } from './pod-template';
import { referencesOf } from './references';

/** Kinds that say something of every pod of their namespace at its creation. */
const ofEveryPod: ReadonlySet<string> = new Set(['/ResourceQuota', '/LimitRange']);

const registrations: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiregistration.k8s.io/APIService',
]);

/**
 * What has to be there before an object is created, where everything is created at once: positions in the list. No more than what
 * matters, since each makes a rollout slower:
 *
 * - its Namespace, and the definition of its kind;
 * - of pods, what they name (ServiceAccount, classes, ConfigMaps, Secrets), the quotas and limits of their namespace, and the network
 *   policies that select them: no pod runs before it is shut in;
 * - of what routes requests of the API server to pods, the Service and those pods: a webhook without them refuses everything.
 *
 * A Service is waited for by nobody else, nor a claim: both may become ready only with their pods.
 *
 * @param objects in the order in which they are applied: nothing waits for what stands after it, so that there is no cycle
 */
export function waitsFor(
  objects: readonly KubernetesObject[],
  kinds?: PodTemplateKinds,
): readonly (readonly number[])[] {
  const identities = objects.map(identityOf);
  const waits = homesOf(objects, identities).map((homes) => new Set(homes));
  const place = new Map(identities.map((identity, position): [string, number] => [identityKey(identity), position]));
  const add = (position: number, target: number | undefined): void => {
    if (target !== undefined && target < position) waits[position]?.add(target);
  };

  const pods = objects.flatMap((object, position) => {
    const template = podTemplateOf(object, kinds);
    if (template === undefined) return [];
    return [{ position, namespace: object.metadata?.namespace, ...podLabelsOf(object, template), template }];
  });
  const selected = new SelectedPods(pods);
  for (const { position, namespace, template } of pods) {
    for (const { namespaced, ...named } of referencesOf(template.spec))
      add(position, place.get(identityKey({ ...named, ...(namespaced && namespace && { namespace }) })));
  }
  objects.forEach((object, position) => {
    const { group, kind, namespace } = identities[position] as Identity;
    if (ofEveryPod.has(`${group}/${kind}`)) for (const pod of selected.in(namespace, {})) add(pod.position, position);
    else if (kind.endsWith('NetworkPolicy') && namespace !== undefined) {
      const selector = selectorOf(object);
      if (selector !== undefined)
        for (const pod of [...selected.in(namespace, selector), ...selected.perhapsIn(namespace, selector)])
          add(pod.position, position);
    } else if (registrations.has(`${group}/${kind}`)) {
      for (const service of servicesOf(object)) {
        const found = place.get(identityKey({ group: '', kind: 'Service', ...service }));
        if (found === undefined) continue;
        add(position, found);
        const matchLabels = (objects[found]?.spec as { readonly selector?: Readonly<Record<string, string>> })
          ?.selector;
        if (matchLabels === undefined) continue;
        for (const pod of selected.in(service.namespace, { matchLabels })) add(position, pod.position);
      }
    }
  });
  return waits.map((targets) => [...targets].sort((a, b) => a - b));
}

/** The pods that a network policy is about, by Kubernetes' own name of the field or Cilium's. */
function selectorOf({ spec }: KubernetesObject): LabelSelector | undefined {
  const { podSelector, endpointSelector } = (spec ?? {}) as Readonly<Record<string, LabelSelector | undefined>>;
  return podSelector ?? endpointSelector;
}

interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** The Services that webhooks, or an aggregated API, are behind. */
function servicesOf(object: KubernetesObject): readonly ServiceName[] {
  const { webhooks, spec } = object as {
    readonly webhooks?: readonly { readonly clientConfig?: { readonly service?: ServiceName } }[];
    readonly spec?: { readonly service?: ServiceName };
  };
  return [...(webhooks ?? []).map(({ clientConfig }) => clientConfig?.service), spec?.service].flatMap((service) =>
    service ? [{ namespace: service.namespace, name: service.name }] : [],
  );
}
