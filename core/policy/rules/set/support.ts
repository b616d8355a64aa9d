import type { KubernetesObject } from '../../../manifest/object';
import { isMapping, listOf } from '../../../manifest/plain';
import { PodTemplateKinds } from '../../../manifest/pod-template';

export function ownersOf({ metadata }: KubernetesObject): readonly Readonly<Record<string, unknown>>[] {
  return listOf(metadata?.ownerReferences).filter(isMapping);
}

/** In what is read from a cluster: what a Deployment or a CronJob has made has the labels that its maker selects, whose doing it is. */
export function isMade(object: KubernetesObject): boolean {
  return ownersOf(object).some(
    ({ apiVersion, kind }) =>
      PodTemplateKinds.builtIn.pathOf({ apiVersion: String(apiVersion), kind: String(kind) }) !== undefined,
  );
}

/** The pod with which `helm test` asks a workload: every new chart has one, with all labels of the chart, and no installation makes it. */
export function isChartTest({ metadata }: KubernetesObject): boolean {
  const hooks = metadata?.annotations?.['helm.sh/hook'];
  return typeof hooks === 'string' && hooks.split(',').every((hook) => /^ *test(-success|-failure)? *$/.test(hook));
}
