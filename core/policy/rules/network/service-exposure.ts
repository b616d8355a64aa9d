import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, is, isEmpty, isOneOf, joined, not, or, some, text } from '../../expression/operators';
import type { Sym, Test } from '../../expression/symbol';
import type { Service } from './support';

const everywhere = ['0.0.0.0/0', '::/0'];

/** True where no address is kept out. */
function isForAnybody({ spec }: Sym<Service>): Test {
  const ranges = spec.loadBalancerSourceRanges;
  return or(
    isEmpty(ranges),
    some(ranges, (range) => isOneOf(range, everywhere)),
  );
}

export const serviceExposure = objectRule({
  id: 'service-exposure',
  kinds: ['/Service'],
  title: 'No Service leaves the cluster by itself',
  severity: 'error',
  why:
    'A NodePort or a load balancer of its own puts the workload within reach of an attacker without the TLS, authentication and filtering ' +
    'of the gateway.',
  fix: 'Use type ClusterIP behind an Ingress or a Gateway.',
  clauses: [
    objects<Service>().violation({
      when: ({ spec }) => is(spec.type, 'NodePort'),
      at: ({ spec }) => spec.type,
      message: 'the Service opens a port on every node, past Ingress and Gateway',
      remedy: 'use type ClusterIP behind an Ingress or a Gateway',
    }),
    objects<Service>().violation({
      when: (service) => and(is(service.spec.type, 'LoadBalancer'), isForAnybody(service)),
      at: ({ spec }) => spec.type,
      message:
        'the Service has a load balancer that any address may reach: it sets no loadBalancerSourceRanges, or the whole internet',
      remedy:
        'set loadBalancerSourceRanges to the addresses that need it, or use type ClusterIP behind an Ingress or a Gateway',
    }),
    objects<Service>().violation({
      when: (service) => and(is(service.spec.type, 'LoadBalancer'), not(isForAnybody(service))),
      at: ({ spec }) => spec.type,
      message: ({ spec }) =>
        text`the Service has a load balancer of its own, open to ${joined(spec.loadBalancerSourceRanges, ', ')}`,
      remedy: 'use type ClusterIP behind an Ingress or a Gateway, or grant an exception',
    }),
  ],
});
