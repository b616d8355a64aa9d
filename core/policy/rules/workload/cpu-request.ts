import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, isPositiveQuantity, violation } from '../support';

export const cpuRequest = {
  id: 'cpu-request',
  subject: 'pod',
  title: 'Every container asks for the CPU it needs',
  severity: 'error',
  why:
    'A container that asks for none gets none when its node is busy: an attacker who makes a neighbour work hard (or mines on it) stops it, ' +
    'and the scheduler packs pods onto nodes that cannot carry them.',
  fix: 'Set resources.requests.cpu; leave the CPU limit out, since CPU is taken back when others need it.',
  check: eachContainer((at, pod) => {
    // The API server refuses resources of ephemeral containers.
    if (at.role === 'ephemeral') return undefined;
    const own = at.container.resources;
    // The API server reads a limit without a request as the request too.
    const request = own?.requests?.cpu ?? own?.limits?.cpu ?? pod.spec.resources?.requests?.cpu;
    if (isPositiveQuantity(request)) return undefined;
    return violation(at, ['resources', 'requests', 'cpu'], {
      value: request ?? undefined,
      message: isAbsent(request)
        ? `${describe(at)} asks for no CPU`
        : `${describe(at)} asks for ${JSON.stringify(request)} CPU, which is no amount above zero`,
      remedy: 'set resources.requests.cpu, for example to 100m',
    });
  }),
} as const satisfies PodRule;
