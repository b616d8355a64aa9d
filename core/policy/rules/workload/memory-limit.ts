import type { Quantity, ResourceRequirements } from '../../../manifest/pod';
import { ownContainers, type PodSymbol, pods } from '../../clause';
import { podRule } from '../../define';
import {
  and,
  choose,
  has,
  isPositiveQuantity,
  isQuantity,
  isSameQuantity,
  lacks,
  not,
  or,
  some,
  text,
} from '../../expression/operators';
import type { Sym, Test, Value } from '../../expression/symbol';

const remedy = 'set resources.limits.memory and resources.requests.memory to the same amount';

/** The kubelet reads 0 as no limit at all. */
const noLimit = (limit: Value<Quantity>) => choose(isQuantity(limit), 'no limit', 'not a quantity');

/** The API server reads a limit without a request as the request too. */
function isAnotherAmount({ limits, requests }: Sym<ResourceRequirements>): Test {
  return and(
    isPositiveQuantity(limits.memory),
    has(requests.memory),
    not(isSameQuantity(limits.memory, requests.memory)),
  );
}

/** True where the resources of the pod bound a container that has none of its own. */
function boundsContainers(pod: PodSymbol): Test {
  return some(pod.containers('init', 'sidecar', 'container'), ({ resources }) =>
    and(lacks(resources.limits.memory), lacks(resources.requests.memory)),
  );
}

export const memoryLimit = podRule({
  id: 'memory-limit',
  title: 'Every container has a memory limit equal to its request',
  severity: 'error',
  why:
    'Memory cannot be taken back: a container without a limit, or with one above its request, that an attacker makes grow takes the memory its node ' +
    'promised to others, and the kernel ends those too.',
  fix: 'Set resources.limits.memory and resources.requests.memory to the same amount.',
  clauses: [
    ownContainers.violation({
      when: ({ resources }, { spec }) =>
        and(lacks(resources.limits.memory), or(has(resources.requests.memory), lacks(spec.resources.limits.memory))),
      at: ({ resources }) => resources.limits.memory,
      message: (container) => text`${container} has no memory limit`,
      remedy,
    }),
    ownContainers.violation({
      when: ({ resources: { limits } }) => and(has(limits.memory), not(isPositiveQuantity(limits.memory))),
      at: ({ resources }) => resources.limits.memory,
      message: (container) =>
        text`${container} has the memory limit "${container.resources.limits.memory}", which is ${noLimit(container.resources.limits.memory)}`,
      remedy: 'write an amount such as 128Mi',
    }),
    ownContainers.violation({
      when: ({ resources }) => isAnotherAmount(resources),
      at: ({ resources }) => resources.limits.memory,
      message: (container) =>
        text`${container} has the memory limit ${container.resources.limits.memory}, not the ${container.resources.requests.memory} that it requests`,
      remedy,
    }),
    pods.violation({
      when: (pod) =>
        and(
          has(pod.spec.resources.limits.memory),
          not(isPositiveQuantity(pod.spec.resources.limits.memory)),
          boundsContainers(pod),
        ),
      at: ({ spec }) => spec.resources.limits.memory,
      message: ({ spec: { resources } }) =>
        text`the pod has the memory limit "${resources.limits.memory}", which is ${noLimit(resources.limits.memory)}`,
      remedy: 'write an amount such as 128Mi',
    }),
    pods.violation({
      when: (pod) => and(isAnotherAmount(pod.spec.resources), boundsContainers(pod)),
      at: ({ spec }) => spec.resources.limits.memory,
      message: ({ spec: { resources } }) =>
        text`the pod has the memory limit ${resources.limits.memory}, not the ${resources.requests.memory} that it requests`,
      remedy,
    }),
  ],
});
