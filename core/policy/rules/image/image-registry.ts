import { formatImageReference } from '../../../manifest/image-reference';
import type { PodRule } from '../../rule';
import { describe, eachReference, registryOf, repositoryOf, violation } from '../support';

export const imageRegistry = {
  id: 'image-registry',
  subject: 'pod',
  title: 'Every image names its registry',
  severity: 'error',
  why:
    'Without a registry each runtime completes the name by its own configuration: docker.io on one node, a list of search registries on another. ' +
    'Whoever registers the name first in one of those is run.',
  fix: 'Write the registry out: docker.io/library/redis instead of redis.',
  check: eachReference((reference, { place, property, text }) =>
    reference.registry !== undefined
      ? undefined
      : violation(place, [property], {
          value: text,
          message: `the image ${text} of ${describe(place)} names no registry`,
          remedy: `write ${formatImageReference({ ...reference, registry: registryOf(reference), repository: repositoryOf(reference) })} if Docker Hub is meant`,
        }),
  ),
} as const satisfies PodRule;
