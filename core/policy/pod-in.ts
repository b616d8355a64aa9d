import type { KubernetesObject } from '../manifest/object';
import { containersOf, PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { ContainerInPod, PodInObject } from './rule';

/** The pod template of the object as rules see it; undefined where it has none. */
export function podIn(
  object: KubernetesObject,
  kinds: PodTemplateKinds = PodTemplateKinds.builtIn,
): PodInObject | undefined {
  const template = podTemplateOf(object, kinds);
  if (template === undefined) return undefined;
  const { spec, metadata } = template;
  const path = [...template.path, 'spec'];
  const containers = containersOf(spec).map(
    ({ container, role, path: below }): ContainerInPod => ({ container, role, path: path.concat(below) }),
  );
  return {
    object,
    path,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    spec,
    containers,
  };
}
