import type { ApiObject } from 'cdk8s';
import { isClusterScoped } from '../../core/cluster';
import { apiGroup, type KubernetesObject } from '../../core/manifest';
import { ManifestObject } from './manifest-object';
import { Platform } from './platform';

/**
 * The object as it will be written: cdk8s gives a chart's namespace to everything in it, so that it is taken from what has none.
 * What is ours is made once a synthesis; do not change it.
 */
export function renderedObject(construct: ApiObject): KubernetesObject {
  const object = ManifestObject.is(construct) ? construct.rendered() : (construct.toJson() as KubernetesObject);
  if (object.metadata?.namespace === undefined || !isWithoutNamespace(construct)) return object;
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Whether objects of this kind stand outside namespaces. */
export function isWithoutNamespace(construct: ApiObject): boolean {
  const group = apiGroup(construct.apiVersion);
  return isClusterScoped(group, construct.kind, Platform.of(construct).clusterScopedKinds);
}
