import { formatIdentity, identityOf } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import type { LabelSelector } from '../../manifest/pod-common';
import { PodTemplateKinds } from '../../manifest/pod-template';
import { kindsToJudgeBy } from '../../policy/embedded-templates';
import { isForeignPolicy } from '../isolation';
import { namespaceNameLabel } from '../peer';
import type { NetworkMatrix } from './matrix';
import type { PodsSelection, ReachPolicy } from './read-policy';

/** What an answer takes for granted, or leaves out, since the manifests do not say it. Each in a sentence. */
export function assumptionsOf(
  objects: readonly KubernetesObject[],
  { reachability, objects: workloads }: NetworkMatrix,
  defaultNamespace = 'default',
): readonly string[] {
  const { policies, ends } = reachability;
  const given = new Set(objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata?.name ?? ''] : [])));
  const pods = ends.flatMap((end) => (end.kind === 'pods' ? [end.pods] : []));
  const inhabited = new Set(pods.map(({ namespace }) => namespace));
  const settled = new Set(pods.flatMap(({ id, namespace }) => (workloads.has(id) ? [namespace] : [])));
  const found: string[] = [];

  for (const object of objects)
    if (isForeignPolicy(object) && !policies.some((policy) => policy.object === object))
      found.push(
        `${formatIdentity(identityOf(object))} is of a kind that is not judged: what it opens or closes is not in this answer`,
      );

  const seen = new Set(workloads.values());
  for (const object of objects)
    if (!seen.has(object) && kindsToJudgeBy(object, PodTemplateKinds.builtIn)[0] !== PodTemplateKinds.builtIn)
      found.push(
        `${formatIdentity(identityOf(object))} holds a pod template, and its kind is not declared: its pods are not in this answer, unless podTemplateKinds names it`,
      );

  const homeless = [
    ...workloads.values(),
    ...policies.filter(({ tier }) => tier === 'namespace').map(({ object }) => object),
  ].filter(({ metadata }) => !metadata?.namespace).length;
  if (homeless > 0)
    found.push(
      `${homeless} ${homeless === 1 ? 'object names' : 'objects name'} no namespace: taken to be in ${defaultNamespace}`,
    );

  const asksLabels = policies.some((policy) =>
    selectionsOf(policy).some(({ namespaces }) => 'selector' in namespaces && asksForLabels(namespaces.selector)),
  );
  if (asksLabels)
    for (const name of [...settled].filter((each) => !given.has(each)).sort())
      found.push(`namespace ${name} is not among the objects: taken to have no label but its name`);

  const named = new Set(
    policies.flatMap((policy) => selectionsOf(policy).flatMap(({ namespaces }) => nameOf(namespaces))),
  );
  for (const name of [...named].filter((each) => !inhabited.has(each)).sort())
    found.push(
      `policies speak of namespace ${name}, and no workload of it is among the objects: whoever is there is not in this answer`,
    );

  if (reachability.supposesSix)
    found.push(
      'whether pods have IPv6 addresses is not known: whom they reach by those, and who reaches them, is not certain',
    );

  for (const tier of ['admin', 'baseline'] as const) {
    const priorities = policies.filter((policy) => policy.tier === tier).map(({ priority }) => priority);
    const twice = [...new Set(priorities.filter((each, index) => priorities.indexOf(each) !== index))];
    for (const priority of twice)
      found.push(
        `several policies of the ${tier} tier have priority ${priority}: the cluster may take them in another order than this answer`,
      );
  }
  return found;
}

function selectionsOf({ subject, rules }: ReachPolicy): readonly PodsSelection[] {
  return [
    subject,
    ...rules.flatMap(({ peers }) => (peers ?? []).flatMap((peer) => (peer.kind === 'pods' ? [peer] : []))),
  ];
}

function nameOf(namespaces: PodsSelection['namespaces']): readonly string[] {
  if ('name' in namespaces) return [namespaces.name];
  const name = namespaces.selector?.matchLabels?.[namespaceNameLabel];
  return name === undefined ? [] : [name];
}

function asksForLabels({ matchLabels, matchExpressions }: LabelSelector = {}): boolean {
  const keys = [...Object.keys(matchLabels ?? {}), ...(matchExpressions ?? []).map(({ key }) => key)];
  return keys.some((key) => key !== namespaceNameLabel);
}
