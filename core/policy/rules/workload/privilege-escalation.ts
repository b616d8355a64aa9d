import { containers } from '../../clause';
import { podRule } from '../../define';
import { and, choose, is, not, text } from '../../expression/operators';
import { isWindows } from '../pod-conditions';

export const privilegeEscalation = podRule({
  id: 'privilege-escalation',
  title: 'No process gains more rights than its parent',
  severity: 'error',
  podSecurity: 'restricted',
  why: 'Without no_new_privs, a setuid binary in the image (su, mount, or a vulnerable sudo) turns an attacker who is a simple user into root of the container.',
  fix: 'Set allowPrivilegeEscalation: false on every container.',
  clauses: [
    containers.violation({
      when: ({ securityContext }, pod) =>
        and(not(is(securityContext.allowPrivilegeEscalation, false)), not(isWindows(pod))),
      at: ({ securityContext }) => securityContext.allowPrivilegeEscalation,
      message: (container) =>
        text`${container} allows privilege escalation${choose(is(container.securityContext.allowPrivilegeEscalation, true), '', ', which is the default')}`,
      remedy: 'set allowPrivilegeEscalation to false',
      fix: { set: false },
    }),
  ],
});
