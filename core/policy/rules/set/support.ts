import type { KubernetesObject } from '../../../manifest/object';
import { isMapping, listOf } from '../../../manifest/plain';
import { PodTemplateKinds } from '../../../manifest/pod-template';

/** In what is read from a cluster: what a Deployment or a CronJob has made has the labels that its maker selects, whose doing it is. */
export function isMade({ metadata }: KubernetesObject): boolean {
  const owners = listOf(metadata?.ownerReferences).filter(isMapping);
  return owners.some(
    ({ apiVersion, kind }) =>
      PodTemplateKinds.builtIn.pathOf({ apiVersion: String(apiVersion), kind: String(kind) }) !== undefined,
  );
}

/** The pod with which `helm test` asks a workload: every new chart has one, with all labels of the chart, and no installation makes it. */
export function isChartTest({ metadata }: KubernetesObject): boolean {
  const hooks = metadata?.annotations?.['helm.sh/hook'];
  return typeof hooks === 'string' && hooks.split(',').every((hook) => /^ *test(-success|-failure)? *$/.test(hook));
}
