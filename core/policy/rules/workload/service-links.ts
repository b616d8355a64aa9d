import type { PodRule } from '../../rule';
import { NONE, violation } from '../support';

export const serviceLinks = {
  id: 'service-links',
  subject: 'pod',
  title: 'Services are not listed in the environment',
  severity: 'error',
  why:
    'By default the name, address and ports of every Service of the namespace are environment variables of every container: a map of the next targets, ' +
    "and a variable such as REDIS_PORT=tcp://… that overrides the application's own setting.",
  fix: 'Set enableServiceLinks: false; find Services by their DNS names.',
  check: (pod) => {
    const value = pod.spec.enableServiceLinks;
    if (value === false) return NONE;
    return [
      violation(pod, ['enableServiceLinks'], {
        value: value ?? undefined,
        message: 'every Service of the namespace is listed in the environment of the containers',
        remedy: 'set enableServiceLinks to false and use DNS names',
      }),
    ];
  },
} as const satisfies PodRule;
