import { Quantity } from '../../../manifest/quantity';
import type { Violation } from '../../finding';
import type { ContainerInPod, PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, isPositiveQuantity, isQuantity, violation } from '../support';

/** The kubelet reads 0 as no limit at all. */
function noAmount(at: ContainerInPod, limit: unknown): Violation {
  return violation(at, ['resources', 'limits', 'memory'], {
    value: limit,
    message: `${describe(at)} has the memory limit ${JSON.stringify(limit)}, which is ${isQuantity(limit) ? 'no limit' : 'not a quantity'}`,
    remedy: 'write an amount such as 128Mi',
  });
}

export const memoryLimit = {
  id: 'memory-limit',
  subject: 'pod',
  title: 'Every container has a memory limit equal to its request',
  severity: 'error',
  why:
    'Memory cannot be taken back: a container without a limit, or with one above its request, that an attacker makes grow takes the memory its node ' +
    'promised to others, and the kernel ends those too.',
  fix: 'Set resources.limits.memory and resources.requests.memory to the same amount.',
  check: eachContainer((at, pod) => {
    if (at.role === 'ephemeral') return undefined;
    const own = at.container.resources;
    const ownLimit = own?.limits?.memory;
    // Pod-level resources bound the containers that have no limit of their own.
    const resources = isAbsent(ownLimit) && isAbsent(own?.requests?.memory) ? pod.spec.resources : own;
    const limit = resources?.limits?.memory;
    if (isAbsent(limit)) {
      return violation(at, ['resources', 'limits', 'memory'], {
        message: `${describe(at)} has no memory limit`,
        remedy: 'set resources.limits.memory and resources.requests.memory to the same amount',
      });
    }
    const request = resources?.requests?.memory;
    // The API server reads a limit without a request as the request too.
    if (isAbsent(request) || request === limit) {
      return isPositiveQuantity(limit) ? undefined : noAmount(at, limit);
    }
    const asked = Quantity.tryParse(request);
    const allowed = Quantity.tryParse(limit);
    if (asked !== undefined && allowed?.compare(asked) === 0) {
      return isPositiveQuantity(limit) ? undefined : noAmount(at, limit);
    }
    return violation(at, ['resources', 'limits', 'memory'], {
      value: limit,
      message: `${describe(at)} has the memory limit ${limit}, not the ${request} that it requests`,
      remedy: `set resources.limits.memory and resources.requests.memory to the same amount`,
    });
  }),
} as const satisfies PodRule;
