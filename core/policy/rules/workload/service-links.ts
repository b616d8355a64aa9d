import { pods } from '../../clause';
import { podRule } from '../../define';
import { is, not } from '../../expression/operators';

export const serviceLinks = podRule({
  id: 'service-links',
  title: 'Services are not listed in the environment',
  severity: 'error',
  why:
    'By default the name, address and ports of every Service of the namespace are environment variables of every container: a map of the next targets, ' +
    "and a variable such as REDIS_PORT=tcp://… that overrides the application's own setting.",
  fix: 'Set enableServiceLinks: false; find Services by their DNS names.',
  clauses: [
    pods.violation({
      when: ({ spec }) => not(is(spec.enableServiceLinks, false)),
      at: ({ spec }) => spec.enableServiceLinks,
      message: 'every Service of the namespace is listed in the environment of the containers',
      remedy: 'set enableServiceLinks to false and use DNS names',
      fix: { set: false },
    }),
  ],
});
