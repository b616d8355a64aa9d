import { containers } from '../../clause';
import { podRule } from '../../define';
import { isAbove, text } from '../../expression/operators';

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
        when: ({ hostPort }) => isAbove(hostPort, 0),
        at: ({ hostPort }) => hostPort,
        message: ({ hostPort }, container) => text`${container} takes port ${hostPort} of its node`,
        remedy: 'leave hostPort out and publish the port with a Service',
        fix: 'remove',
      }),
  ],
});
