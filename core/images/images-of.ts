import type { KubernetesObject } from '../manifest/object';
import { containersOf, type PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';

/** Every image that an object's pods pull, as it is written: of all kinds of containers, and of volumes. */
export function imagesOf(object: KubernetesObject, kinds?: PodTemplateKinds): readonly string[] {
  const spec = podTemplateOf(object, kinds)?.spec;
  if (spec === undefined) return [];
  const texts = [
    ...containersOf(spec).map(({ container }) => container.image),
    ...(spec.volumes ?? []).map(({ image }) => image?.reference),
  ];
  return [...new Set(texts.filter((text): text is string => typeof text === 'string' && text !== ''))];
}
