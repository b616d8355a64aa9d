import { podRule } from '../../define';
import { matches, text } from '../../expression/operators';
import { images } from './support';

/** Registries of the Kubernetes project that were given up: nothing has been pushed to them since. */
const frozen = /^(?:k8s\.gcr\.io|gcr\.io\/google[_-]containers)\//;

export const imageDeprecatedRegistry = podRule({
  id: 'image-deprecated-registry',
  title: 'No image comes from a registry that was given up',
  severity: 'warning',
  why:
    'Nothing is pushed to a frozen registry any more: the image there stays as it was, with every hole that was found since, ' +
    'and the day the registry goes the pod does not start. Source: https://kubernetes.io/blog/2023/03/10/image-registry-redirect/.',
  fix: 'Take the image from registry.k8s.io, in a version that is still maintained.',
  clauses: images({
    when: (image) => matches(image, frozen),
    message: (image, owner) => text`the image ${image} of ${owner} comes from a registry that gets no new versions`,
    remedy: 'take it from registry.k8s.io',
  }),
});
