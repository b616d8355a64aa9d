import type { PodRule } from '../../rule';
import { describe, eachReference, registryOf, repositoryOf, violation } from '../support';

/** True where the image is the prefix, or below it by whole components: `r.example/pay` covers `r.example/pay/api`, not `r.example/payroll`. */
function covers(prefix: string, name: string): boolean {
  if (prefix.endsWith('/')) return name.startsWith(prefix);
  return name.startsWith(prefix) && (name.length === prefix.length || name[prefix.length] === '/');
}

export const imageAllowed = {
  id: 'image-allowed',
  subject: 'pod',
  title: 'Every image comes from an allowed registry',
  severity: 'error',
  why:
    'An image from anywhere is code from anyone: a typo or a taken-over account on a public registry runs in the cluster, ' +
    'with the network and the secrets of the workload.',
  fix: 'Push the image to an allowed registry, or allow its registry (or one path of it) in the list of registries.',
  check: eachReference((reference, { place, property, text }, { registries }) => {
    const name = `${registryOf(reference)}/${repositoryOf(reference)}`;
    for (const prefix of registries) if (covers(prefix, name)) return undefined;
    const none = registries.length === 0;
    return violation(place, [property], {
      value: text,
      message: none
        ? `the image ${text} of ${describe(place)} comes from ${name}, and the list of allowed registries is empty, so that none is allowed`
        : `the image ${text} of ${describe(place)} comes from ${name}, which is not in the allowed registries (${registries.join(', ')})`,
      remedy: none
        ? `allow ${name.slice(0, name.lastIndexOf('/'))} in registries`
        : 'push the image to an allowed registry, or add its registry to registries',
    });
  }),
} as const satisfies PodRule;
