import type { PodRule } from '../../rule';
import { describe, eachSecurityContext, isRelaxedByUserNamespace, violation } from '../support';

/** Stricter than the restricted standard, which allows root in a user namespace from 1.35 on. */
export const runAsUser = {
  id: 'run-as-user',
  subject: 'pod',
  title: 'No container runs as user 0',
  severity: 'error',
  why:
    'User 0 in a container owns every file of it and of its volumes, and is user 0 to the kernel: ' +
    'one flaw in the runtime or the kernel makes an attacker root on the node.',
  fix: 'Set runAsUser to the number of a user other than 0 that the image is made for.',
  check: eachSecurityContext((securityContext, place, pod, { target }) =>
    securityContext.runAsUser === 0
      ? violation(place, ['securityContext', 'runAsUser'], {
          value: 0,
          message: `${describe(place)} runs as user 0, which is root`,
          remedy: 'set runAsUser to a number above 0, for example to 65532',
          ...(isRelaxedByUserNamespace(pod, target) ? {} : { podSecurity: 'restricted' as const }),
        })
      : undefined,
  ),
} as const satisfies PodRule;
