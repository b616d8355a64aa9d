import type { ApiObject, IResolver } from 'cdk8s';
import { isClusterScoped } from '../../core/cluster';
import { apiGroup, type KubernetesObject } from '../../core/manifest';
import { isDictionary, isMapping } from '../../core/manifest/plain';
import { ManifestObject } from './manifest-object';
import { platformOf } from './platform-of';

/** cdk8s gives a chart's namespace to everything in it. This takes it from what stands outside namespaces. */
export const clusterScope: IResolver = {
  resolve(context) {
    const [parent, key] = context.key;
    if (context.key.length === 2 && parent === 'metadata' && key === 'namespace' && isWithoutNamespace(context.obj))
      context.replaceValue(undefined);
  },
};

/** The object as it will be written. What is ours is made once a synthesis; do not change it. */
export function renderedObject(construct: ApiObject): KubernetesObject {
  return ManifestObject.is(construct) ? construct.rendered() : (settled(construct.toJson()) as KubernetesObject);
}

/** A copy whose getters and proxies have answered: what is checked is what will be written. What is no plain data stays, to be reported. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, settled);
  if (!isMapping(value) || !isDictionary(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, settled(each)]));
}

/** The same, and undefined where it cannot be rendered: inspection reports that, and what is derived from the others goes on. */
export function tryRenderedObject(construct: ApiObject): KubernetesObject | undefined {
  try {
    return renderedObject(construct);
  } catch {
    return undefined;
  }
}

/** Whether objects of this kind stand outside namespaces. */
function isWithoutNamespace(construct: ApiObject): boolean {
  const group = apiGroup(construct.apiVersion);
  return isClusterScoped(group, construct.kind, platformOf(construct).clusterScopedKinds);
}
