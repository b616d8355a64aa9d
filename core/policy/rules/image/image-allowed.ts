import { podRule } from '../../define';
import { and, choose, isEmpty, isFilled, joined, not, registries, text } from '../../expression/operators';
import { fullName, images, isCovered } from './support';

export const imageAllowed = podRule({
  id: 'image-allowed',
  title: 'Every image comes from an allowed registry',
  severity: 'error',
  why:
    'An image from anywhere is code from anyone: a typo or a taken-over account on a public registry runs in the cluster, ' +
    'with the network and the secrets of the workload.',
  fix: 'Push the image to an allowed registry, or allow its registry (or one path of it) in the list of registries.',
  clauses: images({
    when: (image) => and(isFilled(image), not(isCovered(image, registries))),
    message: (image, owner) =>
      text`the image ${image} of ${owner} comes from ${fullName(image)}, ${choose(
        isEmpty(registries),
        'and the list of allowed registries is empty, so that none is allowed',
        text`which is not in the allowed registries (${joined(registries, ', ')})`,
      )}`,
    remedy: 'push the image to an allowed registry, or add its registry to registries',
  }),
});
