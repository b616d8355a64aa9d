import type { PodRule } from '../../rule';
import { describe, eachContainer, violation } from '../support';

export const privileged = {
  id: 'privileged',
  subject: 'pod',
  title: 'No container is privileged',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'A privileged container has every capability and every device of its node, and no seccomp, AppArmor or SELinux confinement: ' +
    'whoever takes it over mounts the disk of the node and owns the node.',
  fix: 'Leave privileged out; if the process needs one right of root, add that capability alone, with an exception.',
  check: eachContainer((at) =>
    at.container.securityContext?.privileged === true
      ? violation(at, ['securityContext', 'privileged'], {
          value: true,
          message: `${describe(at)} is privileged`,
          remedy: 'leave privileged out, or set it to false',
        })
      : undefined,
  ),
} as const satisfies PodRule;
