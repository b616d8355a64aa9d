import { type Clause, containers, type PodSymbol } from '../../clause';
import { podRule } from '../../define';
import { and, has, is, not, text } from '../../expression/operators';
import type { Test } from '../../expression/symbol';
import type { PodSecurityLevel } from '../../finding';
import { isRelaxedByUserNamespace } from '../pod-conditions';

function unmasked(podSecurity: PodSecurityLevel, where: (pod: PodSymbol) => Test): Clause {
  return containers.violation({
    when: ({ securityContext: { procMount } }, pod) => and(has(procMount), not(is(procMount, 'Default')), where(pod)),
    at: ({ securityContext }) => securityContext.procMount,
    message: (container) => text`${container} has its /proc mounted ${container.securityContext.procMount}`,
    remedy: 'leave procMount out, or set it to Default',
    podSecurity,
    fix: 'remove',
  });
}

/** Stricter than the baseline standard, which allows any procMount in a user namespace from 1.35 on. */
export const procMount = podRule({
  id: 'proc-mount',
  title: 'The mount of /proc is masked',
  severity: 'error',
  why:
    'Unmasked shows /proc of the container as the kernel has it: /proc/kcore, /proc/keys and writable files under /proc/sys, ' +
    'with which an attacker who is root in the container reads or steers the node.',
  fix: 'Leave procMount out.',
  clauses: [
    unmasked('baseline', (pod) => not(isRelaxedByUserNamespace(pod))),
    unmasked('restricted', isRelaxedByUserNamespace),
  ],
});
