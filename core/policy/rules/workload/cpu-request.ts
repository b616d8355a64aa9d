import type { Container } from '../../../manifest/pod';
import { ownContainers, type PodSymbol } from '../../clause';
import { podRule } from '../../define';
import { choose, fallback, has, isPositiveQuantity, not, text } from '../../expression/operators';
import type { Sym } from '../../expression/symbol';

/** The API server reads a limit without a request as the request too. */
function request({ resources }: Sym<Container>, { spec }: PodSymbol) {
  return fallback(resources.requests.cpu, fallback(resources.limits.cpu, spec.resources.requests.cpu));
}

export const cpuRequest = podRule({
  id: 'cpu-request',
  title: 'Every container asks for the CPU it needs',
  severity: 'error',
  why:
    'A container that asks for none gets none when its node is busy: an attacker who makes a neighbour work hard (or mines on it) stops it, ' +
    'and the scheduler packs pods onto nodes that cannot carry them.',
  fix: 'Set resources.requests.cpu; leave the CPU limit out, since CPU is taken back when others need it.',
  clauses: [
    ownContainers.violation({
      when: (container, pod) => not(isPositiveQuantity(request(container, pod))),
      at: ({ resources }) => resources.requests.cpu,
      message: (container, pod) =>
        choose(
          has(request(container, pod)),
          text`${container} asks for "${request(container, pod)}" CPU, which is no amount above zero`,
          text`${container} asks for no CPU`,
        ),
      remedy: 'set resources.requests.cpu, for example to 100m',
    }),
  ],
});
