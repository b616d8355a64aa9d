import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, isRelaxedByUserNamespace, violation } from '../support';

/** Stricter than the baseline standard, which allows any procMount in a user namespace from 1.35 on. */
export const procMount = {
  id: 'proc-mount',
  subject: 'pod',
  title: 'The mount of /proc is masked',
  severity: 'error',
  why:
    'Unmasked shows /proc of the container as the kernel has it: /proc/kcore, /proc/keys and writable files under /proc/sys, ' +
    'with which an attacker who is root in the container reads or steers the node.',
  fix: 'Leave procMount out.',
  check: eachContainer((at, pod, { target }) => {
    const value = at.container.securityContext?.procMount;
    if (isAbsent(value) || value === 'Default') return undefined;
    return violation(at, ['securityContext', 'procMount'], {
      value,
      message: `${describe(at)} has its /proc mounted ${value}`,
      remedy: 'leave procMount out, or set it to Default',
      podSecurity: isRelaxedByUserNamespace(pod, target) ? 'restricted' : 'baseline',
    });
  }),
} as const satisfies PodRule;
