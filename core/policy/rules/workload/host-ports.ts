import { containers } from '../../clause';
import { podRule } from '../../define';
import { fallback, is, isAbove, or, text } from '../../expression/operators';

export const hostPorts = podRule({
  id: 'host-ports',
  title: 'No container takes a port of its node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'A host port opens the container on the address of the node, past Services and, with many network plugins, past NetworkPolicies: ' +
    'whoever reaches the node reaches it, and it can stand in for a service of the node.',
  fix: 'Leave hostPort out; publish the port with a Service, an Ingress or a Gateway.',
  clauses: [
    containers
      .each(({ ports }) => ports)
      .violation({
        // On the network of its node, the API server gives each port the same number there.
        when: ({ hostPort }, _container, { spec }) => or(isAbove(hostPort, 0), is(spec.hostNetwork, true)),
        at: ({ hostPort }) => hostPort,
        message: ({ hostPort, containerPort }, container) =>
          text`${container} takes port ${fallback(hostPort, containerPort)} of its node`,
        remedy: 'leave hostPort out and publish the port with a Service',
        fix: 'remove',
      }),
  ],
});
