import { podRule } from '../../define';
import { and, choose, contains, isFilled, not, text } from '../../expression/operators';
import { images, namesRegistry } from './support';

export const imageRegistry = podRule({
  id: 'image-registry',
  title: 'Every image names its registry',
  severity: 'error',
  why:
    'Without a registry each runtime completes the name by its own configuration: docker.io on one node, a list of search registries on another. ' +
    'Whoever registers the name first in one of those is run.',
  fix: 'Write the registry out: docker.io/library/redis instead of redis.',
  clauses: images({
    when: (image) => and(isFilled(image), not(namesRegistry(image))),
    message: (image, owner) => text`the image ${image} of ${owner} names no registry`,
    remedy: (image) =>
      text`write ${choose(contains(image, '/'), 'docker.io/', 'docker.io/library/')}${image} if Docker Hub is meant`,
  }),
});
