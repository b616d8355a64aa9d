import type { PodRule } from '../../rule';
import { describe, eachContainer, violation } from '../support';

export const privilegeEscalation = {
  id: 'privilege-escalation',
  subject: 'pod',
  title: 'No process gains more rights than its parent',
  severity: 'error',
  podSecurity: 'restricted',
  why: 'Without no_new_privs, a setuid binary in the image (su, mount, or a vulnerable sudo) turns an attacker who is a simple user into root of the container.',
  fix: 'Set allowPrivilegeEscalation: false on every container.',
  check: eachContainer((at, pod) => {
    if (pod.windows) return undefined;
    const value = at.container.securityContext?.allowPrivilegeEscalation;
    if (value === false) return undefined;
    return violation(at, ['securityContext', 'allowPrivilegeEscalation'], {
      value: value ?? undefined,
      message: `${describe(at)} allows privilege escalation${value === true ? '' : ', which is the default'}`,
      remedy: 'set allowPrivilegeEscalation to false',
    });
  }),
} as const satisfies PodRule;
