import type { KubernetesObject } from '../../manifest/object';
import type { Path } from '../../manifest/path';
import { isAbsent, isMapping, listOf } from '../../manifest/plain';
import { type PodTemplate, PodTemplateKinds } from '../../manifest/pod-template';
import type { PodFault } from './fault';

const none: readonly never[] = [];

/**
 * Pods without a container, in objects of Kubernetes' own kinds: the API server takes none.
 *
 * @param template of the object
 * @param isWhole whether the object is known to be no part of one. Of others, what leaves its containers out may be a patch, to be merged with
 *   them; what says that there are none is not.
 */
export function emptyPodFaults(
  object: KubernetesObject,
  template: PodTemplate | undefined,
  isWhole: boolean,
): readonly PodFault[] {
  if (listOf(template?.spec.containers).length > 0) return none;
  const place = PodTemplateKinds.builtIn.pathOf(object);
  if (place === undefined) return none;
  const path: Path = [...place, 'spec', 'containers'];
  const end = endOf(object, path);
  if (end === undefined) return none;
  const isSaid = end.length === path.length && end.value !== undefined;
  if (!isSaid && !isWhole) return none;
  return [
    {
      path: path.slice(0, end.length),
      value: end.value,
      message: 'its pods have no container, and the API server takes no such pod',
      remedy: 'give it a container with a name and an image; a patch that empties the list takes each of them out',
    },
  ];
}

/** How far a path leads until there is nothing; undefined where there is something at its end, or on its way what is no mapping. */
function endOf(object: object, path: Path): { readonly length: number; readonly value: unknown } | undefined {
  let node: unknown = object;
  for (let i = 0; i < path.length; i++) {
    if (!isMapping(node)) return undefined;
    node = node[path[i] as string];
    if (isAbsent(node)) return { length: i + 1, value: node };
  }
  return Array.isArray(node) && node.length === 0 ? { length: path.length, value: node } : undefined;
}
