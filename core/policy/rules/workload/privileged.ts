import { containers } from '../../clause';
import { podRule } from '../../define';
import { is, text } from '../../expression/operators';

export const privileged = podRule({
  id: 'privileged',
  title: 'No container is privileged',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'A privileged container has every capability and every device of its node, and no seccomp, AppArmor or SELinux confinement: ' +
    'whoever takes it over mounts the disk of the node and owns the node.',
  fix: 'Leave privileged out; if the process needs one right of root, add that capability alone, with an exception.',
  clauses: [
    containers.violation({
      when: ({ securityContext }) => is(securityContext.privileged, true),
      at: ({ securityContext }) => securityContext.privileged,
      message: (container) => text`${container} is privileged`,
      remedy: 'leave privileged out, or set it to false',
      fix: { set: false },
    }),
  ],
});
